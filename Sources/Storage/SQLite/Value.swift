/// A value that can be bound to a statement or read from a row.
package enum Value: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)

  package init(_ text: String?) { self = text.map(Value.text) ?? .null }
  package init(_ integer: Int64?) { self = integer.map(Value.integer) ?? .null }
  package init(_ organisation: OrganisationID?) { self.init(organisation?.number) }
  package init(_ event: EventID?) { self.init(event?.number) }
  package init(_ real: Double?) { self = real.map(Value.real) ?? .null }
  package init(_ day: Day?) { self = day.map { .text($0.description) } ?? .null }
  package init(_ flag: Bool) { self = .integer(flag ? 1 : 0) }

  /// The text. Blank if there is none.
  var word: String { text ?? "" }

  package var text: String? { if case .text(let text) = self { text } else { nil } }
  package var integer: Int64? { if case .integer(let integer) = self { integer } else { nil } }
  package var day: Day? { text.flatMap { Day($0) } }
  package var real: Double? {
    switch self {
    case .real(let real): real
    case .integer(let integer): Double(integer)
    case .null, .text: nil
    }
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
  package init(stringLiteral text: String) { self = .text(text) }
  package init(integerLiteral integer: Int64) { self = .integer(integer) }
  package init(nilLiteral: ()) { self = .null }
}
