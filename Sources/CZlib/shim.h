#pragma once
#include <zlib.h>
/// `inflateInit2` is a macro, which Swift does not see. Raw deflate, as ZIP holds it.
static inline int khop_inflate_init_raw(z_streamp stream) { return inflateInit2(stream, -MAX_WBITS); }
