import RegistryFormats
import Glibc

/// Writes the Swift file that embeds data files in a module; run by `EmbedPlugin` during a build.
///
/// Usage: `EmbedTool OUTPUT FILE…`. If a file cannot be embedded, it prints a sentence on standard error and exits
/// with status 1. An OUTPUT that is up to date is not touched, so that nothing is compiled again.
@main
struct EmbedTool {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard let output = arguments.first else { fail("usage: EmbedTool OUTPUT FILE...") }
    do {
      let files = try arguments.dropFirst().map { try EmbeddedSource(path: $0) }
      let source = try EmbeddedSource.module(of: files)
      if let old = try? Files.read(output), old == source { return }
      try Files.write(source, to: output)
    } catch {
      fail("\(error)")
    }
  }

  private static func fail(_ message: String) -> Never {
    let sink = FileSink(descriptor: STDERR_FILENO, path: "standard error", closing: false)
    try? sink.write("error: \(message)\n")
    try? sink.flush()
    exit(1)
  }
}
