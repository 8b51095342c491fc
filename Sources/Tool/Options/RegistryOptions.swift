import ArgumentParser
import ChangeFiles
import England
import RegistryFormats
import RegistryStorage

/// Finds the register file that is meant.
enum RegistryFile {
  static let defaultPath = "./registry.sqlite"

  /// The file that is named, or the one in the current folder. Nil if there is neither.
  static func path(_ named: String?) -> String? {
    if let named = named ?? environment("ORGREG_REGISTRY") { return named }
    return Files.exists(defaultPath) ? defaultPath : nil
  }

  static func mustExist(_ path: String) throws(Failure) {
    guard Files.exists(path) else {
      throw Failure("\(path): there is no such file (make a register with 'orgreg init')")
    }
    if Files.isDirectory(path) { throw Failure("\(path): this is a folder, not a register") }
  }
}

/// Options that name a register to read.
protocol RegistryReading {
  var registry: String? { get }
  /// Whether what is planned is taken for done.
  var withProposals: Bool { get }
}

extension RegistryReading {
  var withProposals: Bool { false }

  /// Runs `body` with a register that stays as it is meanwhile, and with its path.
  func reading<Result>(
    _ access: Registry.Access = .read, _ body: (Registry, _ path: String, _ isBuiltIn: Bool) throws -> Result
  ) throws -> Result {
    let (file, path, isBuiltIn) = try opened(access)
    let registry = withProposals ? try outlook(on: file).registry : file
    return try registry.read({ try body(registry, path, isBuiltIn) }, failing: { Failure("\(path): \($0)") })
  }

  private func outlook(on registry: Registry) throws -> Outlook {
    let outlook = try Outlook(on: registry)
    if outlook.enacted.isEmpty, outlook.obstacles.isEmpty { remark("orgreg: nothing is planned") }
    if !outlook.enacted.isEmpty {
      remark("orgreg: as if what is planned had happened: \(outlook.enacted.joined(separator: ", "))")
    }
    for obstacle in outlook.obstacles { complain("warning: left out \(obstacle.proposal): \(obstacle.reason)") }
    return outlook
  }

  private func opened(_ access: Registry.Access) throws -> (registry: Registry, path: String, isBuiltIn: Bool) {
    guard let file = RegistryFile.path(registry) else {
      let path = try BuiltInRegister.path()
      remark("orgreg: using the built-in England register (name another with --registry)")
      let registry = try Registry.open(path, .readImmutable)
      // The process will end soon, and nobody writes this file, so closing it would only take time.
      _ = Unmanaged.passRetained(registry)
      return (registry, path, true)
    }
    try RegistryFile.mustExist(file)
    return (try Registry.open(file, access), file, false)
  }
}

/// A command that reads one register and has nothing to do before that.
protocol ReadingCommand: ParsableCommand {
  associatedtype Location: RegistryReading
  var location: Location { get }

  /// - Parameter registry: the register, which stays as it is meanwhile.
  func run(reading registry: Registry) throws
}

extension ReadingCommand {
  func run() throws { try location.reading { registry, _, _ in try run(reading: registry) } }
}

/// Options that name a register to read as it is now.
struct CurrentOptions: ParsableArguments, RegistryReading {
  @Option(
    help: "The register file (else $ORGREG_REGISTRY, else ./registry.sqlite, else the built-in one).",
    completion: .file())
  var registry: String?
}

/// Options that name a register to read, and the day or revision whose knowledge counts.
struct ReadOptions: ParsableArguments, RegistryReading {
  @OptionGroup var current: CurrentOptions
  var registry: String? { current.registry }

  @Option(help: "As the register knew it at the end of a day (UTC), or in a revision.")
  var knownOn: String?

  @Flag(help: "As if all that is planned had happened on its day (see list planned).")
  var withProposals = false

  func validate() throws {
    if withProposals, knownOn != nil { throw ValidationError("--with-proposals and --known-on exclude each other") }
  }

  /// The revision that `--known-on` means.
  func revision(in registry: Registry) throws -> Int64 {
    guard let knownOn else { return latest }
    if let number = Int64(knownOn), number >= 0 {
      let newest = try registry.latestRevision()
      guard number <= newest else { throw ValidationError("--known-on \(number): the newest revision is \(newest)") }
      return number
    }
    guard let day = Day(knownOn) else {
      throw ValidationError("--known-on '\(knownOn)' is neither a day (YYYY-MM-DD) nor the number of a revision")
    }
    return try registry.revision(knownOn: day)
  }
}

/// Options that name a register to write.
struct WriteOptions: ParsableArguments {
  @Option(help: "The register file (else $ORGREG_REGISTRY, else ./registry.sqlite).", completion: .file())
  var registry: String?

  var path: String { RegistryFile.path(registry) ?? RegistryFile.defaultPath }

  /// The option with a blank before it, for a command that concerns the same register. Empty if it is not needed.
  var words: String { registry.map { " " + ["--registry", $0].shellWords } ?? "" }

  func opened() throws -> Registry {
    try RegistryFile.mustExist(path)
    return try Registry.open(path, .write)
  }
}

extension Day {
  /// The day that an option names. A month is refused with its first and its last day, because the answers for the two may
  /// differ.
  static func option(_ text: String) throws -> Day {
    if let day = Day(text) { return day }
    let numbers = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    if text.utf8.count == 10, numbers.count == 3, let year = numbers[0], let month = numbers[1], let day = numbers[2] {
      if !(1...12).contains(month) { throw ValidationError("there is no month \(month)") }
      if year > 0 { throw ValidationError("this month has no day \(day)") }
    }
    if text.utf8.count == 7, let first = Day("\(text)-01"), let last = first.lastOfMonth {
      throw ValidationError("this is a month: ask for a day of it, such as \(first) or \(last)")
    }
    throw ValidationError("a day is written YYYY-MM-DD")
  }

  /// The last day of its month.
  private var lastOfMonth: Day? {
    (28...31).reversed().lazy.compactMap { Day(year: year, month: month, day: $0) }.first
  }
}
