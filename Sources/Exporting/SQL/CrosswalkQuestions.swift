import RegistryStorage

/// The tables of questions that views answer. They take only what the export can answer.
struct CrosswalkQuestions {
  let pair: ExportedTable
  let target: ExportedTable

  init(_ registry: Registry, _ reach: ExportReach, _ names: SQLNames) throws(DatabaseError) {
    self.init(bases: try registry.bases().map(\.key), kinds: try registry.kinds().map(\.key), reach, names)
  }

  init(bases: [String], kinds: [String], _ reach: ExportReach, _ names: SQLNames) {
    let any = ExportedTable.anyWord
    let words = [
      ExportedColumn(
        "asked_basis", .key, required: true, from: "", among: [any] + bases, otherwise: any,
        "the basis; *: none, so that people come before counts"),
      ExportedColumn(
        "asked_kind", .key, required: true, from: "", among: [any] + kinds, otherwise: any,
        "the kind of the to bodies; *: any of the same tier"),
    ]
    let from = ExportedColumn(
      "from_day", .day, required: true, from: "", "the day of the from bodies; may be the later one")
    let to = ExportedColumn("to_day", .day, required: true, from: "", "the other day")
    func table(_ name: String, _ words: String, _ columns: [ExportedColumn]) -> ExportedTable {
      let days = columns.filter { $0.content == .day }.map(\.name)
      var table = ExportedTable(name, words, key: columns.map(\.name), from: "", order: "", columns: columns)
      table.namedChecks = reach.checks(on: days, of: names.bare(name), names.dialect)
      return table
    }
    pair = table(
      Self.names[0], "The questions that ready_crosswalk answers. More may be added: two days are enough.",
      [from, to] + words)
    target = table(
      Self.names[1], "The days to which ready_crosswalk_to leads. More may be added.", [to] + words)
  }

  static let names = ["crosswalk_pair", "crosswalk_target"]
}
