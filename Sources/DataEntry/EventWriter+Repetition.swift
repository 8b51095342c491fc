public import RegistryStorage

/// Events that somebody says again.
///
/// Kept here:
/// 1. Saying the same again makes the statements that the register has, which change nothing. What differs in anything
///    is no repetition, and is judged like anything new.
extension EventWriter {
  /// Turns what `say` says into statements. If an event of the register says all of it, they are those of that event.
  /// - Parameters:
  ///   - registry: where to look up bodies. It is not written.
  ///   - words: what somebody says of the event.
  ///   - say: says what happened.
  public static func enter(
    _ registry: Registry, _ words: EventWords, _ say: (inout EventWriter) throws -> EnteredEvent
  ) throws -> EnteredEvent {
    var writer = try EventWriter(registry, words)
    let new = Result { try say(&writer) }
    if words.isProposed { return try new.get() }
    switch new {
    case .success where !writer.hasNumber: break
    case .failure(let error) where !(error is EntryError): break
    default:
      if let known = try repetition(registry, words, say) { return known }
    }
    return try new.get()
  }

  /// The statements of the event that says all of it already. Nil if there is none.
  private static func repetition(
    _ registry: Registry, _ words: EventWords, _ say: (inout EventWriter) throws -> EnteredEvent
  ) throws -> EnteredEvent? {
    var number = 1
    while true {
      var writer = try EventWriter(registry, words)
      writer.repeating = number
      do {
        let said = try say(&writer)
        if said.eventKey != nil, try registry.preview(said.changes).isEmpty { return said }
      } catch is EntryError {
        // What cannot be said of that event is no repetition of it.
      } catch ChangeError.refused {
        // Nor is what the register refuses.
      }
      // Events of one day, type and body are numbered. One that is found by what it did has no others.
      guard writer.meetsOther else { return nil }
      number += 1
    }
  }

  /// The event that gave a body something on the day, if an event did.
  func eventStating(_ content: Change.Content, of body: Organisation, _ kind: FactKind) throws(EntryError) -> String? {
    for fact in try asked(facts.facts(kind, of: body.id, on: day)) where fact.content == content {
      if case .event(let key) = fact.start, try firstDay(of: fact) == day { return key }
    }
    return nil
  }
}
