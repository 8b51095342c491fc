package import RegistryStorage

/// How a file is held against the register.
package struct ImportOptions: Sendable {
  package var policy = Reconciler.Policy.keep
  /// The day of issue; nil: the latest day of which the file speaks that has come.
  package var issued: Day?
  package var acceptsDamage = false
  package var createsMissing = false
  /// The kind of all bodies of the file; nil: told from its contents.
  package var kind: String?
  /// The key of an event of which a lookup of small areas gives the units; nil: none.
  package var division: String?

  package init() {}
}
