internal import CSQLite

/// The value of a statement's parameter.
enum DatabaseValue {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])

  /// NULL for nil.
  init(_ text: String?) {
    self = text.map { .text($0) } ?? .null
  }
}

/// A compiled statement of a `Database`.
@safe final class Statement {
  fileprivate let pointer: OpaquePointer?

  /// - Parameter pointer: the result of `sqlite3_prepare_v2`, which this object now owns.
  init(_ pointer: OpaquePointer?) {
    unsafe self.pointer = pointer
  }

  deinit { unsafe sqlite3_finalize(pointer) }

  /// - Parameter parameter: counted from 1.
  /// - Returns: SQLite's result code, like the other methods.
  func bind(_ value: DatabaseValue, to parameter: Int32) -> Int32 {
    switch value {
    case .null: unsafe sqlite3_bind_null(pointer, parameter)
    case .integer(let number): unsafe sqlite3_bind_int64(pointer, parameter, number)
    case .text(let text):
      unsafe sqlite3_bind_copied_text(
        pointer, parameter, text, Int32(clamping: text.utf8.count))
    case .blob(let bytes):
      unsafe sqlite3_bind_copied_blob(pointer, parameter, bytes, Int32(clamping: bytes.count))
    }
  }

  func step() -> Int32 { unsafe sqlite3_step(pointer) }

  /// Ends its implicit transaction, if any, and clears its parameters.
  func reset() {
    unsafe sqlite3_reset(pointer)
    unsafe sqlite3_clear_bindings(pointer)
  }
}

/// The current row of a statement; columns are counted from 0.
struct DatabaseRow {
  private let statement: Statement

  init(_ statement: Statement) {
    self.statement = statement
  }

  func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(statement.pointer, column) }

  /// nil for NULL.
  func text(_ column: Int32) -> String? {
    guard let start = unsafe sqlite3_column_text(statement.pointer, column) else { return nil }
    let count = unsafe Int(sqlite3_column_bytes(statement.pointer, column))
    return unsafe String(
      decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// Empty for NULL.
  func blob(_ column: Int32) -> [UInt8] {
    guard let start = unsafe sqlite3_column_blob(statement.pointer, column) else { return [] }
    let count = unsafe Int(sqlite3_column_bytes(statement.pointer, column))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }
}
