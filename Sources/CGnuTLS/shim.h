#pragma once
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

/* gnutls_free is a variable that holds a function, which Swift takes for shared mutable state. */
static inline void sluss_gnutls_free(void *memory) { gnutls_free(memory); }

/* Whether a session's last step wanted to write; else it wanted to read. */
static inline int sluss_gnutls_wants_write(gnutls_session_t session) {
  return gnutls_record_get_direction(session) == 1;
}

/* A copy of a text, to be freed with sluss_gnutls_free. */
static inline char *sluss_gnutls_copy(const char *text) { return gnutls_strdup(text); }
