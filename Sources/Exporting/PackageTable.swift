/// One table of a data package: its columns, its keys, and the query that gives its rows.
struct PackageTable {
  /// The types of the Table Schema.
  enum ColumnType: String {
    case string, date, integer, number, boolean
  }

  struct Column {
    let name: String
    let type: ColumnType
    var description: String?
    /// The table whose key stands in the column.
    var table: String?
    var isRequired = true
    /// The words that may stand in the column; empty: any.
    var words: [String] = []
    /// Whether the value is computed from the row, and not selected.
    var isComputed = false
  }

  /// Columns that together are the key of another table.
  struct Reference {
    let columns: [String]
    let table: String
    let key: [String]
  }

  let name: String
  let description: String
  /// In the order of the query; those that are computed come last.
  let columns: [Column]
  var key = ["key"]
  /// References of several columns; those of one stand with the column.
  var references: [Reference] = []
  let sql: String

  /// All references, of one column and of several.
  var allReferences: [Reference] {
    columns.compactMap { column in
      column.table.map { Reference(columns: [column.name], table: $0, key: ["key"]) }
    } + references
  }
}

extension PackageTable.Column {
  static func text(_ name: String, _ description: String? = nil, words: [String] = []) -> Self {
    Self(name: name, type: .string, description: description, words: words)
  }

  static func day(_ name: String, _ description: String? = nil) -> Self {
    Self(name: name, type: .date, description: description)
  }

  static func number(_ name: String, _ description: String? = nil) -> Self {
    Self(name: name, type: .number, description: description)
  }

  static func integer(_ name: String, _ description: String? = nil) -> Self {
    Self(name: name, type: .integer, description: description)
  }

  static func flag(_ name: String, _ description: String? = nil) -> Self {
    Self(name: name, type: .boolean, description: description)
  }

  /// The key of a row of another table.
  static func key(_ name: String, of table: String, _ description: String? = nil) -> Self {
    Self(name: name, type: .string, description: description, table: table)
  }

  /// The same, where the column may be blank.
  var optional: Self {
    var column = self
    column.isRequired = false
    return column
  }

  /// The same, as a column whose value is computed.
  var computed: Self {
    var column = self
    column.isComputed = true
    return column
  }
}
