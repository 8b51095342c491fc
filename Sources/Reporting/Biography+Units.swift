import RegistryFormats
import RegistryStorage

/// What is told of single units, such as small areas and practices.
extension Biography {
  private func tells(_ topic: FactTopic) -> Bool { topic.sections.contains(where: shows) }

  // MARK: JSON

  func json(_ unit: UnitDetail) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("unit", .string(unit.code)), .init("partition", .string(unit.partition)),
      .init("parcel", .string(unit.parcel)),
    ]
    if tells(.lives) {
      members += [
        .init("from", .string(orNull: unit.firstDay?.description)),
        .init("to", .string(orNull: unit.lastDay?.description)),
      ]
    }
    members += [.init("source", .string(orNull: unit.source)), .init("note", .string(orNull: unit.note))]
    if tells(.ties) { members.append(.init("places", .array(unit.places.map(json)))) }
    if tells(.amounts) { members.append(.init("amounts", .array(unit.amounts.map(json)))) }
    if tells(.links) { members.append(.init("moves", .array(unit.moves.map(json)))) }
    return .object(members)
  }

  private func json(_ place: UnitDetail.Place) -> JSONValue {
    [
      "organisation": .string(orNull: place.organisation), "in_part": .bool(place.isPart),
      "from": .string(orNull: place.firstDay?.description), "to": .string(orNull: place.lastDay?.description),
      "lost_at_event": .string(orNull: place.lostAt),
    ]
  }

  private func json(_ amount: UnitDetail.Amount) -> JSONValue {
    [
      "basis": .string(amount.basis), "amount": .literal(amount.amount), "unit": .string(amount.unit),
      "source": .string(orNull: amount.source),
    ]
  }

  private func json(_ move: UnitMove) -> JSONValue {
    [
      "date": .string(move.day.description), "from_organisation": .string(move.predecessor.key),
      "to_organisation": .string(move.successor.key), "source": .string(orNull: move.source),
      "note": .string(orNull: move.note), "key": .string(move.key),
    ]
  }

  // MARK: Text

  func lines(_ unit: UnitDetail) -> [String] {
    var lines = ["\(unit.code)  [\(unit.unitName), \(unit.partition)]"]
    var sources = Footnotes()
    typealias Row = (days: String, words: String, source: String?)
    func add(_ title: String, _ rows: [Row]) {
      for (index, row) in rows.enumerated() {
        let head = padded(index == 0 ? title : "", 9)
        lines.append("  \(head)\(padded(row.days, 27))\(row.words)\(sources.mark(row.source))")
      }
    }
    if tells(.lives), let days = Self.days(unit.firstDay, unit.lastDay) { add("lived", [(days, "", unit.source)]) }
    add("parcel", [("", unit.parcel, unit.source)])
    if tells(.ties) {
      add(
        "lay in",
        unit.places.flatMap { place -> [Row] in
          let days = Self.days(place.firstDay, place.lastDay) ?? "always"
          // The key of an event may take the rest of a line.
          let event = place.lostAt.map { Row("", $0, nil) }
          return [Row(days, Self.words(place), nil)] + [event].compactMap { $0 }
        })
    }
    if tells(.amounts) {
      add("amount", unit.amounts.map { ("", "\($0.basis): \(grouped($0.amount)) \($0.unit)", $0.source) })
    }
    if tells(.links) {
      add(
        "move",
        unit.moves.map { ($0.day.description, "\($0.predecessor.key) to \($0.successor.key)", $0.source) })
    }
    return lines + sources.lines
  }

  private static func words(_ place: UnitDetail.Place) -> String {
    guard let organisation = place.organisation else {
      return place.lostAt == nil ? "not known" : "not known: lost at the event"
    }
    return organisation + (place.isPart ? " (in part)" : "")
  }

  private static func days(_ first: Day?, _ last: Day?) -> String? {
    switch (first, last) {
    case (nil, nil): nil
    case (let first?, nil): "from \(first)"
    case (nil, let last?): "to \(last)"
    case (let first?, let last?): "\(first) to \(last)"
    }
  }
}
