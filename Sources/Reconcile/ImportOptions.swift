import RegistryStorage

/// How a file is held against the register.
public struct ImportOptions: Sendable {
  public var policy = Reconciler.Policy.keep
  /// The day of issue; nil: the latest day of which the file speaks that has come.
  public var issued: Day?
  public var acceptsDamage = false
  public var createsMissing = false
  /// The kind of all bodies of the file; nil: told from its contents.
  public var kind: String?
  /// The key of an event of which a lookup of small areas gives the units; nil: none.
  public var division: String?

  public init() {}
}
