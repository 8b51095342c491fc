/// What a published figure about bodies of a kind says of them, where it does not count them.
///
/// Reports choose claims by it, never by words of a text: so they work for a register in any language.
public enum ClaimTopic: Equatable, Sendable {
  /// How the bodies came to be: proposed, tried out, authorised.
  case authorisation
  /// Who leads the bodies and sits in their governing bodies.
  case governance
  /// How the bodies fit to those of local government.
  case localGovernment
  /// What is measured of the bodies.
  /// - Parameter kind: the key of a measure kind.
  case measure(kind: String)

  /// The topics that every register has.
  public static let unmeasured: [ClaimTopic] = [.authorisation, .governance, .localGovernment]

  /// - Parameter word: what `word` gives; any other word is taken for the key of a measure kind.
  public init(_ word: String) { self = Self.unmeasured.first { $0.word == word } ?? .measure(kind: word) }

  /// The topic in change files and exports.
  public var word: String {
    switch self {
    case .authorisation: "authorisation"
    case .governance: "governance"
    case .localGovernment: "local-government"
    case .measure(let kind): kind
    }
  }
}
