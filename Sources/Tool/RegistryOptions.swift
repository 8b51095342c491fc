import ArgumentParser
import Formats
import Storage

/// Where the register is.
struct RegistryOptions: ParsableArguments {
  @Option(help: "The register file (else $ORGREG_REGISTRY, else ./registry.sqlite).")
  var registry: String?

  static let defaultPath = "./registry.sqlite"

  /// The file that is named, or that stands in the current folder; nil: the built-in register.
  private var file: String? {
    if let named = registry ?? environment("ORGREG_REGISTRY") { return named }
    return Files.exists(Self.defaultPath) ? Self.defaultPath : nil
  }

  /// The file that a writing command means.
  var fileToWrite: String { file ?? Self.defaultPath }

  /// A register to read, and where it is.
  func opened() throws(Failure) -> (registry: Registry, path: String, isBuiltIn: Bool) {
    do {
      guard let file else {
        let path = try BuiltInRegister.path()
        remark("orgreg: using the built-in England register (name another with --registry)")
        return (try Registry.open(path, .readImmutable), path, true)
      }
      guard Files.exists(file) else {
        throw Failure("\(file): there is no such file (make a register with 'orgreg init')")
      }
      return (try Registry.open(file, .read), file, false)
    } catch let error as OpenError {
      throw Failure(error.description)
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure("\(error)")
    }
  }

  func openedForWriting() throws(Failure) -> Registry {
    let path = fileToWrite
    guard Files.exists(path) else {
      throw Failure("\(path): there is no such file (make a register with 'orgreg init')")
    }
    do { return try Registry.open(path, .write) } catch { throw Failure(error.description) }
  }
}

/// As known when, for commands that read.
struct KnownOption: ParsableArguments {
  @Option(help: "As the register knew it at the end of a day (UTC), or in a revision.")
  var knownOn: String?

  func revision(in registry: Registry) throws -> Int64 {
    guard let knownOn else { return latest }
    if let number = Int64(knownOn), number >= 0 { return number }
    guard let day = Day(knownOn) else {
      throw ValidationError("--known-on '\(knownOn)' is neither a day (YYYY-MM-DD) nor the number of a revision")
    }
    return try registry.revision(knownOn: day)
  }
}

extension Day: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension Timeline: ExpressibleByArgument {}
