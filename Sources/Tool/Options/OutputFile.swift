import ArgumentParser
import RegistryExporting
import RegistryFormats

/// Where a command writes.
struct OutputFile: ParsableArguments {
  @Option(help: "The file to write, whole or not at all (default: standard output).", completion: .file())
  var output: String?

  /// Writes to the file, which appears when all is written, or to standard output.
  /// - Parameter words: a description of what was written, for the message about a new file.
  func write(_ words: @autoclosure () -> String, _ content: (any ByteSink) throws -> Void) throws {
    try whole {
      guard let output else { return try toStandardOutput(content) }
      let file = try AtomicFile(output)
      try content(file)
      try file.commit()
      remark("orgreg: \(output): \(words())")
    }
  }
}

/// Runs `body`, which writes a file or a folder. If that fails, the message says in one sentence why.
func whole(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let ExportError.output(error) {
    // A closed pipe ends the command without a message, wherever it is noticed.
    throw error
  } catch let error as FileError {
    throw Failure("\(error); nothing was written")
  }
}
