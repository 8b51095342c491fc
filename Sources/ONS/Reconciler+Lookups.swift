import Reconcile
import RegistryStorage

/// Rows of lookups.
extension Reconciler {
  /// Holds one row against the register: codes, names and kinds of its bodies, which is part of which, and where its
  /// small area lies.
  mutating func judge(_ row: ONSLookup.Row, of file: ONSLookup, _ placement: UnitPlacement?) {
    judge { reconciler in
      let entries = row.entries.filter { !file.mayLack($0) || reconciler.knows($0) }
      guard reconciler.hasBodies(of: entries, row.line, file) else { return }
      let bodies = entries.compactMap { entry in reconciler.match(entry, row.line, file).map { (entry, $0) } }
      for (entry, body) in bodies {
        for (other, superior) in bodies where file.isPart(entry, of: other, among: bodies.map(\.0)) {
          let day = file.day(of: file.areas[entry.area])
          let record = SourceRecord.Relationship(
            line: row.line, code: entry.code ?? entry.health ?? "", superior: other.code ?? other.health ?? "",
            kind: "part-of", period: Period(day, day.next))
          reconciler.relate(record, body, under: superior)
        }
        if let unit = row.unit, let placement, file.areas[entry.area].category?.level == 0 {
          reconciler.place(unit, in: body, on: file.day(of: file.areas[entry.area]), placement, row.line)
        }
      }
    }
  }

  /// Whether some body of the register ever had one of the codes.
  func knows(_ entry: ONSLookup.Entry) -> Bool {
    entry.code.map { index.isKnown($0, "ons") } ?? false
      || entry.health.map { index.isKnown($0, "ods") } ?? false
  }

  /// Whether the register has a body for each entry. The first that it lacks rejects the row.
  private mutating func hasBodies(of entries: [ONSLookup.Entry], _ line: Int, _ file: ONSLookup) -> Bool {
    guard let entry = entries.first(where: { !knows($0) }) else { return true }
    let area = file.areas[entry.area]
    let column = (entry.code == nil ? area.health : area.code) ?? 0
    reject(line, missing: entry.code ?? entry.health ?? "", column: column + 1)
    return false
  }

  /// - Returns: The body that has the codes on the day. Nil if none has, which is reported.
  private mutating func match(_ entry: ONSLookup.Entry, _ line: Int, _ file: ONSLookup) -> RegisterIndex.Index? {
    let area = file.areas[entry.area]
    let day = file.day(of: area)
    let code = entry.code ?? entry.health ?? ""
    let bodies = match(
      SourceRecord.CodePair(
        line: line, ons: entry.code, ods: entry.health, period: Period(day, day.next), since: .unknown))
    guard let body = bodies.first else {
      note(line, code, "code", register: "nobody has it on \(day)", file: "in use on \(day)")
      return nil
    }
    if let name = entry.name { compareName(name, of: body, on: day, line: line, code: code) }
    if let kind = area.kind(of: entry.code) { compareKind(kind, of: body, on: day, line: line, code: code) }
    return body
  }

  private mutating func place(
    _ unit: String, in body: RegisterIndex.Index, on day: Day, _ placement: UnitPlacement, _ line: Int
  ) {
    let (key, keys) = (index.bodies[body].key, placement.bodies(of: unit, on: day))
    if keys?.contains(key) ?? false { return }
    let place = keys.map { $0.isEmpty ? "in no body on \(day)" : $0.joined(separator: " / ") }
    note(line, unit, "unit", register: place ?? "no unit of \(placement.partition)", file: "\(key) on \(day)")
  }
}

extension ONSLookup {
  /// Whether an area of a row is part of another: one of the next level above it, and of the same year.
  func isPart(_ entry: Entry, of other: Entry, among entries: [Entry]) -> Bool {
    guard let low = areas[entry.area].category?.level, let high = areas[other.area].category?.level, low < high,
      areas[entry.area].year == areas[other.area].year
    else { return false }
    return !entries.contains { between in
      areas[between.area].category?.level.map { low < $0 && $0 < high } ?? false
        && areas[between.area].year == areas[entry.area].year
    }
  }
}
