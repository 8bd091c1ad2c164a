#pragma once
// As `pkg-config --cflags xmlsec1-openssl` has it; Debian's library is built so.
#ifndef XMLSEC_CRYPTO_OPENSSL
#define XMLSEC_CRYPTO_OPENSSL 1
#endif
#ifndef XMLSEC_NO_SIZE_T
#define XMLSEC_NO_SIZE_T
#endif
#include <libxml/xmlversion.h>
// Where libxml2 was built with ICU, its headers would bring ICU's, which clash with the copy inside Foundation.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/errors.h>
#include <xmlsec/openssl/app.h>
#include <xmlsec/openssl/crypto.h>
/// xmlFree is a variable that holds a function, which Swift takes for state that threads share.
static inline void khop_xml_free(void *memory) { xmlFree(memory); }
