#ifndef ORGREGISTRY_CZLIB_SHIM_H
#define ORGREGISTRY_CZLIB_SHIM_H

// Input buffers are only read from.
#define ZLIB_CONST
#include <zlib.h>

// inflateInit2 is a macro, which Swift cannot call.
static inline int orgregistry_inflate_init(z_stream *stream, int window_bits) {
  return inflateInit2(stream, window_bits);
}

#endif
