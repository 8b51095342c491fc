/// The input of `Replay`: all facts that say where parcels lie, with ids.
struct TerritoryFacts {
  struct Link {
    let event: EventID
    let day: Day
    let predecessor: OrganisationID
    let successor: OrganisationID
    let nature: SuccessionNature
  }

  struct Flow {
    let event: EventID
    let day: Day
    /// Nil if the amount comes from no body of the register.
    let predecessor: OrganisationID?
    let successor: OrganisationID
    let basis: Int64
    let amount: Amount
  }

  struct Movement {
    let event: EventID
    let day: Day
    let parcel: Int64
    let successor: OrganisationID
  }

  /// A parcel whose units left a body by themselves.
  struct Move {
    let parcel: Int64
    /// The first day in the new body.
    let day: Day
    let predecessor: OrganisationID
    let successor: OrganisationID
  }

  struct Anchor {
    let organisation: OrganisationID
    let day: Day
  }

  struct Basis {
    let id: Int64
    let partition: Int64?
  }

  /// In the order of time and of keys, so that the order of entry does not matter.
  var links: [Link] = []
  var flows: [Flow] = []
  var movements: [Movement] = []
  /// The partitions whose parcels an event moves by name, by the body to which they go.
  var movedPartitions: [EventID: [OrganisationID: Set<Int64>]] = [:]
  /// In the order of time.
  var moves: [Move] = []
  /// The legal life of each body, or the operational one if the legal one is not known.
  var lives: [OrganisationID: Period] = [:]
  var partitionOfParcel: [Int64: Int64] = [:]
  var anchors: [Int64: Anchor] = [:]
  var bases: [Basis] = []
  /// By parcel, then basis.
  var amounts: [Int64: [Int64: Amount]] = [:]
}
