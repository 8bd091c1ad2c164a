#pragma once
#include <libxml/xmlversion.h>
// Where libxml2 was built with ICU, its headers would bring ICU's, which clash with the copy inside Foundation. What they
// declare differently without it is only the innards of a converter, which nobody here looks into.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
