package import RegistryStorage

/// How a file is held against the register.
package struct ImportOptions: Sendable {
  package var policy = Reconciler.Policy.keep
  /// The day of issue. Without it, the latest day in the file that is not in the future.
  package var issued: Day?
  package var acceptsDamage = false
  package var createsMissing = false
  /// The kind of all bodies of the file. Without it, the contents tell their kinds.
  package var kind: String?
  /// The key of the event for which a lookup of small areas gives the units. Nil if it gives none.
  package var division: String?

  package init() {}
}
