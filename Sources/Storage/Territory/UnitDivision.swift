/// A unit that goes from one body to another at an event. Keys name the event and the bodies.
package struct UnitMovement: Equatable, Sendable {
  package let event: String
  package let predecessor: String
  /// The code of the unit.
  package let unit: String
  package let successor: String

  package init(event: String, predecessor: String, unit: String, successor: String) {
    self.event = event
    self.predecessor = predecessor
    self.unit = unit
    self.successor = successor
  }
}

/// The changes that move units from a body to others, at an event or by themselves.
///
/// Kept here:
/// 1. Only whole parcels move. If some units of a parcel stay, the others first become a parcel with the same history.
package struct UnitDivision {
  private let facts: StatedFacts
  private var changes: [Change] = []

  /// - Parameters:
  ///   - event: the key of the dividing event.
  ///   - predecessor: the key of the body that is divided.
  ///   - held: all units that lie in it on the day before.
  ///   - destinations: the keys of the bodies that get units, by the unit's code. A unit that is missing here stays.
  /// - Returns: the statements for the units that go.
  package static func changes(
    event: String, of predecessor: String, holding held: [PlacedUnit], to destinations: [String: String],
    _ facts: StatedFacts
  ) throws(DatabaseError) -> [Change] {
    var division = UnitDivision(facts: facts)
    for group in groups(of: held, in: predecessor, to: destinations) {
      let moved =
        group.isWhole
        ? group.parcel
        : try division.detach(group.units, from: group.parcel, as: "\(group.parcel)/\(event)/\(group.successor)")
      division.changes.append(Change(.movement(event: event, parcel: moved, successor: group.successor)))
    }
    return division.changes
  }

  /// The changes for units that go by themselves, without an event.
  /// - Parameters:
  ///   - day: the first day in the new bodies.
  ///   - predecessor: the key of the body that they leave.
  ///   - held: all units that lie in it on the day before.
  ///   - destinations: the keys of the bodies that they join, by the unit's code. A unit that is missing here stays.
  package static func moves(
    on day: Day, from predecessor: String, holding held: [PlacedUnit], to destinations: [String: String],
    _ facts: StatedFacts
  ) throws(DatabaseError) -> [Change] {
    var division = UnitDivision(facts: facts)
    for group in groups(of: held, in: predecessor, to: destinations) {
      if !group.isWhole, let first = group.units.first {
        _ = try division.detach(group.units, from: group.parcel, as: "\(group.parcel)/\(first.code)")
      }
      for unit in group.units {
        division.changes.append(
          Change(
            .move(partition: unit.partition, unit: unit.code, from: predecessor, to: group.successor, on: day)))
      }
    }
    return division.changes
  }

  /// The units of one parcel that go to one body. The last group of a parcel is the whole of it if nothing stays.
  private typealias Group = (parcel: String, units: [PlacedUnit], successor: String, isWhole: Bool)

  private static func groups(
    of held: [PlacedUnit], in predecessor: String, to destinations: [String: String]
  ) -> [Group] {
    var groups: [Group] = []
    for (parcel, units) in Dictionary(grouping: held, by: \.parcel).sorted(by: { $0.key < $1.key }) {
      let going = Dictionary(grouping: units) { destinations[$0.code] ?? predecessor }
      var left = units.count
      for (successor, units) in going.sorted(by: { $0.key < $1.key }) where successor != predecessor {
        left -= units.count
        groups.append((parcel, units, successor, left == 0))
      }
    }
    return groups
  }

  /// - Parameter movements: the movements of one event out of one body.
  /// - Parameter day: the day of the event.
  package static func changes(_ movements: [UnitMovement], on day: Day, in registry: Registry) throws -> [Change] {
    guard let first = movements.first else { return [] }
    let bodies = try registry.organisations(named: first.predecessor, on: day.previous)
    var held: [PlacedUnit] = []
    for body in bodies { held += try registry.units(in: body, on: day.previous) }
    let codes = Set(held.map(\.code))
    if let absent = movements.first(where: { !codes.contains($0.unit) }) {
      throw Absence(description: "the unit \(absent.unit) does not lie in \(first.predecessor) on \(day.previous)")
    }
    return try changes(
      event: first.event, of: first.predecessor, holding: held,
      to: Dictionary(movements.map { ($0.unit, $0.successor) }) { $1 }, StatedFacts(registry))
  }

  /// The error for a unit that cannot go because it is not there.
  package struct Absence: Error, CustomStringConvertible {
    package let description: String
  }

  /// Makes a parcel of some units of another parcel, with the same history.
  /// - Returns: its key.
  private mutating func detach(
    _ units: [PlacedUnit], from parcel: String, as key: String
  ) throws(DatabaseError) -> String {
    guard let partition = units.first?.partition else { return parcel }
    changes.append(Change(.parcel(key: key, partition: partition)))
    let going = Set(units.map(\.code))
    for var unit in try facts.units(ofParcel: parcel) {
      guard case .unit(_, let code, _, _) = unit.content, going.contains(code) else { continue }
      unit.content = .unit(partition: partition, code: code, parcel: key, amounts: [])
      changes.append(unit)
    }
    for place in try facts.whereabouts(of: parcel) {
      guard case .fact(var fact) = place.content else { continue }
      fact.parcel = key
      var copy = place
      (copy.key, copy.content) = (nil, .fact(fact))
      changes.append(copy)
    }
    return key
  }
}
