import RegistryStorage

/// Where pieces of one partition lie on the other day of a question, by place. All bases of the partition share it.
final class Landing {
  /// The indices of the pieces, in the order in which they were given.
  let pieces: [Int]
  /// The places in which they lie, in the order in which they are met, before they are read through a level.
  let places: [Answer.Place]
  /// By piece, the number of its place. Nil for a piece without a voice.
  let numbers: [Int?]
  /// By place, how many pieces lie there.
  let counts: [Int]
  /// The positions of the pieces that events divided by amounts alone.
  let divided: [Int]
  private let question: Question
  private var eventsOfPlace: [[EventID]?]

  init(_ pieces: [Int], _ question: Question, in whereabouts: Whereabouts) {
    var places: [Answer.Place] = []
    var numberOfPlace: [Answer.Place: Int] = [:]
    var numbers: [Int?] = []
    var counts: [Int] = []
    var divided: [Int] = []
    var last: (place: Territory.Place, number: Int?)?
    for piece in pieces {
      if whereabouts.pieces[piece].isDivided { divided.append(numbers.count) }
      let found = whereabouts.place(of: piece, on: question.to)
      var number: Int?
      if let last, last.place == found, found != .unplaced {
        number = last.number
      } else if case .silent = found {
        number = nil
      } else {
        let place = whereabouts.place(of: piece, question)
        number = numberOfPlace[place]
        if number == nil {
          number = places.count
          numberOfPlace[place] = places.count
          places.append(place)
          counts.append(0)
        }
      }
      last = (found, number)
      numbers.append(number)
      if let number { counts[number] += 1 }
    }
    self.pieces = pieces
    self.places = places
    self.numbers = numbers
    self.counts = counts
    self.divided = divided
    self.question = question
    eventsOfPlace = Array(repeating: nil, count: places.count)
  }

  /// The one body in which all of the pieces lie. Nil if there are several, or one of them lies in none.
  var body: OrganisationID? {
    guard places.count == 1, counts[0] == pieces.count, case .body(let body) = places[0] else { return nil }
    return body
  }

  /// Whether each of the pieces lies in a body.
  var isKnown: Bool {
    var known = 0
    for (place, count) in zip(places, counts) { if case .body = place { known += count } }
    return known == pieces.count
  }

  /// Whether a piece lies in a body.
  func isInBody(_ position: Int) -> Bool {
    guard let number = numbers[position], case .body = places[number] else { return false }
    return true
  }

  /// The events that took the pieces of a place there, in no order.
  func events(ofPlace number: Int, in whereabouts: Whereabouts) -> [EventID] {
    if let known = eventsOfPlace[number] { return known }
    var events: [EventID] = []
    for position in pieces.indices where numbers[position] == number {
      whereabouts.addEvents(of: pieces[position], question, to: &events)
    }
    eventsOfPlace[number] = events
    return events
  }
}

/// Where all that a body holds lies on the other day of a question. By partition: those that have bases come first, in
/// their order. Nil where it holds nothing of a partition.
struct Landings {
  var byPartition: [Landing?]

  var isEmpty: Bool { byPartition.allSatisfy { $0 == nil } }
}

extension Whereabouts {
  /// Groups pieces by partition.
  func byPartition(_ pieces: [Int]) -> [[Int]] {
    var groups = [[Int]](repeating: [], count: allPartitions.count)
    for piece in pieces { groups[self.pieces[piece].partitionNumber].append(piece) }
    return groups
  }

  func landings(of pieces: [Int], _ question: Question) -> Landings {
    Landings(
      byPartition: byPartition(pieces).map { $0.isEmpty ? nil : Landing($0, question, in: self) })
  }
}
