import RegistryFormats
import RegistryStorage
import Synchronization

/// Says where the rows of a code and a day are added up, to several threads.
///
/// Kept here:
/// 1. Only one thread at a time is inside, and so in the register, the tally and the places.
/// 2. The number of a place is even for what goes to one body as a whole: twice the target. Codes with one target share
///    it, if cells are shared. Else it is odd: twice the meaning and one.
final class RestatePlacing: @unchecked Sendable {
  private let mutex = Mutex(())
  private let input: RestateInput
  private let firstDay: Day
  private let asAt: Day?
  private(set) var tally: RestateTally
  private(set) var error: DatabaseError?
  /// Whether codes with one target share cells.
  let sharesCells: Bool

  init(_ input: RestateInput, _ restater: Restater, sharesCells: Bool) {
    self.input = input
    firstDay = restater.firstDay
    self.sharesCells = sharesCells
    asAt = restater.asAt
    let layout = input.layout
    tally = RestateTally(
      layout.terms.indices.map { layout.name(of: $0) }, columnCount: layout.amountColumns.count, restater.places)
  }

  func place(_ code: String, day text: String?, flaw: FaultBook.Kind?) -> GroupedSums.Place {
    mutex.withLock { _ in
      do throws(DatabaseError) {
        return try place(code, text, flaw)
      } catch {
        // The run is over. What is added up is not looked at.
        self.error = error
        return GroupedSums.Place(number: 1, meaning: 0, isNowhere: true)
      }
    }
  }

  private func place(
    _ code: String, _ text: String?, _ flaw: FaultBook.Kind?
  ) throws(DatabaseError) -> GroupedSums.Place {
    var flaw = flaw
    var day = asAt ?? .distantPast
    if flaw == nil, asAt == nil {
      switch input.day(text ?? "", notBefore: firstDay) {
      case .success(let found): day = found
      case .failure(let mistake): flaw = mistake.kind
      }
    }
    let meaning = try tally.note(
      code, day, rowCount: 0, mistake: flaw.map { "column '\($0.column ?? "")': \($0.message)" })
    let reading = meaning.reading
    let isWhole = reading.isWhole && !reading.isUnmapped
    let number = sharesCells && isWhole ? meaning.indices[0] << 1 : meaning.index << 1 | 1
    return GroupedSums.Place(
      number: UInt32(number), meaning: meaning.index, isNowhere: reading.isWhole && reading.isUnmapped, flaw: flaw)
  }

  /// Counts the rows of all parts, once they are read.
  /// - Returns: what was counted.
  func counted(_ parts: [GroupedSums], _ layout: RestateLayout) -> RestateTally {
    for part in parts {
      for book in part.books {
        let meaning = tally.meanings[book.place.meaning]
        tally.count(book.rowCount, of: meaning)
        for (term, hasValue) in book.hasValue.enumerated() where hasValue {
          tally.noteValue(layout.column(of: term), of: meaning)
        }
      }
    }
    return tally
  }
}
