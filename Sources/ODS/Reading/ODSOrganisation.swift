import RegistryStorage

/// A body as the XML files of the Organisation Data Service describe it: one `<Organisation>`.
public struct ODSOrganisation: Equatable, Sendable {
  public enum Status: String, Sendable {
    case active = "Active"
    case inactive = "Inactive"
  }

  public struct Period: Equatable, Sendable {
    public var first: Day
    /// Inclusive; nil: it goes on.
    public var last: Day?

    public init(_ first: Day, _ last: Day?) {
      self.first = first
      self.last = last
    }
  }

  /// When something was so, on the two timelines of the service; nil: it says nothing about that one.
  public struct Dates: Equatable, Sendable {
    public var legal: Period?
    public var operational: Period?

    public init(legal: Period? = nil, operational: Period? = nil) {
      self.legal = legal
      self.operational = operational
    }
  }

  public struct Role: Equatable, Sendable {
    /// Such as `RO98`.
    public let id: String
    public let isPrimary: Bool
    public let dates: Dates
    public let status: Status
  }

  /// Another body, by its code and the role that the service takes for its main one.
  public struct Target: Equatable, Sendable {
    public let code: String
    /// Such as `RO177`.
    public let primaryRole: String
  }

  /// What this body is to another, from the lower to the upper one.
  public struct Relationship: Equatable, Sendable {
    /// Such as `RE5`.
    public let id: String
    public let target: Target
    public let dates: Dates
    public let status: Status
  }

  public struct Succession: Equatable, Sendable {
    /// What the target is to this body.
    public enum Direction: String, Sendable {
      case predecessor = "Predecessor"
      case successor = "Successor"
    }

    public let direction: Direction
    public let target: Target
    /// The legal one.
    public let firstDay: Day
    /// Whether the target has itself been succeeded.
    public let isForward: Bool
  }

  /// The line of its start tag, from 1.
  public let line: Int
  public let code: String
  public let name: String
  /// `RC1` for an organisation, `RC2` for a site of one.
  public let recordClass: String
  /// Whether the service keeps no record of its own of this body.
  public let isReferenceOnly: Bool
  /// Active until the last of `dates` has passed.
  public let status: Status
  public let dates: Dates
  public let roles: [Role]
  public let relationships: [Relationship]
  public let successions: [Succession]
  public let postcode: String?
  public let lastChange: Day
}
