import RegistryFormats
package import RegistryStorage

/// Where all bodies of a kind lie on another day.
package struct FaceQuestion {
  package var from: Day
  package var to: Day
  package var kind: String
  package var toKind: String?
  package var bases: [String]?
  package var isSpread = false

  package init(from: Day, to: Day, kind: String) {
    (self.from, self.to, self.kind) = (from, to, kind)
  }

  /// The options of the commands, apart from the first day and the kind of the from bodies.
  package var options: [String] {
    ["--to", "\(to)"] + (toKind.map { ["--to-kind", $0] } ?? [])
      + (bases.map { ["--basis", $0.joined(separator: ",")] } ?? []) + (isSpread ? ["--other-kinds", "spread"] : [])
  }
}

/// What a face says of one body: the parts that weigh something.
package struct FaceParts: Equatable {
  package struct Part: Equatable {
    package var share = 0.0
    /// Nil if nothing measures it, or if the face does not tell.
    package var amount: Double?
  }

  /// By the code of the body in which a part lies, or `none` or `gap`.
  package var parts: [String: Part] = [:]
  package var basis: String?

  package init() {}

  package mutating func add(
    _ status: String, _ code: String, _ share: Double, amount: Double? = nil, basis: String? = nil
  ) {
    let place = status == "mapped" ? code : status
    var part = parts[place] ?? Part()
    part.share += share
    if let amount { part.amount = (part.amount ?? 0) + amount }
    parts[place] = part
    self.basis = basis ?? self.basis
  }

  /// Whether some part lies in a body.
  package var isMapped: Bool { !Set(parts.keys).isSubset(of: ["none", "gap"]) }

  /// What another face says otherwise, in words. Nil if it says the same.
  /// - Parameters:
  ///   - code: the code of the body.
  ///   - tells: what the other face tells of.
  package func difference(of code: String, in other: FaceParts, _ tells: Set<Face.Matter>) -> String? {
    var (mine, theirs) = (parts, other.parts)
    if !tells.contains(.elsewhere) {
      mine = mine.filter { !["none", "gap"].contains($0.key) }
      theirs = theirs.filter { !["none", "gap"].contains($0.key) }
    }
    if !tells.contains(.whatStays) { mine[code] = nil }
    guard mine.keys == theirs.keys else { return "places \(mine.keys.sorted()), but \(theirs.keys.sorted())" }
    for (place, part) in mine {
      let found = theirs[place] ?? Part()
      if !(abs(part.share - found.share) <= 1e-12) { return "\(place): \(part.share), but \(found.share)" }
      guard tells.contains(.amounts) else { continue }
      let close = part.amount.map { abs($0 - (found.amount ?? .nan)) <= 1e-9 * max(1, $0) } ?? (found.amount == nil)
      if !close { return "\(place): amount \(part.amount ?? -1), but \(found.amount ?? -1)" }
    }
    if tells.contains(.amounts), basis != other.basis { return "basis \(basis ?? "-"), but \(other.basis ?? "-")" }
    return nil
  }

  /// The parts in the rows of a table with the columns of a crosswalk, by the from codes.
  package static func read(_ records: [[String: String]]) -> [String: FaceParts] {
    records.reduce(into: [:]) { found, row in
      found[row["from_code"] ?? "", default: FaceParts()].add(
        row["status"] ?? "", row["to_code"] ?? "", row["share"].flatMap(Double.init) ?? .nan,
        amount: row["amount"].flatMap(Double.init), basis: row["basis"].flatMap { $0.isEmpty ? nil : $0 })
    }
  }

  /// The rows of a by-period table that hold on a day.
  package static func read(_ records: [[String: String]], on day: Day) -> [String: FaceParts] {
    read(
      records.filter { row in
        guard let first = row["valid_from"], let last = row["valid_to"] else { return false }
        return first <= "\(day)" && (last.isEmpty || "\(day)" <= last)
      })
  }

  /// The parts in restated rows, of which each body had a million.
  package static func read(millions records: [[String: String]], of codes: [String]) -> [String: FaceParts] {
    records.reduce(into: Dictionary(uniqueKeysWithValues: codes.map { ($0, FaceParts()) })) { found, row in
      let share = (row["n"].flatMap(Double.init) ?? .nan) / 1_000_000
      if share != 0 { found[row["id"] ?? "", default: FaceParts()].add("mapped", row["code"] ?? "", share) }
    }
  }

  /// A file with a million for each body, so that shares show in the figures.
  package static func millions(of codes: [String]) -> String {
    "code,id,n\n" + codes.map { "\($0),\($0),1000000\n" }.joined()
  }
}

/// One of the ways in which the register says where bodies lie.
package struct Face {
  package enum Matter {
    /// What lies in no body of the kind, and what is a gap.
    case elsewhere
    case amounts
    /// What lies in the body itself.
    case whatStays
  }

  package let name: String
  /// What it tells, beyond the shares in other bodies.
  package let tells: Set<Matter>
  /// By the from code. Nil if the face has no way to ask the question.
  package let ask: (FaceQuestion) throws -> [String: FaceParts]?

  package init(_ name: String, _ tells: Set<Matter>, ask: @escaping (FaceQuestion) throws -> [String: FaceParts]?) {
    (self.name, self.tells, self.ask) = (name, tells, ask)
  }
}

/// A CSV table by its columns.
package func csvRecords(_ text: String) throws -> [[String: String]] { try csvRecords(Array(text.utf8)) }

package func csvRecords(_ bytes: [UInt8]) throws -> [[String: String]] {
  var reader = CSVReader(bytes: bytes)
  var header: [String] = []
  var records: [[String: String]] = []
  while try reader.next() {
    if header.isEmpty {
      header = reader.texts()
    } else {
      records.append(Dictionary(uniqueKeysWithValues: zip(header, reader.texts())))
    }
  }
  return records
}
