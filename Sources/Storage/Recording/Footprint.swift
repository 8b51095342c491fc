/// What the changed facts of a revision name: the bodies and events from which rules and replays start.
///
/// Kept here:
/// 1. A fact counts as it was and as it is.
/// 2. What kinds may stand under is about every body.
/// 3. A fact moves territory only if it says where parcels lie, or when. A new title of an event moves nothing.
struct Footprint {
  private(set) var bodies: Set<Int64> = []
  /// The events that are described, or to which facts belong. Events that only date facts do not count.
  private(set) var events: Set<Int64> = []
  private(set) var territory = Territory()
  /// Whether rules about all bodies may be broken.
  private(set) var isEverywhere = false

  /// The part of it that may have moved parcels.
  struct Territory {
    /// The bodies that territorial facts name.
    var bodies: Set<Int64> = []
    /// The events to which they belong.
    var events: Set<Int64> = []
    /// The parcels that they name.
    var parcels: Set<Int64> = []
    /// The units that they name, each with its partition.
    var units: [(partition: Value, code: Value)] = []

    var isEmpty: Bool { bodies.isEmpty && events.isEmpty && parcels.isEmpty && units.isEmpty }
  }

  mutating func add(_ fact: FactRow) {
    let schema = fact.kind.schema
    if fact.kind == .mayStandUnder { isEverywhere = true }
    for position in schema.bodies {
      guard let id = fact.values[position].integer else { continue }
      bodies.insert(id)
      if schema.isTerritorial { territory.bodies.insert(id) }
    }
    if let event = fact.event {
      events.insert(event)
      if schema.isTerritorial { territory.events.insert(event) }
    }
    guard schema.isTerritorial else { return }
    if let parcel = schema.parcel.flatMap({ fact.values[$0].integer }) { territory.parcels.insert(parcel) }
    if let unit = schema.unit { territory.units.append((fact.values[unit.partition], fact.values[unit.code])) }
  }

  /// Adds a fact as it was and as it is, if it still is.
  mutating func add(_ before: FactRow, and after: FactRow?) {
    if let after, before.kind.schema.describedEvent != nil, let event = after.event,
      let old = EventDetail(before.values), let new = EventDetail(after.values),
      old.day == new.day, old.operationalDay == new.operationalDay
    {
      events.insert(event)
    } else {
      add(before)
      if let after { add(after) }
    }
  }
}
