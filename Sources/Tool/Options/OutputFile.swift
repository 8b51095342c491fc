import ArgumentParser
import Exporting
import Formats

/// Where what a command writes goes.
struct OutputFile: ParsableArguments {
  @Option(help: "The file to write, whole or not at all (default: standard output).", completion: .file())
  var output: String?

  /// Writes to the file, which appears when all is written, or to standard output.
  /// - Parameter words: what was written: told when a file was made.
  func write(_ words: @autoclosure () -> String, _ content: (any ByteSink) throws -> Void) throws {
    try whole {
      guard let output else {
        let sink = FileSink.standardOutput()
        try content(sink)
        return try sink.close()
      }
      let file = try AtomicFile(output)
      try content(file)
      try file.commit()
      remark("orgreg: \(output): \(words())")
    }
  }
}

/// Runs what writes a file or a folder, and says why in one sentence if it cannot.
func whole(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let ExportError.output(error) {
    // A closed pipe ends the command without a word, wherever it was met.
    throw error
  } catch let error as FileError {
    throw Failure("\(error); nothing was written")
  }
}
