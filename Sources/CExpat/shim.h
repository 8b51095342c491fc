#ifndef ORGREGISTRY_CEXPAT_SHIM_H
#define ORGREGISTRY_CEXPAT_SHIM_H

#include <expat.h>

// XML_GetUserData is a macro with a cast, which Swift cannot import.
static inline void *orgregistry_user_data(XML_Parser parser) {
  return XML_GetUserData(parser);
}

#endif
