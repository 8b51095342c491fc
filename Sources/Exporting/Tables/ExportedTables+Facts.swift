import RegistryStorage

/// The tables of facts, made from their schemas.
extension ExportedTable {
  static let facts = [
    ofKind(.life), ofKind(.code, indexes: [["scheme", "code"]]), ofKind(.name), ofKind(.role, indexes: [["kind"]]),
    ofKind(
      .relationship, indexes: [["superior"]], checks: ["superior <> organisation"],
      within: { scope in
        "(relationship.organisation_id IN chosen OR relationship.superior_id IN chosen) AND \(scope.overlaps("relationship"))"
      }),
    ofKind(.measure),
  ]

  static let links = [
    ofKind(
      .succession, indexes: [["event"], ["predecessor"], ["successor"]], checks: ["predecessor <> successor"],
      within: { scope in
        scope.days == nil
          ? "(succession.predecessor_id IN chosen OR succession.successor_id IN chosen)" : "succession.id IN linked"
      }),
    ofKind(
      .flow, indexes: [["event"]],
      within: {
        "\($0.happens("flow.event_id")) AND (flow.predecessor_id IN chosen OR flow.successor_id IN chosen)"
      }),
    ofKind(
      .observation, indexes: [["predecessor"], ["successor"]],
      within: { _ in "(observation.predecessor_id IN chosen OR observation.successor_id IN chosen)" }),
  ]

  /// The dated kinds that are in no other list.
  static let otherFacts = FactKind.dated.filter {
    ![.life, .code, .name, .role, .relationship, .measure, .responsibility, .appointment].contains($0)
  }.map { ofKind($0) }

  /// A table of facts of one kind: its own columns, then its period.
  /// - Parameter within: Which rows a narrowed export keeps. Without it, those about a named body, on its days.
  static func ofKind(
    _ kind: FactKind, indexes: [[String]] = [], checks: [String] = [],
    within: (@Sendable (ExportScope) -> String)? = nil
  ) -> ExportedTable {
    let schema = kind.schema
    let table = schema.table
    var columns = [factKey(table)]
    var joins = schema.columns.compactMap { join($0, to: table) }
    for (index, column) in schema.columns.enumerated() where !isFolded(index, in: schema) {
      let rest = isFolded(index + 1, in: schema) ? schema.columns[index + 1] : nil
      columns.append(self.column(column, of: table, foldedWith: rest))
    }
    var checks = checks
    if schema.isDated {
      columns += period(of: table)
      checks.insert("valid_to > valid_from", at: 0)
      for (alias, event) in [("beginning", "from_event_id"), ("ending", "to_event_id")] {
        joins.append("LEFT JOIN change_event AS \(alias) ON \(alias).id = \(table).\(event)")
      }
    }
    for column in schema.columns {
      if case .number(isNegative: false) = column.type { checks.append("\(column.exported) >= 0") }
    }
    if schema.hasSource {
      columns.append(source)
      joins.append(joinOfSource(table))
    }
    let isOfOneBody = FactKind.ofBodies.contains(kind)
    var within = within
    if within == nil, isOfOneBody {
      within = { "\(table).organisation_id IN named AND \($0.overlaps(table))" }
    }
    return ExportedTable(
      table, schema.words, key: ["fact_key"], from: ([table] + joins).joined(separator: " "), recorded: table,
      order: "\(table).id", indexes: (isOfOneBody ? [["organisation"]] : []) + indexes, checks: checks,
      within: within, columns: columns + [note(table)])
  }

  /// Whether a column belongs to the same field as the one before it. The two are exported as one.
  private static func isFolded(_ index: Int, in schema: FactSchema) -> Bool {
    schema.columns.indices.dropFirst().contains(index) && schema.columns[index].field != nil
      && schema.columns[index].field == schema.columns[index - 1].field
  }

  static func join(_ column: FactColumn, to table: String) -> String? {
    guard let referred = column.type.referredTable else { return nil }
    let alias = alias(of: column, referred)
    return "LEFT JOIN \(referred)\(alias == referred ? "" : " AS \(alias)") ON \(alias).id = \(table).\(column.sql)"
  }

  private static func alias(of column: FactColumn, _ referred: String) -> String {
    switch column.type {
    case .proposal, .body: column.exported
    // A fact may name two words of a vocabulary.
    case .word: column.sql.hasSuffix("_\(referred)_id") ? column.exported : referred
    default: referred
    }
  }

  static func column(
    _ column: FactColumn, of table: String, foldedWith rest: FactColumn? = nil, isOptional: Bool = false
  ) -> ExportedColumn {
    let name = column.exported
    let isRequired = !isOptional && (column.isRequired || column.otherwise != .null)
    let stored = "\(table).\(column.sql)"
    func exported(
      _ content: ExportedColumn.Content, from origin: String? = nil, references: String? = nil, among: [String] = []
    ) -> ExportedColumn {
      ExportedColumn(
        name, content, required: isRequired, references: references, from: origin ?? stored, among: among, column.words)
    }
    if let rest { return exported(.key, from: "coalesce(\(stored), \(rest.exported).key)") }
    if let referred = column.type.referredTable {
      return exported(
        .key, from: "\(alias(of: column, referred)).key", references: exportedName(of: column.type))
    }
    return switch column.type {
    case .code, .tag: exported(.key)
    case .day, .dayAfter: exported(.day)
    case .number: exported(.number)
    case .integer: exported(.integer)
    case .flag: exported(.integer, among: flag)
    case .choice(let choices): exported(.key, among: choices)
    case .status: status(table)
    default: exported(.text)
    }
  }

  /// The exported table that a column refers to. Holders have none.
  static func exportedName(of type: ColumnType) -> String? {
    switch type {
    case .event, .establishes(.event): "event"
    case .body: "organisation"
    case .proposal: "proposal"
    case .parcel: "parcel"
    case .word(.partition, _): "unit_partition"
    case .word(let kind, _): kind.rawValue
    default: nil
    }
  }

  private static func period(of table: String) -> [ExportedColumn] {
    [
      validFrom(table), validTo(table),
      ExportedColumn(
        "from_status", .key, required: true, from: "\(table).from_status", among: certainties,
        "whether valid_from is stated, derived, or unknown (then the first day on which a source shows the fact)"),
      ExportedColumn(
        "to_status", .key, required: true, from: "\(table).to_status", among: certainties,
        "the same for valid_to (unknown: the day after the last on which a source shows the fact)"),
      ExportedColumn("from_event", .key, references: "event", from: "beginning.key", "the event that began it"),
      ExportedColumn("to_event", .key, references: "event", from: "ending.key", "the event that ended it"),
    ]
  }
}
