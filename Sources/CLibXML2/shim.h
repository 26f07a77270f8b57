#pragma once
// Without this libxml2's headers pull in ICU's, which clash with those of Foundation.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
