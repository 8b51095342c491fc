import ArgumentParser
import Exporting
import Formats

/// Where an export of one file goes.
struct ExportOutput: ParsableArguments {
  @Option(help: "The file to write, whole or not at all (default: standard output).", completion: .file())
  var output: String?

  /// Writes to the file, which appears when all is written, or to standard output.
  /// - Parameter words: what was written: told when a file was made.
  func write(_ words: @autoclosure () -> String, _ body: (any ByteSink) throws -> Void) throws {
    try whole {
      guard let output else {
        let sink = FileSink.standardOutput()
        try body(sink)
        return try sink.close()
      }
      let file = try AtomicFile(output)
      try body(file)
      try file.commit()
      remark("orgreg: \(output): \(words())")
    }
  }
}

/// Runs an export, and says why in one sentence if it cannot be written.
func whole(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let ExportError.output(error) {
    throw error
  } catch let error as FileError {
    throw Failure("\(error); nothing was written")
  }
}
