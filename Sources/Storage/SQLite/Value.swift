/// A value that can be bound to a statement or read from a row.
public enum Value: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)

  public init(_ text: String?) { self = text.map(Value.text) ?? .null }
  public init(_ integer: Int64?) { self = integer.map(Value.integer) ?? .null }
  public init(_ real: Double?) { self = real.map(Value.real) ?? .null }
  public init(_ day: Day?) { self = day.map { .text($0.description) } ?? .null }
  public init(_ flag: Bool) { self = .integer(flag ? 1 : 0) }

  public var text: String? { if case .text(let text) = self { text } else { nil } }
  public var integer: Int64? { if case .integer(let integer) = self { integer } else { nil } }
  public var day: Day? { text.flatMap { Day($0) } }
  public var real: Double? {
    switch self {
    case .real(let real): real
    case .integer(let integer): Double(integer)
    case .null, .text: nil
    }
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
  public init(stringLiteral text: String) { self = .text(text) }
  public init(integerLiteral integer: Int64) { self = .integer(integer) }
  public init(nilLiteral: ()) { self = .null }
}
