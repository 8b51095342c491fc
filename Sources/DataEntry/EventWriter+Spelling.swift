import RegistryStorage

/// What people type, as the register spells it. It is looked up so before it is stated.
extension EventWriter {
  func tidied(_ text: String) throws(EntryError) -> String {
    do { return try PlainText.tidied(text) } catch { throw .refused("\(error)") }
  }

  /// A code as its scheme writes it.
  func spelled(_ code: String, in scheme: String) throws(EntryError) -> String {
    let code = try tidied(code)
    return schemes.first { $0.key == scheme }?.write(code) ?? code
  }

  func spelled(_ newcomer: Newcomer) throws(EntryError) -> Newcomer {
    var newcomer = newcomer
    newcomer.name = try tidied(newcomer.name)
    let main = try scheme(newcomer.scheme)
    newcomer.code = try spelled(newcomer.code, in: main)
    var codes: [(scheme: String, code: String)] = []
    for (scheme, code) in newcomer.otherCodes {
      codes.append((try other(scheme, besides: [main] + codes.map(\.scheme), "code"), try spelled(code, in: scheme)))
    }
    var names: [(scheme: String, name: String)] = []
    for (scheme, name) in newcomer.otherNames {
      names.append((try other(scheme, besides: [main] + names.map(\.scheme), "name"), try tidied(name)))
    }
    (newcomer.otherCodes, newcomer.otherNames) = (codes, names)
    return newcomer
  }

  /// A scheme of which nothing was said yet.
  private func other(_ name: String, besides said: [String], _ what: String) throws(EntryError) -> String {
    let scheme = try self.scheme(name)
    guard !said.contains(scheme) else { throw .refused("the new body has a \(what) of the scheme \(scheme) already") }
    return scheme
  }
}
