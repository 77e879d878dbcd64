#include <sqlite3.h>

// SQLITE_TRANSIENT, by which SQLite copies what it is given, is a cast that Swift does not see.

/// No bytes are an empty value, not NULL.
static inline int sqlite3_bind_copied_blob(sqlite3_stmt *statement, int parameter, const void *bytes, int count) {
  return sqlite3_bind_blob(statement, parameter, count ? bytes : "", count, SQLITE_TRANSIENT);
}

static inline int sqlite3_bind_copied_text(sqlite3_stmt *statement, int parameter, const char *text, int count) {
  return sqlite3_bind_text(statement, parameter, text, count, SQLITE_TRANSIENT);
}
