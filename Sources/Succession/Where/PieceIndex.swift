import RegistryStorage

/// Where pieces lie, what they amount to and which events took them along, in plain arrays: millions of look-ups copy
/// no piece.
struct PieceIndex {
  private struct Stay {
    let start: Day
    /// The first day after. The distant future if the piece stays.
    let end: Day
    let place: Territory.Place
  }

  private struct Ride {
    let day: Day
    let event: EventID
  }

  private var stays: [Stay] = []
  /// By piece, the number of its first stay. One more number closes the last piece.
  private var firstStay = [0]
  private var rides: [Ride] = []
  private var firstRide = [0]
  private var amounts: [Amount?] = []
  private let basisCount: Int

  /// - Parameter events: the events that took territory from one body to another on a day.
  init(
    _ pieces: [Territory.Piece], basisCount: Int,
    events: (_ day: Day, _ from: OrganisationID, _ to: OrganisationID) -> [EventID]
  ) {
    self.basisCount = basisCount
    for piece in pieces {
      for (place, period) in piece.placements {
        stays.append(Stay(start: period.start, end: period.end ?? .distantFuture, place: place))
      }
      for (earlier, later) in zip(piece.placements, piece.placements.dropFirst()) {
        let day = later.period.start
        guard earlier.period.end == day, let from = earlier.place.organisation, let to = later.place.organisation
        else { continue }
        rides += events(day, from, to).map { Ride(day: day, event: $0) }
      }
      firstStay.append(stays.count)
      firstRide.append(rides.count)
      amounts += piece.amounts
    }
  }

  func place(of piece: Int, on day: Day) -> Territory.Place {
    for index in firstStay[piece]..<firstStay[piece + 1] where stays[index].start <= day && day < stays[index].end {
      return stays[index].place
    }
    return .unplaced
  }

  func amount(of piece: Int, in basis: Int) -> Amount? { amounts[piece * basisCount + basis] }

  /// Adds the events after `first` and until `last` that took a piece along to those that are there already.
  func addEvents(of piece: Int, after first: Day, until last: Day, to events: inout [EventID]) {
    for index in firstRide[piece]..<firstRide[piece + 1] {
      let ride = rides[index]
      if ride.day > first, ride.day <= last, !events.contains(ride.event) { events.append(ride.event) }
    }
  }
}
