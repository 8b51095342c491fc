package import RegistryStorage

/// A body as the XML files of the Organisation Data Service describe it: one `<Organisation>`.
package struct ODSOrganisation: Equatable, Sendable {
  package enum Status: String, Sendable {
    case active = "Active"
    case inactive = "Inactive"
  }

  /// When something held, on the two timelines of the service. A timeline is nil if the service says nothing about it.
  package struct Dates: Equatable, Sendable {
    package var legal: Period?
    package var operational: Period?

    package init(legal: Period? = nil, operational: Period? = nil) {
      self.legal = legal
      self.operational = operational
    }

    /// The periods on both timelines.
    var periods: [Period] { [operational, legal].compactMap(\.self) }
  }

  package struct Role: Equatable, Sendable {
    /// Such as `RO98`.
    package let id: String
    package let isPrimary: Bool
    package let dates: Dates
    package let status: Status
  }

  /// Another body, by its code and its primary role.
  package struct Target: Equatable, Sendable {
    package let code: String
    /// Such as `RO177`.
    package let primaryRole: String
  }

  /// How this body, the lower one, stands to an upper one.
  package struct Relationship: Equatable, Sendable {
    /// Such as `RE5`.
    package let id: String
    package let target: Target
    package let dates: Dates
    package let status: Status
  }

  package struct Succession: Equatable, Sendable {
    /// What the target is to this body.
    package enum Direction: String, Sendable {
      case predecessor = "Predecessor"
      case successor = "Successor"
    }

    package let direction: Direction
    package let target: Target
    /// The first day in law.
    package let firstDay: Day
    /// Whether the target has itself been succeeded.
    package let isForward: Bool
  }

  /// The line of its start tag, from 1.
  package let line: Int
  package let code: String
  package let name: String
  /// `RC1` for an organisation, `RC2` for a site of one.
  package let recordClass: String
  /// Whether the service keeps no record of its own of this body.
  package let isReferenceOnly: Bool
  /// Active until the last of `dates` has passed.
  package let status: Status
  package let dates: Dates
  package let roles: [Role]
  package let relationships: [Relationship]
  package let successions: [Succession]
  package let postcode: String?
  package let lastChange: Day
}
