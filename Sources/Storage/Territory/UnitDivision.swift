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

/// The changes that move units from a body to others at an event.
///
/// Kept here:
/// 1. Only whole parcels move. If some units of a parcel stay, the others first become a parcel with the same history.
package struct UnitDivision {
  private let event: String
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
    var division = UnitDivision(event: event, facts: facts)
    for (parcel, units) in Dictionary(grouping: held, by: \.parcel).sorted(by: { $0.key < $1.key }) {
      let going = Dictionary(grouping: units) { destinations[$0.code] ?? predecessor }
      var left = units.count
      for (successor, units) in going.sorted(by: { $0.key < $1.key }) where successor != predecessor {
        left -= units.count
        let moved = left == 0 ? parcel : try division.detach(units, from: parcel, going: successor)
        division.changes.append(Change(.movement(event: event, parcel: moved, successor: successor)))
      }
    }
    return division.changes
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
    _ units: [PlacedUnit], from parcel: String, going successor: String
  ) throws(DatabaseError) -> String {
    let key = "\(parcel)/\(event)/\(successor)"
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
