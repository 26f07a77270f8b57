#pragma once
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

/* gnutls_free is a variable, which Swift takes for shared state. */
static inline void sluss_gnutls_free(void *bytes) { gnutls_free(bytes); }
