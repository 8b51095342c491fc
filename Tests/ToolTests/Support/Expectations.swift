import Testing

/// Expects that the command succeeded.
func expectDone(_ run: Run, status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(run.status == status, "\(run)", sourceLocation: sourceLocation)
  expectPlainWords(run, sourceLocation)
}

/// Expects that the command failed with one clear sentence on standard error and nothing on standard output.
/// - Parameters:
///   - words: the sentence contains all of these.
///   - lines: the number of lines. Problems of change files have a line each, and a last line counts them.
func expectRefused(
  _ run: Run, _ words: String..., status: Int32 = 2, lines: Int = 1,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(run.status == status, "\(run)", sourceLocation: sourceLocation)
  #expect(run.stdout.isEmpty, "\(run)", sourceLocation: sourceLocation)
  #expect(run.complaints.count == lines, "\(run)", sourceLocation: sourceLocation)
  for line in run.complaints {
    #expect(line.hasPrefix("orgreg: "), "\(run)", sourceLocation: sourceLocation)
  }
  for word in words {
    #expect(run.stderr.contains(word), "not in the message: \(word)\(run)", sourceLocation: sourceLocation)
  }
  expectPlainWords(run, sourceLocation)
}

/// Expects that the parser refused the words of the command, with status 64, what is wrong, and the usage.
func expectUsage(_ run: Run, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(run.status == 64, "\(run)", sourceLocation: sourceLocation)
  #expect(run.stdout.isEmpty, "\(run)", sourceLocation: sourceLocation)
  #expect(run.stderr.contains("Usage: orgreg"), "\(run)", sourceLocation: sourceLocation)
  for word in words {
    #expect(run.stderr.contains(word), "not in the message: \(word)\(run)", sourceLocation: sourceLocation)
  }
  expectPlainWords(run, sourceLocation)
}

/// Expects that the message has no words of Swift or of the insides of the program.
private func expectPlainWords(_ run: Run, _ sourceLocation: SourceLocation) {
  for word in [
    "Optional(", "Error(", "Fatal error", "Swift", "RegistryStorage.", "RegistryFormats.", "Stack dump", "0x",
    ".swift:",
  ] {
    #expect(!run.stderr.contains(word), "'\(word)' is no word for users\(run)", sourceLocation: sourceLocation)
  }
}

extension String {
  /// Without the times at which something was recorded.
  var withoutMoments: String {
    replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z/, with: "(a moment)")
  }
}
