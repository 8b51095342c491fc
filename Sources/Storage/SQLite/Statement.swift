import CSQLite

/// A prepared statement. It belongs to its `Database`, and must not outlive it.
///
/// Columns are numbered from 0, parameters from 1 (`?1`), as in SQLite.
package final class Statement {
  let handle: OpaquePointer
  private unowned let database: Database

  init(handle: OpaquePointer, database: Database) {
    self.handle = handle
    self.database = database
  }

  deinit { sqlite3_finalize(handle) }

  package var sql: String { sqlite3_sql(handle).map { String(cString: $0) } ?? "" }
  package var columnCount: Int { Int(sqlite3_column_count(handle)) }
  package var columnNames: [String] {
    (0..<sqlite3_column_count(handle)).map { sqlite3_column_name(handle, $0).map { String(cString: $0) } ?? "" }
  }

  /// Binds `values` to the parameters ?1, ?2, ... in order. The remaining parameters become NULL.
  package func bind(_ values: [Value]) throws(DatabaseError) {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
    for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
  }

  private func bind(_ value: Value, at index: Int32) throws(DatabaseError) {
    let code =
      switch value {
      case .null: sqlite3_bind_null(handle, index)
      case .integer(let integer): sqlite3_bind_int64(handle, index, integer)
      case .real(let real): sqlite3_bind_double(handle, index, real)
      case .text(var text):
        text.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) {
            orgregistry_bind_text(handle, index, $0.baseAddress, Int32($0.count))
          }
        }
      }
    guard code == SQLITE_OK else { throw database.error(code, sql: sql) }
  }

  /// Moves to the next row. Returns false if there is none.
  package func step() throws(DatabaseError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      let error = database.error(code, sql: sql)
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Frees the statement's locks after the last row was read.
  package func reset() { sqlite3_reset(handle) }

  package func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }
  package func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }
  package func real(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

  package func text(_ column: Int) -> String {
    guard let bytes = sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// Lends `body` the UTF-8 bytes of a text while it runs. NULL has no bytes.
  package func withText(_ column: Int, _ body: (Span<UInt8>) -> Void) {
    let bytes = sqlite3_column_text(handle, Int32(column))
    let count = bytes == nil ? 0 : Int(sqlite3_column_bytes(handle, Int32(column)))
    body(UnsafeBufferPointer(start: bytes, count: count).span)
  }

  package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
  package func optionalInteger(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }
  package func optionalReal(_ column: Int) -> Double? { isNull(column) ? nil : real(column) }

  package func organisation(_ column: Int) -> OrganisationID { OrganisationID(integer(column)) }
  package func event(_ column: Int) -> EventID { EventID(integer(column)) }
  package func optionalOrganisation(_ column: Int) -> OrganisationID? { isNull(column) ? nil : organisation(column) }

  /// A day column. The schema allows only days there. Any other text, in a foreign file, reads as the distant past.
  package func day(_ column: Int) -> Day { optionalDay(column) ?? .distantPast }

  package func optionalDay(_ column: Int) -> Day? {
    guard let bytes = sqlite3_column_text(handle, Int32(column)) else { return nil }
    return Day(ascii: UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, Int32(column)))).span)
  }

  /// The period whose first day is in this column, and the first day after it in the next one.
  package func period(_ column: Int) -> Period { Period(day(column), optionalDay(column + 1)) }

  /// The certainty of a boundary. The schema allows only known words. Any other, in a foreign file, reads as stated.
  package func certainty(_ column: Int) -> Certainty { Certainty(rawValue: text(column)) ?? .stated }

  package func value(_ column: Int) -> Value {
    switch sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(real(column))
    case SQLITE_NULL: .null
    default: .text(text(column))
    }
  }
}
