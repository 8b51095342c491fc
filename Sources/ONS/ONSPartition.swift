import RegistryFormats
import Reconcile
import RegistryStorage

/// A partition that the register lacks, from a lookup of small areas.
///
/// Kept here:
/// 1. Every unit of the file lies in one body, or no partition is made: shares of a part of the units would be wrong.
/// 2. Units that no column tells apart are one parcel. It lies where the earliest column of bodies that hold territory
///    puts it, because a merger leads forward, never back. `--division` enters the divisions that later columns show.
struct ONSPartition {
  private let file: ONSLookup
  private let units: ONSColumns.Area
  /// The areas of bodies that hold territory, in the order of time.
  private let places: [Int]

  static func key(of units: ONSColumns.Area) -> String { units.title.lowercased() }

  /// Nil if the file does not say in which bodies its units lie.
  init?(of file: ONSLookup) {
    let places = file.areas.indices.filter { file.areas[$0].category?.level == 0 }
    guard let units = file.units, !places.isEmpty else { return nil }
    (self.file, self.units) = (file, units)
    self.places = places.sorted { file.areas[$0].year < file.areas[$1].year }
  }

  /// States the partition, with a basis that counts its units.
  /// - Returns: what is worth telling.
  func say(to reconciler: inout Reconciler, _ registry: Registry) throws -> [String] {
    let key = Self.key(of: units)
    let days = places.map { file.day(of: file.areas[$0]) }
    let day = days[0]
    let parcels = try parcels()
    let line = file.rows.first?.line ?? 1
    reconciler.say(
      .partition(Partition(key: key, name: units.title, unitName: "small area (\(units.title))")), line: line)
    reconciler.say(
      .basis(
        Basis(
          key: "areas-\(key)", name: "Small areas (\(units.title))", partition: key, unitName: "small areas", asAt: nil,
          countsUnits: true)), line: line)
    var bodies: Set<String> = []
    for rows in parcels {
      let body = try body(of: rows[0], on: day, reconciler)
      bodies.insert(body)
      let parcel = "\(key)-\(rows.compactMap(\.unit).min() ?? "")"
      reconciler.say(.parcel(key: parcel, partition: key), line: rows[0].line)
      reconciler.say(
        .anchor(parcel: parcel, organisation: body, on: day), line: rows[0].line, source: reconciler.source)
      for row in rows {
        guard let unit = row.unit else { continue }
        reconciler.say(
          .unit(partition: key, code: unit, parcel: parcel, amounts: []), line: row.line, source: reconciler.source)
      }
    }
    let divisions = try divisions(after: day, upTo: days[days.count - 1], registry)
    return [
      "\(units.title): a new partition of \(counted(file.rows.count, "unit")) in \(counted(parcels.count, "parcel")), which lie in "
        + "\(counted(bodies.count, "body", "bodies")) on \(day)"
    ] + divisions.map { "\(units.title): import the file again with --division \($0) to say which units moved" }
  }

  /// The keys of the events for which the file may tell the units, in the order of time.
  private func divisions(after first: Day, upTo last: Day, _ registry: Registry) throws(DatabaseError) -> [String] {
    // Only bodies of the place tier hold units.
    var places: Set<OrganisationID> = []
    for kind in try registry.kinds() where kind.tier == Kind.placeTier {
      places.formUnion(try registry.organisations(ofKind: kind.key))
    }
    let links = try registry.successions().filter {
      $0.day > first && $0.day <= last && $0.nature != .duties && places.contains($0.predecessor)
    }
    let events = Dictionary(grouping: links, by: \.event).filter { _, links in
      links.contains { $0.nature == .territory } || Set(links.map(\.predecessor)).count < links.count
    }
    return events.sorted { ($0.value[0].day, $0.key) < ($1.value[0].day, $1.key) }.map(\.key)
  }

  /// The rows of each parcel, in the order of the file.
  private func parcels() throws(Refusal) -> [[ONSLookup.Row]] {
    guard file.rejects.isEmpty else {
      throw Refusal("\(file.name): \(incomplete): rows are rejected, the first in line \(file.rejects[0].line)")
    }
    var parcels: [[ONSLookup.Row]] = []
    var numbers: [[String]: Int] = [:]
    var seen: Set<String> = []
    for row in file.rows {
      guard seen.insert(row.unit ?? "").inserted else {
        throw Refusal("\(file.name): \(incomplete): line \(row.line) names \(row.unit ?? "") a second time")
      }
      let codes = places.map { place in
        row.entries.first { $0.area == place }.flatMap { $0.code ?? $0.health } ?? ""
      }
      if let known = numbers[codes] {
        parcels[known].append(row)
      } else {
        numbers[codes] = parcels.count
        parcels.append([row])
      }
    }
    return parcels
  }

  private var incomplete: String { "\(units.title) would not be a whole partition, so nothing was changed" }

  private func body(
    of row: ONSLookup.Row, on day: Day, _ reconciler: borrowing Reconciler
  ) throws(Refusal) -> String {
    let entry = row.entries.first { $0.area == places[0] }
    for (code, scheme) in [(entry?.code, "ons"), (entry?.health, "ods")] {
      if let code, let body = reconciler.index.bearer(of: code, scheme, on: day) {
        return reconciler.index.bodies[body].key
      }
    }
    throw Refusal(
      "\(file.name): \(incomplete): line \(row.line) puts \(row.unit ?? "") in no body that the register has on \(day)")
  }
}
