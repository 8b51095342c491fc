import Storage

/// What the files of one import are held against, one after the other: the register, with what the files before them say.
///
/// Kept here:
/// 1. The register stays as it is. A copy in memory takes its place once a file has said something and another follows.
/// 2. What breaks a rule of the register is left out of the copy, as it will be of the register.
public struct Rehearsal {
  /// Where the register is.
  private let path: String
  private var registry: Registry
  private var isCopy = false
  /// What has been said and is not in the copy yet.
  private var unheard: [Change] = []

  public init(of registry: Registry, at path: String) {
    self.registry = registry
    self.path = path
  }

  public mutating func hear(_ file: ImportedFile) { unheard += file.changes }

  /// What the next file is held against.
  /// - Throws: `OpenError` if the register cannot be copied; `ChangeError` if what was said breaks a rule and stands in no
  ///   line.
  public mutating func stage() throws -> Registry {
    guard !unheard.isEmpty else { return registry }
    if !isCopy { registry = try Registry.loaded(path) }
    isCopy = true
    var settlement = Settlement(ChangeSet(changes: unheard))
    unheard = []
    _ = try settlement.settle { (changes) throws(ChangeError) in
      try registry.record(changes, Registry.Signature(actor: "rehearsal", command: "import"))
    }
    return registry
  }
}
