package import RegistryStorage

/// An event as somebody would enter it in a change file, as rows to fill in.
///
/// Kept here:
/// 1. The rows can be recorded as they stand in a register that has the words they use, and in which the bodies A01 and
///    A02 live under A09.
/// 2. Bodies that exist are named by code, and a new one by the permanent key that it gets.
package enum EventTemplate: String, CaseIterable, Sendable {
  case establish, close, merge, absorb, split, transfer, succeed, rename, recode, reclassify, attach

  /// The statements of the example.
  package var changes: [Change] {
    let source = Change(
      .source(
        key: "order-2027",
        Citation(title: "The Example Order 2027", instrument: .statutoryInstrument, year: 2027, number: "123")))
    let (type, title, deeds) = example
    let event = Change(
      .event(key: Self.event, EventDetail(type: type, day: Self.day, title: title)), source: "order-2027")
    return [source, event] + deeds
  }

  private static let event = "2027-04-01-example"
  private static let day = Day("2027-04-01") ?? .epoch
  private static let scheme = "ods"

  private var example: (type: EventType, title: String, deeds: [Change]) {
    switch self {
    case .establish: (.establishment, "A03 opens", newBody("A03", "Example three") + [under("A03-key", "A09")])
    case .close: (.closure, "A01 closes", [ends("A01")])
    case .merge:
      (
        .merger, "A01 and A02 become A03",
        newBody("A03", "Example three")
          + [follows("A01", "A03-key", .succession), follows("A02", "A03-key", .succession), ends("A01"), ends("A02")]
      )
    case .absorb: (.absorption, "A02 absorbs A01", [follows("A01", "A02", .succession), ends("A01")])
    case .split:
      (
        .split, "A01 is divided into A03 and A04",
        newBody("A03", "Example three") + newBody("A04", "Example four")
          + [
            follows("A01", "A03-key", .succession), follows("A01", "A04-key", .succession),
            goes("A01", "A03-key", 60), goes("A01", "A04-key", 40), ends("A01"),
          ]
      )
    case .transfer:
      (.transfer, "A part of A01 goes to A02", [follows("A01", "A02", .territory), goes("A01", "A02", 12)])
    case .succeed:
      (
        .succession, "A01 becomes A03",
        newBody("A03", "Example three") + [follows("A01", "A03-key", .succession), ends("A01")]
      )
    case .reclassify:
      (.reclassification, "A01 is of another kind", [dated(.role(organisation: "A01", kind: "ccg", scheme: nil))])
    case .rename:
      (
        .rename, "A01 has a new name",
        [dated(.name(organisation: "A01", scheme: Self.scheme, value: "Example one, renamed"))]
      )
    case .recode:
      (.recode, "A01 has a new code", [dated(.code(organisation: "A01", scheme: Self.scheme, value: "A05"))])
    case .attach: (.reparenting, "A01 comes under A09", [under("A01", "A09")])
    }
  }

  // MARK: Statements

  private func newBody(_ code: String, _ name: String) -> [Change] {
    let key = "\(code)-key"
    return [
      Change(.organisation(key: key)), Change(.open(event: Self.event, organisation: key, kind: "sub-icb-location")),
      dated(.code(organisation: key, scheme: Self.scheme, value: code)),
      dated(.name(organisation: key, scheme: Self.scheme, value: name)),
    ]
  }

  private func ends(_ code: String) -> Change { Change(.close(event: Self.event, organisation: code)) }

  private func follows(_ predecessor: String, _ successor: String, _ nature: SuccessionNature) -> Change {
    Change(.succession(event: Self.event, predecessor: predecessor, successor: successor, nature: nature))
  }

  private func goes(_ predecessor: String, _ successor: String, _ amount: Double) -> Change {
    Change(
      .flow(event: Self.event, predecessor: predecessor, successor: successor, basis: "population-2019", amount: amount)
    )
  }

  private func under(_ body: String, _ superior: String) -> Change {
    dated(.relationship(organisation: body, kind: "part-of", superior: superior, grade: nil))
  }

  private func dated(_ content: Change.Content) -> Change { Change(content, start: .event(Self.event)) }
}
