extension Sequence<String> {
  /// The words as they would be typed in a shell.
  public var shellWords: String { map(\.shellWord).joined(separator: " ") }
}

extension String {
  fileprivate var shellWord: String {
    let isPlain = !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=@,+%".contains($0)) }
    return isPlain ? self : "'\(replacing("'", with: "'\\''"))'"
  }
}
