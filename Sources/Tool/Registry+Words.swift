import Storage

extension Registry {
  /// Refuses words that the register does not have.
  func mustKnow(kind: String) throws { try mustKnow("kind", kind, try kinds().map(\.key)) }
  func mustKnow(scheme: String) throws { try mustKnow("scheme", scheme, try schemes().map(\.key)) }
  func mustKnow(basis: String) throws { try mustKnow("basis", basis, try bases().map(\.key)) }

  private func mustKnow(_ word: String, _ key: String, _ known: [String]) throws {
    guard !known.contains(key) else { return }
    throw Failure("unknown \(word) '\(key)' (known: \(known.joined(separator: ", ")))")
  }
}
