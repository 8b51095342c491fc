/// The current facts of one kind that a change set touches, as they were and as they will be.
///
/// Kept here:
/// 1. A key has one place in `entries`, and keeps it when its fact is taken back.
/// 2. `before` has the rows of the file that were replaced or taken back, and no others.
struct PendingTable {
  struct Entry {
    /// The id of its row in the file, if it has one.
    let id: Int64?
    /// Nil if the fact was taken back.
    var row: FactRow?
    /// The line that stated it.
    var origin: Change.Origin?
  }

  /// What the file has of a fact, and what takes its place.
  struct Replacement {
    let id: Int64
    let before: FactRow
    let after: FactRow?
  }

  private var entries: [Entry] = []
  private var before: [Int: FactRow] = [:]
  private var places: [String: Int] = [:]
  private var placesOfOwner = PlaceLists()
  private var placesOfOther = PlaceLists()

  // MARK: Reading

  /// Whether the fact with this key is known, even if it was taken back.
  func knows(_ key: String) -> Bool { places[key] != nil }

  func row(_ key: String) -> FactRow? { places[key].flatMap { entries[$0].row } }

  func origin(_ key: String) -> Change.Origin? { places[key].flatMap { entries[$0].origin } }

  /// The facts of an owner, in the order of their start.
  func rows(of owner: Int64) -> [FactRow] {
    sorted(placesOfOwner.places(of: owner).compactMap { entries[$0].row }.filter { $0.owner == owner })
  }

  /// The facts that name a body as the other one, in the order of their start.
  func rows(naming other: Int64) -> [FactRow] {
    sorted(placesOfOther.places(of: other).compactMap { entries[$0].row }.filter { $0.other == other })
  }

  /// The facts that an event dates, in the order of their start.
  func rows(datedBy event: Int64) -> [FactRow] {
    sorted(entries.compactMap(\.row).filter { $0.validity?.isDated(by: event) ?? false })
  }

  private func sorted(_ rows: [FactRow]) -> [FactRow] {
    guard rows.count > 1 else { return rows }
    return rows.sorted { ($0.validity?.start ?? .distantPast, $0.key) < ($1.validity?.start ?? .distantPast, $1.key) }
  }

  // MARK: Keeping

  /// Adds a row of the file, unless its fact is known.
  mutating func keep(_ id: Int64, _ row: FactRow) {
    if !knows(row.key) { append(Entry(id: id, row: row), row) }
  }

  mutating func put(_ row: FactRow, origin: Change.Origin?) {
    guard let place = places[row.key] else { return append(Entry(id: nil, row: row, origin: origin), row) }
    let old = entries[place].row
    remember(old, at: place)
    entries[place].row = row
    if let origin { entries[place].origin = origin }
    if old?.owner != row.owner || old?.other != row.other { list(row, at: place) }
  }

  mutating func remove(_ key: String) {
    guard let place = places[key] else { return }
    remember(entries[place].row, at: place)
    entries[place].row = nil
  }

  private mutating func append(_ entry: Entry, _ row: FactRow) {
    places[row.key] = entries.count
    list(row, at: entries.count)
    entries.append(entry)
  }

  private mutating func remember(_ row: FactRow?, at place: Int) {
    if let row, entries[place].id != nil, before[place] == nil { before[place] = row }
  }

  private mutating func list(_ row: FactRow, at place: Int) {
    guard row.kind.schema.isDated else { return }
    placesOfOwner.insert(place, of: row.owner)
    if let other = row.other { placesOfOther.insert(place, of: other) }
  }

  // MARK: What changed

  /// The facts of the file that change, in the order of their rows.
  var replacements: [Replacement] {
    before.compactMap { place, row -> Replacement? in
      let entry = entries[place]
      guard let id = entry.id, entry.row != row else { return nil }
      return Replacement(id: id, before: row, after: entry.row)
    }.sorted { $0.id < $1.id }
  }

  /// The facts that the file does not have, in the order in which they were stated.
  var additions: [FactRow] {
    var added: [FactRow] = []
    for place in entries.indices where entries[place].id == nil {
      if let row = entries[place].row { added.append(row) }
    }
    return added
  }
}

/// Lists of places, by the id of a body. They share one array because they are many and mostly short.
struct PlaceLists {
  private struct Link {
    let place: Int
    /// The index of the link before. Nil for the first of a list.
    let previous: Int?
  }

  private var links: [Link] = []
  private var last: [Int64: Int] = [:]

  /// Adds a place to the end of a list, even if the list already has it.
  mutating func insert(_ place: Int, of id: Int64) {
    links.append(Link(place: place, previous: last.updateValue(links.count, forKey: id)))
  }

  /// Each place once, in order.
  func places(of id: Int64) -> [Int] {
    var listed: [Int] = []
    var next = last[id]
    while let index = next {
      listed.append(links[index].place)
      next = links[index].previous
    }
    var places: [Int] = []
    for place in listed.sorted() where place != places.last { places.append(place) }
    return places
  }
}
