/// Texts that people state, at the one door through which all of them come.
///
/// Kept here:
/// 1. What is stored is spelled as `PlainText` spells it, and codes are in the case of their scheme.
/// 2. A text that people cannot see is refused, and so is a blank where a text is needed.
extension ChangeApplier {
  /// A fact with its texts as the register spells them. What it names by keys is looked up later.
  func tidied(_ fact: Fact) throws(Failure) -> Fact {
    let schema = fact.kind.schema
    var tidied = fact
    for index in fact.values.indices {
      guard case .text(let said) = fact.values[index] else { continue }
      let isStored = index < schema.references.count
      switch isStored ? schema.references[index] : .text {
      case .text:
        let text = try tidy(said, column(index, schema))
        if text.isEmpty, isStored, schema.columns[index].isRequired { throw blank(column(index, schema)) }
        if text.isEmpty || PlainText.differ(text, said) { tidied.values[index] = text.isEmpty ? .null : .text(text) }
      case .title:
        let text = try tidy(said, column(index, schema))
        guard PlainText.namesSomething(text) else { throw .misunderstood(Self.empty(text, column(index, schema))) }
        if PlainText.differ(text, said) { tidied.values[index] = .text(text) }
      case .code:
        var text = try tidy(said, column(index, schema))
        guard !text.isEmpty else { throw blank(column(index, schema)) }
        guard !text.utf8.contains(UInt8(ascii: " ")) else {
          throw .misunderstood("the code '\(text)' has blanks in it")
        }
        if fact.kind == .code { text = keys.write(text, in: fact.values[1].text.flatMap { keys.id(of: .scheme, $0) }) }
        if PlainText.differ(text, said) { tidied.values[index] = .text(text) }
      default: break
      }
    }
    return tidied
  }

  /// A word with its texts as the register spells them.
  func tidied(_ word: Word) throws(Failure) -> Word {
    let values = try zip(word.kind.columns, word.values).map { column, value throws(Failure) -> Value in
      guard case .text(let said) = value else { return value }
      let text = try tidy(said, column.sql.replacing("_", with: " "))
      if column.isRequired, !PlainText.namesSomething(text) {
        throw .misunderstood(Self.empty(text, column.sql.replacing("_", with: " ")))
      }
      return text.isEmpty ? .null : .text(text)
    }
    return Word(word.kind, try newKey(word.key), values)
  }

  /// A permanent key that somebody gives to something new.
  func newKey(_ key: String) throws(Failure) -> String {
    let tidied = try tidy(key, "key")
    guard !tidied.isEmpty else { throw blank("key") }
    return tidied
  }

  func tidy(_ text: String, _ what: @autoclosure () -> String) throws(Failure) -> String {
    do { return try PlainText.tidied(text) } catch { throw .misunderstood("the \(what()) \(error)") }
  }

  private func blank(_ what: String) -> Failure { .misunderstood("the \(what) is blank") }

  private static func empty(_ text: String, _ what: String) -> String {
    text.isEmpty ? "the \(what) is blank" : "the \(what) '\(text)' has no letter and no digit in it"
  }

  /// What people call a column.
  private func column(_ index: Int, _ schema: FactSchema) -> String {
    let stored = schema.columns.count
    let column = index < stored ? schema.columns[index] : schema.unstored[index - stored]
    return column.exported.replacing("_", with: " ")
  }
}

extension Registry.Signature {
  /// The signature as the log keeps it. What nobody could see in the command is shown as U+ and a number.
  func tidied() throws(ChangeError) -> Self {
    func refused(_ message: String) -> ChangeError { .refused([Problem(message: message)]) }
    var tidied = self
    do {
      tidied.actor = try PlainText.tidied(actor)
      tidied.reason = try PlainText.tidied(reason)
    } catch {
      throw refused("in the signature, \(error)")
    }
    tidied.command = PlainText.shown(command)
    guard !tidied.actor.isEmpty else { throw refused("nobody signs: say who records this") }
    guard !tidied.command.isEmpty else { throw refused("the signature names no command") }
    if let time, !Self.isMoment(time) { throw refused("the time '\(time)' is not written YYYY-MM-DDTHH:MM:SSZ") }
    return tidied
  }

  private static func isMoment(_ text: String) -> Bool {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, Day(parts[0]) != nil, parts[1].utf8.count == 9, parts[1].hasSuffix("Z") else {
      return false
    }
    let numbers = parts[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
    let limits = [24, 60, 60]
    return numbers.count == limits.count
      && zip(numbers, limits).allSatisfy { number, limit in
        number.utf8.count == 2 && number.allSatisfy(\.isNumber) && Int(number).map { $0 < limit } ?? false
      }
  }
}
