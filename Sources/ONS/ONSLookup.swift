package import RegistryFormats
package import Reconcile
package import RegistryStorage

/// A file of names and codes, or a lookup, of the Office for National Statistics. It says which code and name a body
/// had on a day, and what it lay in.
///
/// Kept here:
/// 1. Only its name says what a column holds. The order of columns, and columns that follow no pattern, mean nothing.
/// 2. A row that names a body that the register lacks enters nothing.
package struct ONSLookup {
  /// One area of a row.
  struct Entry {
    /// The position of the area in `areas`.
    let area: Int
    let code: String?
    let health: String?
    let name: String?
  }

  struct Row {
    let line: Int
    let entries: [Entry]
    /// The small area that the row is about. Nil if it is about none.
    let unit: String?
  }

  package let name: String
  package private(set) var rejects: [Reject] = []
  private(set) var rows: [Row] = []
  /// Rows of units that a dividing event does not concern.
  package private(set) var passedOverCount = 0
  let columns: ONSColumns
  /// The areas that are bodies of the register.
  let areas: [ONSColumns.Area]
  /// The column of small areas. Nil if there is none.
  let units: ONSColumns.Area?
  private let issued: Day?

  /// - Parameter issued: the day that the latest columns describe. Without it, the day that their year stands for.
  package init(name: String, reader: consuming CSVReader, issued: Day? = nil) throws(Refusal) {
    var table = try ONSTable(name: name, reader: reader)
    self.name = name
    self.issued = issued
    columns = ONSColumns(table.header)
    areas = columns.areas.filter { $0.category != nil }
    units = columns.areas.first { $0.isUnits && $0.code != nil }
    guard !areas.isEmpty else {
      throw Refusal(
        "\(name): no column names an area and its year: CCG20CD, CCG20CDH and CCG20NM are expected, or the like for "
          + "PCO, SHA, SICBL, LOC, NHSAT, NHSRLO, NHSER, STP, ICB, LAD (there are: "
          + "\(table.header.joined(separator: ", "))); nothing was changed")
    }
    while try table.next() { read(&table) }
    rejects += table.rejects
    guard lineCount > 0 else { throw Refusal("\(name): there is a header and no row; nothing was changed") }
  }

  private mutating func read(_ table: inout ONSTable) {
    var entries: [Entry] = []
    for (place, area) in areas.enumerated() {
      let (code, health) = (table.text(area.code), table.text(area.health))
      if code.isEmpty, health.isEmpty { continue }
      if !code.isEmpty, let flaw = ONSEntity.flaw(of: code) {
        return rejects.append(table.reject(area.code, code, flaw))
      }
      if !health.isEmpty, let flaw = CodeDamage.flaw(ofODSCode: health) {
        return rejects.append(table.reject(area.health, health, flaw))
      }
      let name = table.text(area.name)
      entries.append(
        Entry(
          area: place, code: code.isEmpty ? nil : code, health: health.isEmpty ? nil : health,
          name: name.isEmpty ? nil : name))
    }
    guard !entries.isEmpty else { return rejects.append(table.reject(areas[0].code, "", "the row has no code")) }
    let unit = table.text(units?.code)
    if units != nil, unit.isEmpty {
      return rejects.append(table.reject(units?.code, "", "the row names no small area"))
    }
    rows.append(Row(line: table.line, entries: entries, unit: units == nil ? nil : unit))
  }

  /// The day that the columns of an area describe.
  func day(of area: ONSColumns.Area) -> Day {
    guard let issued, area.year == areas.map(\.year).max() else { return area.vintage }
    return issued
  }
}

extension ONSLookup: SourceContents {
  package var scheme: String { "ons" }
  package var stem: String { columns.areas.map { $0.title.lowercased() }.joined(separator: "-") }
  package var title: String {
    "Office for National Statistics, lookup of \(columns.areas.map(\.title).joined(separator: ", "))"
  }
  package var instrument: Citation.Instrument { .other }
  package var lineCount: Int { rows.count + rejects.count }
  package var statedIssue: Day? { areas.map(day).max() }
  package var latestDay: Day? { statedIssue }

  package mutating func reconcile(
    with reconciler: inout Reconciler, _ registry: Registry, _ options: ImportOptions
  ) throws -> [String] {
    if let event = options.division {
      var division = try ONSDivision(event, registry, self)
      let remarks = try division.reconcile(self, with: &reconciler, registry)
      passedOverCount = division.passedOverCount
      return remarks
    }
    if options.createsMissing { makeMissing(in: &reconciler) }
    let lacking = codesPassedOver(by: reconciler)
    let placement = try placement(in: registry)
    for row in rows { reconciler.judge(row, of: self, placement) }
    var remarks = remarks(lacking)
    guard let units, placement == nil else { return remarks }
    if options.createsMissing, let partition = ONSPartition(of: self) {
      remarks += try partition.say(to: &reconciler, registry)
    } else {
      remarks.append(
        "the register has no partition for \(units.title) (--create-missing): where the small areas lie was not "
          + "compared")
    }
    return remarks
  }

  private func placement(in registry: Registry) throws(DatabaseError) -> UnitPlacement? {
    guard let units else { return nil }
    return try UnitPlacement(registry, of: units, on: Set(areas.filter { $0.category?.level == 0 }.map(day)))
  }

  /// Few registers have local authorities, and fewer have their districts: one that is missing does not reject its row.
  func mayLack(_ entry: Entry) -> Bool { areas[entry.area].category?.level == nil }

  /// By area, the codes of the bodies that the register lacks and is allowed to lack.
  private func codesPassedOver(by reconciler: Reconciler) -> [Int: Set<String>] {
    var codes: [Int: Set<String>] = [:]
    for entry in rows.flatMap(\.entries) where mayLack(entry) && !reconciler.knows(entry) {
      codes[entry.area, default: []].insert(entry.code ?? entry.health ?? "")
    }
    return codes
  }

  private func remarks(_ lacking: [Int: Set<String>]) -> [String] {
    var remarks = areas.map { area in "\(area.title): taken as of \(day(of: area))" }
    let unknown = columns.areas.filter { $0.category == nil && !$0.isUnits }.map(\.title)
    if !unknown.isEmpty {
      remarks.append(
        "passed over, because the register has no such kinds of bodies: \(unknown.joined(separator: ", "))")
    }
    for (place, codes) in lacking.sorted(by: { $0.key < $1.key }) {
      remarks.append(
        "passed over, because the register has none of these bodies (--create-missing): "
          + "\(areas[place].title), \(counted(codes.count, "code"))")
    }
    return remarks
  }

  /// Makes the bodies that the register lacks, as known on one day only.
  private func makeMissing(in reconciler: inout Reconciler) {
    var stubs = Stubs()
    for row in rows {
      for entry in row.entries {
        let area = areas[entry.area]
        let isKnown = entry.health.map { reconciler.index.isKnown($0, "ods") } ?? false
        guard let code = entry.code, !isKnown else { continue }
        stubs.add(code, area.kind(of: code), Period(day(of: area), nil), line: row.line)
      }
    }
    stubs.make(in: &reconciler)
  }
}
