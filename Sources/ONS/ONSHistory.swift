import RegistryFormats
import Reconcile
import RegistryStorage

/// What the areas of the Code History Database were called and what they lay in, row by row (ChangeHistory).
///
/// Kept here:
/// 1. A row lasts as long as neither the name nor the parent of its code changes: no two rows of a code share a day.
/// 2. Areas that are not bodies of a kind of the register are counted and passed over.
package struct ONSHistory {
  struct Row {
    let line: Int
    /// The position of the row in its line, from 1. Always 1 in CSV.
    let column: Int
    let code: String
    let name: String
    /// The code of the area above. Nil if the file does not give it.
    let parent: String?
    var period: Period
  }

  /// In the order of codes and first days.
  private(set) var rows: [Row] = []
  private(set) var rejects: [Reject] = []
  /// How many rows there are of each entity that has no kind in the register.
  private(set) var passedOver: [String: Int] = [:]

  static let columns = ["GEOGCD", "GEOGNM", "OPER_DATE", "TERM_DATE", "PARENTCD"]

  // MARK: CSV

  /// Reads the rest of ChangeHistory.csv.
  init(_ table: inout ONSTable) throws(Refusal) {
    let (code, name, parent) = (table.column("GEOGCD"), table.column("GEOGNM"), table.column("PARENTCD"))
    let (first, last) = (table.column("OPER_DATE"), table.column("TERM_DATE"))
    while try table.next() {
      let value = table.text(code)
      if let flaw = ONSEntity.flaw(of: value) {
        rejects.append(table.reject(code, value, flaw))
      } else if isKnown(value), let period = table.period(from: first, through: last, &rejects) {
        let parent = table.text(parent)
        rows.append(
          Row(
            line: table.line, column: 1, code: value, name: table.text(name), parent: parent.isEmpty ? nil : parent,
            period: period))
      }
    }
    rejects += table.rejects
    sort(in: table.name)
  }

  private mutating func isKnown(_ code: String) -> Bool {
    if ONSEntity.isKnown(code) { return true }
    passedOver[ONSEntity.of(code), default: 0] += 1
    return false
  }

  /// Sorts the rows. Those that end before they begin, or share days with an earlier one, become rejects.
  private mutating func sort(in file: String) {
    let sorted = rows.sorted { ($0.code, $0.period.start, $0.line) < ($1.code, $1.period.start, $1.line) }
    rows = []
    for row in sorted {
      let before = rows.last.flatMap { $0.code == row.code ? $0 : nil }
      let reason: String? =
        if let lastDay = row.period.lastDay, lastDay < row.period.start {
          "\(row.code) ends on \(lastDay), before it begins on \(row.period.start)"
        } else if let before, before.period.overlaps(row.period) {
          "\(row.code) has another row for \(row.period.start) already (line \(before.line))"
        } else {
          nil
        }
      if let reason {
        rejects.append(Reject(file: file, line: row.line, column: row.column, value: row.code, reason: reason))
      } else {
        rows.append(row)
      }
    }
  }

  // MARK: JSON

  /// Reads the form in JSON: `{"areas": {"E38000001": [{"date": {"s": ..., "e": ...}, "nm": ..., "parent": ...}]}}`.
  /// Other spellings (`nm_alt`) belong to no period and are not read.
  init(name file: String, json bytes: [UInt8]) throws(Refusal) {
    let value: JSONValue
    do {
      value = try JSONReader.read(bytes)
    } catch {
      throw Refusal("\(file): \(error); nothing was changed")
    }
    guard case .object(let areas) = value["areas"] else {
      throw Refusal("\(file): there is no object 'areas', as in the Code History Database; nothing was changed")
    }
    let lines = JSONLines(bytes)
    for area in areas {
      let line = lines[area.name] ?? 1
      guard case .array(let entries) = area.value else {
        rejects.append(Reject(file: file, line: line, column: 1, value: area.name, reason: "this is no list of rows"))
        continue
      }
      for (index, entry) in entries.enumerated() {
        let flaw = ONSEntity.flaw(of: area.name)
        guard flaw != nil || isKnown(area.name) else { continue }
        if let reason = flaw ?? read(entry, of: area.name, line, index + 1) {
          rejects.append(Reject(file: file, line: line, column: index + 1, value: area.name, reason: reason))
        }
      }
    }
    sort(in: file)
  }

  /// Whether a text in JSON begins as this form does.
  package static func isBeginning(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(4096).filter { !" \t\r\n".utf8.contains($0) }
    return String(decoding: start, as: UTF8.self).contains("\"areas\":{")
  }

  /// - Returns: What is wrong with the entry. Nil if nothing is.
  private mutating func read(_ entry: JSONValue, of code: String, _ line: Int, _ column: Int) -> String? {
    guard let name = entry["nm"]?.string else { return "the row has no name 'nm'" }
    let first = entry["date"]?["s"]?.string ?? ""
    guard let firstDay = Day(first) else { return "'\(first)' is not a date (YYYY-MM-DD)" }
    let last = entry["date"]?["e"]?.string
    let lastDay = last.flatMap { Day($0) }
    if let last, lastDay == nil { return "'\(last)' is not a date (YYYY-MM-DD)" }
    rows.append(
      Row(
        line: line, column: column, code: code, name: name, parent: entry["parent"]?.string,
        period: Period(from: firstDay, through: lastDay)))
    return nil
  }
}

extension ONSHistory: ONSCodeTable {
  var rowCount: Int { rows.count }
  var days: [Day] { rows.flatMap { [$0.period.start, $0.period.lastDay].compactMap(\.self) } }

  func reconcile(with reconciler: inout Reconciler, _ registry: Registry, createMissing: Bool) {
    if createMissing { makeParents(in: &reconciler) }
    let lives = ONSLives(rows)
    reconciler.enter(lives.lives)
    for stretch in lives.stretches() { reconciler.judge(stretch) }
  }

  /// Makes the parents that the register lacks, for as long as the rows show them.
  private func makeParents(in reconciler: inout Reconciler) {
    var stubs = Stubs()
    for row in rows {
      guard let parent = row.parent,
        let stage = ONSEntity.stages(of: parent).last(where: { $0.period.overlaps(row.period) })
      else { continue }
      stubs.add(parent, stage.kind(on: row.period.start), row.period, line: row.line)
    }
    stubs.make(in: &reconciler)
  }
}

/// The lines of the members of a JSON text, by name. A name that occurs more than once has the last of its lines.
struct JSONLines {
  private var lines: [String: Int] = [:]

  init(_ bytes: [UInt8]) {
    var (line, position) = (1, 0)
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      guard bytes[position] == UInt8(ascii: "\"") else {
        position += 1
        continue
      }
      let start = position + 1
      position = start
      while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
        position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      let end = min(position, bytes.count)
      position += 1
      while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
      if position < bytes.count, bytes[position] == UInt8(ascii: ":") {
        lines[String(decoding: bytes[start..<end], as: UTF8.self)] = line
      }
    }
  }

  subscript(name: String) -> Int? { lines[name] }
}

extension JSONValue {
  /// The member of an object. Nil if there is none, or this is not an object.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// Nil if this is not a string.
  var string: String? { if case .string(let text) = self { text } else { nil } }
}
