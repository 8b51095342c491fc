import RegistryFormats
import RegistryStorage

/// The lines of one event, body by body.
extension DifferenceReader {
  func lines(_ deltas: [FactDelta], event: String?) -> [Line] {
    var lines: [Line] = []
    lines += eventLines(deltas.filter { $0.kind == .eventDetail })
    let ofBodies = deltas.filter { $0.kind.schema.isDated && $0.said?.fact?.bodies.first != nil }
    var order: [String] = []
    var byBody: [String: [FactDelta]] = [:]
    for delta in ofBodies {
      guard let body = delta.said?.fact?.bodies.first else { continue }
      if byBody[body] == nil { order.append(body) }
      byBody[body, default: []].append(delta)
    }
    let links = deltas.filter { $0.kind == .succession }
    for body in order { lines += bodyLines(body, byBody[body] ?? [], links) }
    let told = Set(lines.filter { ["ends", "lives on"].contains($0.verb) }.map(\.code))
    lines += partings(deltas, besides: told)
    lines += proposalLines(deltas)
    let toldKinds: Set<FactKind> = [
      .eventDetail, .citation, .succession, .flow, .movement, .proposalDetail, .proposalBase, .proposalStatement,
    ]
    let rest = deltas.filter { delta in
      !toldKinds.contains(delta.kind) && !(delta.kind.schema.isDated && delta.said?.fact?.bodies.first != nil)
    }
    lines += others(rest, code: "", name: "")
    return lines.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
  }

  /// Endings first, then what begins, then what comes of it.
  private func rank(_ line: Line) -> Int {
    ["event": 0, "ends": 1, "gone": 1, "lives on": 2, "new": 3, "gives": 4, "moves": 5][line.verb] ?? 6
  }

  private func eventLines(_ deltas: [FactDelta]) -> [Line] {
    deltas.compactMap { delta in
      guard let (key, now) = delta.said?.change.content.event else { return nil }
      guard let before = delta.before else {
        // The head tells of a new event. What it also says is told here.
        return now.operationalDay.map {
          Line(mark: .new, verb: "event", code: key, details: ["operational from \($0)"])
        }
      }
      guard delta.after != nil else {
        return Line(mark: .gone, verb: "event", code: key, name: now.title ?? "", details: ["taken back"])
      }
      let was = before.change.content.event?.detail ?? now
      var details: [String] = []
      if was.day != now.day { details.append("day \(now.day), was \(was.day)") }
      if was.operationalDay != now.operationalDay {
        details.append("operational \(now.operationalDay?.description ?? "none")")
      }
      if was.title != now.title { details.append("title \"\(now.title ?? "")\"") }
      if before.change.source != delta.after?.change.source { details.append("source") }
      if before.change.note != delta.after?.change.note { details.append("note") }
      return Line(mark: .changed, verb: "event", code: key, details: details)
    }
  }

  // MARK: A body

  private func bodyLines(_ body: String, _ deltas: [FactDelta], _ links: [FactDelta]) -> [Line] {
    let (code, name) = face(body)
    var rest = deltas
    var lines: [Line] = []
    let lives = deltas.filter { $0.kind == .life }
    let legal = lives.first { $0.said?.fact?.values[1].text == Timeline.legal.rawValue } ?? lives.first
    if let legal {
      var line = Line(mark: legal.mark, verb: "", code: code, name: name)
      if legal.before == nil {
        line.verb = "new"
        line.details = beginning(body, &rest)
      } else if legal.after == nil {
        line.verb = "gone"
        rest.removeAll { $0.after == nil }
      } else if let (was, now) = legal.periods {
        if was.start != now.start { line.details.append("from \(now.start), was \(was.start)") }
        if was.end != now.end {
          switch (was.lastDay, now.lastDay) {
          case (_, nil): line.details.append("no end, was \(was.lastDay?.description ?? "")")
          case (let last?, let end?): line.details.append("to \(end), was \(last)")
          default: break
          }
        }
        line.verb = was.end == now.end ? "dated" : was.end == nil ? "ends" : now.end == nil ? "lives on" : "dated"
        if line.verb == "ends" { line.details += ending(body, links) }
        rest.removeAll { delta in
          delta.kind == .life
            || delta.periods.map { ($0.before.end, $0.after.end) == (was.end, now.end) } ?? false
              && delta.endsDifferently
            || delta.periods.map { $0 == (was, now) } ?? false
            || delta.periods.map { ($0.before.start, $0.after.start) == (was.start, now.start) } ?? false
              && was.start != now.start
        }
      }
      rest.removeAll { $0.kind == .life }
      lines.append(line)
    }
    lines += ties(&rest, code: code, name: name)
    lines += words(&rest, code: code, name: name)
    return lines + others(rest, code: code, name: name)
  }

  /// What is told of a body that begins. It is taken out of `deltas`.
  private func beginning(_ body: String, _ deltas: inout [FactDelta]) -> [String] {
    let own = deltas.filter { $0.before == nil }
    func facts(_ kind: FactKind) -> [Fact] { own.filter { $0.kind == kind }.compactMap { $0.after?.fact } }
    var details = facts(.role).compactMap { $0.values[1].text }
    let operational = own.first {
      $0.kind == .life && $0.after?.fact?.values[1].text == Timeline.operational.rawValue
    }
    if let day = operational?.after?.period?.start { details.append("operational from \(day)") }
    let codes = facts(.code).compactMap { fact in fact.values[2].text.map { (fact.values[1].text ?? "", $0) } }
    if codes.count > 1 { details += codes.map { "\($0) \($1)" } }
    let names = facts(.name)
    if names.count > 1 {
      let other = names.filter { $0.values[2].text != bodies[body]?.name }
      details += other.map { "\($0.values[1].text ?? "") name \($0.values[2].text ?? "")" }
    }
    details += facts(.relationship).compactMap { fact in
      "\(words(ofTie: fact.values[1].text ?? "")) \(spoken(fact.values[2].text ?? ""))"
    }
    let told: Set<FactKind> = [.life, .role, .code, .name, .relationship]
    deltas.removeAll { $0.before == nil && told.contains($0.kind) }
    return details
  }

  /// Into what a body goes that ends, and the codes that end with it.
  private func ending(_ body: String, _ links: [FactDelta]) -> [String] {
    let into = links.compactMap { $0.after?.fact }.filter { $0.bodies.first == body }.compactMap { $0.bodies.last }
    let codes = codes(body)
    return schemes.compactMap { scheme in codes[scheme].map { "\(scheme) \($0)" } }
      + (into.isEmpty ? [] : ["into " + into.map(short).joined(separator: ", ")])
  }

  /// How a body stands under others.
  private func ties(_ deltas: inout [FactDelta], code: String, name: String) -> [Line] {
    let own = deltas.filter { $0.kind == .relationship }
    deltas.removeAll { $0.kind == .relationship }
    var lines: [Line] = []
    for kind in own.compactMap({ $0.said?.fact?.values[1].text }).uniqued {
      let ofKind = own.filter { $0.said?.fact?.values[1].text == kind }
      func superiors(_ isMeant: (FactDelta) -> Bool) -> [String] {
        ofKind.filter(isMeant).compactMap { $0.said?.fact?.values[2].text }.map(short)
      }
      let leaving = superiors { $0.after == nil || $0.endsDifferently && $0.periods?.before.end == nil }
      let joining = superiors { $0.before == nil || $0.endsDifferently && $0.periods?.after.end == nil }
      let tie = words(ofTie: kind)
      let prefix = kind == usualTie ? "" : "\(tie) "
      let (from, to) = (leaving.joined(separator: ", "), joining.joined(separator: ", "))
      switch (leaving.isEmpty, joining.isEmpty) {
      case (false, false):
        lines.append(
          Line(mark: .changed, verb: "moves", code: code, name: name, details: ["\(prefix)from \(from) to \(to)"]))
      case (true, false):
        let full = ofKind.filter { $0.before == nil || $0.periods?.after.end == nil }
          .compactMap { $0.said?.fact?.values[2].text }.map(spoken)
        lines.append(
          Line(mark: .new, verb: "joins", code: code, name: name, details: ["\(tie) \(full.joined(separator: ", "))"]))
      case (false, true):
        lines.append(Line(mark: .gone, verb: "leaves", code: code, name: name, details: ["\(prefix)\(from)"]))
      case (true, true): break
      }
      let told = ofKind.filter { $0.after != nil && $0.before != nil }.filter {
        !($0.endsDifferently && ($0.periods?.before.end == nil || $0.periods?.after.end == nil))
      }
      lines += others(told, code: code, name: name)
    }
    return lines
  }

  /// Codes, names and kinds that follow one another.
  private func words(_ deltas: inout [FactDelta], code: String, name: String) -> [Line] {
    var lines: [Line] = []
    for kind in [FactKind.code, .name, .role] {
      let own = deltas.filter { $0.kind == kind }
      deltas.removeAll { $0.kind == kind }
      let (value, scheme) = kind == .role ? (1, 2) : (2, 1)
      func text(_ delta: FactDelta?) -> String? { delta?.said?.fact?.values[value].text }
      let schemes: [String?] = own.map { $0.said?.fact?.values[scheme].text }
      for one in schemes.uniqued {
        let ofScheme = own.filter { one == $0.said?.fact?.values[scheme].text }
        let gone = ofScheme.first { $0.after == nil || $0.endsDifferently && $0.periods?.before.end == nil }
        let new = ofScheme.first { $0.before == nil || $0.endsDifferently && $0.periods?.after.end == nil }
        guard gone != nil || new != nil, ofScheme.count <= 2 else {
          lines += others(ofScheme, code: code, name: name)
          continue
        }
        let what = one.map { "\($0) " } ?? ""
        let words: String
        switch (text(gone), text(new)) {
        case (let old?, let next?): words = "\(what)\(next), was \(old)"
        case (nil, let next?): words = "\(what)\(next)"
        case (let old?, nil): words = "\(what)\(old) no longer"
        default: words = what
        }
        lines.append(
          Line(
            mark: gone == nil ? .new : new == nil ? .gone : .changed, verb: kind.schema.heading, code: code, name: name,
            details: [words]))
        let told = ofScheme.filter { $0.key != gone?.key && $0.key != new?.key }
        lines += others(told, code: code, name: name)
      }
    }
    return lines
  }

  /// Facts without words of their own: each in a line, or, if they are many, in a count.
  private func others(_ deltas: [FactDelta], code: String, name: String) -> [Line] {
    let kinds = deltas.map(\.kind).uniqued
    return kinds.flatMap { kind -> [Line] in
      let own = deltas.filter { $0.kind == kind }
      let heading = kind.schema.heading
      guard own.count <= 3 else { return counts(own, of: kind, code: code, name: name) }
      return own.map { delta in
        if let words = redated(delta) {
          return Line(mark: delta.mark, verb: heading, code: code, name: name, details: words)
        }
        let (was, now) = (delta.before.map { words($0) }, delta.after.map { words($0) })
        let details: [String]
        switch (was, now) {
        case (let was?, let now?): details = was == now ? ["source or note"] : [now, "was \(was)"]
        case (nil, let now?): details = [now]
        case (let was?, nil): details = ["no longer \(was)"]
        default: details = []
        }
        return Line(mark: delta.mark, verb: heading, code: code, name: name, details: details)
      }
    }
  }

  private func counts(_ deltas: [FactDelta], of kind: FactKind, code: String, name: String) -> [Line] {
    let actions: [(mark: Line.Mark, words: String)] = [(.new, "new"), (.changed, "changed"), (.gone, "taken back")]
    return actions.compactMap { action -> Line? in
      let count = deltas.count { $0.mark == action.mark }
      guard count > 0 else { return nil }
      let what = counted(count, kind.schema.table.replacing("_", with: " "))
      return Line(
        mark: action.mark, verb: kind.schema.heading, code: code, name: name, details: ["\(what) \(action.words)"])
    }
  }

  /// What is said of a fact that only holds on other days than before. Nil if it says something else too.
  private func redated(_ delta: FactDelta) -> [String]? {
    guard let (was, now) = delta.periods, was != now, let side = delta.after,
      side.change.content == delta.before?.change.content
    else { return nil }
    var details = [words(side, withDays: false)]
    if was.start != now.start { details.append("from \(now.start), was \(was.start)") }
    if was.end != now.end {
      details.append("to \(now.lastDay?.description ?? "no end"), was \(was.lastDay?.description ?? "no end")")
    }
    return details
  }

  private func words(_ side: FactDelta.Side, withDays: Bool = true) -> String {
    guard let fact = side.fact else { return "" }
    let owner = fact.kind.schema.isDated ? fact.kind.schema.owner : -1
    let said = fact.values[..<fact.kind.schema.columns.count].enumerated().compactMap { index, value -> String? in
      guard index != owner else { return nil }
      if fact.kind.schema.columns[index].type.isBody { return value.text.map(spoken) }
      switch value {
      case .text(let text): return text
      case .integer(let number): return String(number)
      case .real(let number): return grouped(RegistryFormats.number(number))
      case .null: return nil
      }
    }
    return (said + [withDays ? side.period?.words : nil].compactMap(\.self)).joined(separator: " ")
  }

  // MARK: What goes where

  /// Territory and duties that bodies give.
  /// - Parameter told: the bodies of which it was told already into what they go.
  private func partings(_ deltas: [FactDelta], besides told: Set<String>) -> [Line] {
    var gifts: [String: (mark: Line.Mark, natures: [String: String], amounts: [String: [String]])] = [:]
    var order: [String] = []
    func note(_ giver: String, _ mark: Line.Mark) {
      if gifts[giver] == nil { order.append(giver) }
      if gifts[giver] == nil { gifts[giver] = (mark, [:], [:]) }
    }
    var moved: [String: Int] = [:]
    for delta in deltas {
      guard let fact = delta.said?.fact else { continue }
      switch delta.kind {
      case .succession:
        guard let giver = fact.bodies.first, let taker = fact.bodies.last else { continue }
        note(giver, delta.mark)
        gifts[giver]?.natures[taker] = fact.values[3].text
      case .flow:
        let taker = fact.values[2].text ?? ""
        let giver = fact.values[1].text ?? ""
        note(giver, delta.mark)
        let amount = fact.values[4].real.map { grouped(number($0)) } ?? ""
        gifts[giver]?.amounts[taker, default: []].append("\(amount) \(fact.values[3].text ?? "")")
      case .movement: moved[fact.values[2].text ?? "", default: 0] += 1
      default: break
      }
    }
    for (taker, count) in moved {
      guard let giver = order.first(where: { gifts[$0]?.natures[taker] != nil }) ?? order.first else { continue }
      gifts[giver]?.amounts[taker, default: []].append(counted(count, "parcel"))
    }
    return order.compactMap { giver in
      guard let gift = gifts[giver] else { return nil }
      let (code, name) = giver.isEmpty ? ("", "(no body of the register)") : face(giver)
      if told.contains(code), gift.amounts.isEmpty { return nil }
      let details = Set(gift.natures.keys).union(gift.amounts.keys).sorted().map { taker in
        let what =
          gift.amounts[taker]?.joined(separator: " and ")
          ?? (gift.natures[taker] == SuccessionNature.succession.rawValue ? "all" : gift.natures[taker] ?? "a part")
        return "\(what) to \(short(taker))"
      }
      return Line(
        mark: gift.mark, verb: gift.mark == .gone ? "keeps" : "gives", code: code, name: name, details: details)
    }
  }

  // MARK: Proposals

  private func proposalLines(_ deltas: [FactDelta]) -> [Line] {
    var lines = deltas.filter { $0.kind == .proposalDetail }.compactMap { delta -> Line? in
      guard let (key, now) = delta.said?.change.content.proposal else { return nil }
      guard let was = delta.before?.change.content.proposal?.detail, delta.after != nil else {
        return Line(
          mark: delta.mark, verb: "proposal", code: key, name: now.title,
          details: ["planned for \(now.day)"] + (delta.after == nil ? ["taken back"] : []))
      }
      var details = was.state == now.state ? [] : ["\(now.state.rawValue), was \(was.state.rawValue)"]
      if was.day != now.day { details.append("planned for \(now.day), was \(was.day)") }
      if was.title != now.title { details.append("was \(was.title)") }
      return Line(mark: .changed, verb: "proposal", code: key, name: now.title, details: details)
    }
    for kind in [FactKind.proposalBase, .proposalStatement] {
      let own = deltas.filter { $0.kind == kind }
      for proposal in own.compactMap({ $0.said?.fact?.values[0].text }).uniqued {
        for mark in [Line.Mark.new, .changed, .gone] {
          let ofMark = own.filter { $0.mark == mark && $0.said?.fact?.values[0].text == proposal }
          guard let first = ofMark.first else { continue }
          let what =
            kind == .proposalBase
            ? "builds on " + ofMark.compactMap { $0.said?.fact?.values[1].text }.joined(separator: ", ")
            : counted(ofMark.count, "statement")
          lines.append(
            Line(
              mark: mark, verb: "proposal", code: proposal,
              details: [what] + (mark == .new ? [] : first.action)))
        }
      }
    }
    return lines
  }
}

extension Sequence where Element: Hashable {
  /// Each element once, in order.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
