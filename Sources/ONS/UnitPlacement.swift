import RegistryStorage

/// Where the units of a partition lie on the days of a lookup.
struct UnitPlacement {
  /// The key of the partition, such as `lsoa11`.
  let partition: String
  private var places: [Day: [String: [String]]] = [:]

  /// Nil if the register has no such units.
  init?(_ registry: Registry, of area: ONSColumns.Area, on days: Set<Day>) throws(DatabaseError) {
    partition = ONSPartition.key(of: area)
    for day in days {
      let bodies = try registry.bodies(ofUnitsIn: partition, on: day)
      if bodies.isEmpty { return nil }
      places[day] = bodies
    }
  }

  /// The keys of the bodies in which a unit lies on a day, none if no source says. Nil if there is no such unit.
  func bodies(of unit: String, on day: Day) -> [String]? { places[day]?[unit] }
}
