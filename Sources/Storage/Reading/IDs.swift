/// The numbers of rows, as types, so that a body cannot be taken for an event. They are good for one register file
/// only: another one may number its rows differently. Keys are permanent. Dictionaries of ids are read in long loops, so
/// they compare and hash as fast as the numbers.

/// The number of a body in one register file. It is not permanent: the key of the body is.
@frozen public struct OrganisationID: Hashable, Comparable, Sendable {
  @usableFromInline package let number: Int64

  @inlinable package init(_ number: Int64) { self.number = number }

  @inlinable public static func == (left: Self, right: Self) -> Bool { left.number == right.number }
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(number) }
  // Dictionaries hash by this way, and the other takes twice as long.
  @inlinable public func _rawHashValue(seed: Int) -> Int { number._rawHashValue(seed: seed) }
}

/// The number of an event in one register file. It is not permanent: the key of the event is.
@frozen public struct EventID: Hashable, Comparable, Sendable {
  @usableFromInline package let number: Int64

  @inlinable package init(_ number: Int64) { self.number = number }

  @inlinable public static func == (left: Self, right: Self) -> Bool { left.number == right.number }
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(number) }
  // Dictionaries hash by this way, and the other takes twice as long.
  @inlinable public func _rawHashValue(seed: Int) -> Int { number._rawHashValue(seed: seed) }
}
