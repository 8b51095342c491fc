#ifndef ORGREGISTRY_CSQLITE_SHIM_H
#define ORGREGISTRY_CSQLITE_SHIM_H

#include <sqlite3.h>

// sqlite3_db_config is variadic, which Swift cannot call.
static inline int orgregistry_db_config(sqlite3 *db, int option, int value) {
  return sqlite3_db_config(db, option, value, (int *)0);
}

// sqlite3_config is variadic, too. Nobody reads the memory statistics; keeping them takes a lock for every allocation.
static inline int orgregistry_disable_memory_statistics(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// SQLITE_TRANSIENT is a cast of -1 to a function pointer, which Swift cannot import.
static inline int orgregistry_bind_text(sqlite3_stmt *statement, int index, const char *bytes, int count) {
  // Text without bytes may come without an address, and a NULL address would bind NULL.
  return sqlite3_bind_text(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

#endif
