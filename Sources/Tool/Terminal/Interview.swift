import ArgumentParser
import RegistryFormats
import RegistryStorage

/// A question that a command without arguments asks at a terminal.
struct Prompt: Sendable {
  /// What is asked for, as a part of a sentence.
  let text: String
  /// The option that takes the answer. Nil for an argument.
  let option: String?
  let answer: Answer
  /// Whether it is asked again until somebody gives no answer.
  var repeats = false
  var isOptional = false

  enum Answer: Sendable {
    case text
    case day
    case source
    /// A body that lives on the day of the event, or the day before.
    case body(before: Bool)
    /// A word of the register.
    case word(@Sendable (Registry) throws -> [Suggestion])
    /// One of several things to say, each with more questions.
    case choice([Choice])
  }

  struct Choice: Sendable {
    let word: String
    let meaning: String
    var words: [String] = []
    var then: [Prompt] = []
  }
}

/// Asks for the words of a command, one after the other.
///
/// Kept here:
/// 1. It makes the words that somebody could have typed, shows them, and records nothing. The command does the rest.
/// 2. `<` goes back to the question before, with all that was answered before it.
struct Interview {
  /// What is known after some answers.
  private struct State {
    var prompts: [Prompt]
    var words: [String]
    var day: Day?
  }

  private let registry: Registry
  /// Whether the command can keep what it records as a proposal.
  private let asksForPlans: Bool
  private var state: State
  private var earlier: [State] = []

  init(_ prompts: [Prompt], about word: CommandWord, in registry: Registry) {
    self.registry = registry
    asksForPlans = ![.measure, .appoint, .vacate].contains(word)
    state = State(prompts: prompts, words: [word.rawValue])
  }

  /// The words of the command that somebody wants.
  mutating func words() throws -> [String] {
    remark("Enter takes what stands in brackets, < goes back, ? shows what there is.")
    while let prompt = state.prompts.first {
      guard let answer = try ask(prompt) else {
        if let last = earlier.popLast() { state = last }
        continue
      }
      earlier.append(state)
      state.prompts.removeFirst()
      take(answer, prompt)
      if asksForPlans, case .day = prompt.answer, let day = state.day, day > Moment.today {
        state.prompts.insert(.planned, at: 0)
      }
    }
    return state.words
  }

  /// The words of a command. If they name one that asks, and there is somebody to ask, it asks for the rest.
  static func completed(_ words: [String]) throws -> [String] {
    guard canAsk, let first = words.first, let word = CommandWord.allCases.first(where: { $0.rawValue == first }),
      let prompts = Prompt.all(of: word)
    else { return words }
    let location = Array(words.dropFirst())
    let path: String?
    switch location.count {
    case 0: path = nil
    case 1 where location[0].hasPrefix("--registry="): path = String(location[0].dropFirst("--registry=".count))
    case 2 where location[0] == "--registry": path = location[1]
    default: return words
    }
    let file = RegistryFile.path(path) ?? RegistryFile.defaultPath
    try RegistryFile.mustExist(file)
    remark("orgreg \(first): \(word.command.configuration.abstract)")
    var interview = Interview(prompts, about: word, in: try Registry.open(file, .read))
    let said = try interview.words() + location
    remark("orgreg \(said.shellWords)")
    return said
  }

  private enum Taken {
    case nothing
    case word(String)
    case chosen(Prompt.Choice)
  }

  private mutating func take(_ answer: Taken, _ prompt: Prompt) {
    switch answer {
    case .nothing: break
    case .chosen(let choice):
      state.words += choice.words
      state.prompts = choice.then + state.prompts
    case .word(let word):
      state.words += (prompt.option.map { [$0] } ?? []) + [word]
      if case .day = prompt.answer { state.day = Day(word) }
      guard prompt.repeats else { break }
      var again = prompt
      again.isOptional = true
      state.prompts.insert(again, at: 0)
    }
  }

  // MARK: Asking

  /// Asks until there is an answer. Nil means that somebody goes back.
  private func ask(_ prompt: Prompt) throws -> Taken? {
    let usual = try usual(prompt)
    while true {
      let hint = usual.map { " [\($0.shown)]" } ?? (prompt.isOptional ? " [none]" : "")
      let typed = try line("\(prompt.text)\(hint): ")
      if typed == "<" { return nil }
      if typed == "?" {
        try help(prompt)
        continue
      }
      if typed.isEmpty {
        if let usual { return .word(usual.word) }
        if prompt.isOptional { return .nothing }
        remark("  Say something, or end this with Ctrl-D.")
        continue
      }
      if let taken = try taken(typed, prompt) { return taken }
    }
  }

  /// A line from the terminal, without the blanks around it.
  private func line(_ prompt: String) throws(Failure) -> String {
    writeError(visible(prompt))
    guard let line = readLine() else {
      remark("")
      throw Failure("no answer; nothing was changed", status: .declined)
    }
    return line.split(separator: " ").joined(separator: " ")
  }

  /// The answer that counts if nobody says another.
  private func usual(_ prompt: Prompt) throws -> (word: String, shown: String)? {
    guard let last = try registry.lastEntry() else { return nil }
    switch prompt.answer {
    case .day: return (last.day.description, last.day.description)
    case .source: return last.source.map { ($0.word, $0.meaning ?? $0.word) }
    default: return nil
    }
  }

  private func taken(_ typed: String, _ prompt: Prompt) throws -> Taken? {
    switch prompt.answer {
    case .text, .source: return .word(typed)
    case .day:
      do { return .word(try Day.option(typed).description) } catch {
        remark("  \(OrgReg.message(for: error))")
        return nil
      }
    case .body(let before): return try body(typed, before: before).map { .word($0) }
    case .word(let known):
      let words = try known(registry)
      if words.contains(where: { $0.word == typed }) { return .word(typed) }
      remark("  There is no '\(typed)'\(didYouMean(typed, among: words.map(\.word))) (? shows what there is)")
      return nil
    case .choice(let choices):
      let fitting = choices.filter { $0.word.hasPrefix(typed.lowercased()) }
      if fitting.count == 1 { return .chosen(fitting[0]) }
      try help(prompt)
      return nil
    }
  }

  private func help(_ prompt: Prompt) throws {
    switch prompt.answer {
    case .text: remark("  \(prompt.text): any text.")
    case .day: remark("  The legal day: the first day of the new state, written YYYY-MM-DD.")
    case .source:
      for source in try registry.sources(beginningWith: "").suffix(10) {
        remark("  \(source.word)  \(source.meaning ?? "")")
      }
      remark("  A key of these, or a citation such as: SI 2012/2996 The ... Regulations https://...")
    case .body: remark("  A code, a permanent key, or a part of a name.")
    case .word(let known): for word in try known(registry) { remark("  \(word.word)  \(word.meaning ?? "")") }
    case .choice(let choices): for choice in choices { remark("  \(choice.word)  \(choice.meaning)") }
    }
  }

  // MARK: Bodies

  /// The code or key of the body that somebody means. It is shown by its name.
  private func body(_ typed: String, before: Bool) throws -> String? {
    let day = before ? state.day?.previous : state.day
    for spelling in [typed, typed.uppercased()] {
      let found = try registry.organisations(withIDs: registry.organisations(named: spelling, on: day)).filter { body in
        day.map { body.life?.contains($0) ?? true } ?? true
      }
      if found.count == 1 { return confirmed(found[0], as: spelling) }
      if found.count > 1 { return try picked(found) }
    }
    let found = try registry.organisations(matching: typed, on: day).filter { body in
      day.map { body.life?.contains($0) ?? true } ?? true
    }
    guard !found.isEmpty else {
      let near = try registry.nearBodies(typed, on: day)
      let advice = near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", or "))?"
      remark("  No body has this code, key or name\(day.map { " on \($0)" } ?? "")\(advice)")
      return nil
    }
    return try picked(found)
  }

  private func confirmed(_ body: Organisation, as word: String) -> String {
    remark("  \(body.name ?? body.key)")
    return word
  }

  private func picked(_ bodies: [Organisation]) throws -> String? {
    let schemes = try registry.schemes().map(\.key)
    func code(_ body: Organisation) -> String { schemes.lazy.compactMap { body.codes[$0] }.first ?? body.key }
    let most = 9
    for (place, body) in bodies.prefix(most).enumerated() {
      remark("  \(place + 1)  \(code(body))  \(body.name ?? body.key)")
    }
    if bodies.count > most { remark("  ... and \(bodies.count - most) more: say more of the name") }
    let typed = try line("  Which? [none of them]: ")
    guard let place = Int(typed), (1...min(most, bodies.count)).contains(place) else { return nil }
    let body = bodies[place - 1]
    let isUnique = bodies.count { code($0) == code(body) } == 1
    return confirmed(body, as: isUnique ? code(body) : body.key)
  }
}

extension Prompt {
  /// Whether an event of the future is a proposal.
  fileprivate static let planned = Prompt(
    text: "It lies in the future: plan it, or record it now (plan, record)", option: nil,
    answer: .choice([
      Choice(word: "plan", meaning: "keep it as a proposal, which makes no facts", words: ["--planned"]),
      Choice(word: "record", meaning: "record it now: the register says that it will happen"),
    ]))
}
