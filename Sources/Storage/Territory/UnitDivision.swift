/// What moves when units of a body go to others at an event: whole parcels, or parts of them that become parcels.
///
/// Kept here:
/// 1. A parcel of which only some units go is divided first; each part has the history of the whole.
package struct UnitDivision {
  private let event: String
  private let facts: StatedFacts
  private var changes: [Change] = []

  /// - Parameters:
  ///   - event: the key of the dividing event.
  ///   - predecessor: the key of the body that is divided.
  ///   - held: all units that lie in it on the day before.
  ///   - destinations: the keys of the bodies that get units, by the unit's code; a unit that is not named stays.
  /// - Returns: the statements that say it; none for what stays.
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

  private init(event: String, facts: StatedFacts) {
    self.event = event
    self.facts = facts
  }

  /// Makes a parcel of some units of another, with the same history.
  /// - Returns: its key.
  private mutating func detach(
    _ units: [PlacedUnit], from parcel: String, going successor: String
  ) throws(DatabaseError) -> String {
    let key = "\(parcel)/\(event)/\(successor)"
    guard let partition = units.first?.partition else { return parcel }
    changes.append(Change(.parcel(key: key, partition: partition)))
    for unit in units {
      changes.append(Change(.unit(partition: partition, code: unit.code, parcel: key, amounts: [])))
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
