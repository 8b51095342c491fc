import RegistryStorage

/// Bodies as bars on a time axis, each beside those that it came from.
///
/// Kept here:
/// 1. Bars of one row do not overlap: a body takes the row of a predecessor that ended when it began, or a new one.
/// 2. A name stands inside its bar, as far as it fits, and whole in the bar's description.
struct Lifelines {
  struct Bar {
    let id: OrganisationID
    let code: String
    let name: String
    /// Half-open.
    let period: Period
    /// Also says whether a boundary is derived or unknown.
    let hint: String
  }

  struct Link {
    let from: OrganisationID
    let to: OrganisationID
    let day: Day
    /// Whether it carries territory, or the body as a whole.
    let isWhole: Bool
  }

  private let bars: [Bar]
  private let links: [Link]
  private var rows: [OrganisationID: Int] = [:]
  private var rowCount = 0

  private static let margin = 14.0
  private static let header = 26.0
  private static let pitch = 18.0
  private static let bar = 15.0

  /// - Parameter bars: In the order in which rows are given out if nothing else decides.
  init(_ bars: [Bar], _ links: [Link]) {
    self.bars = bars
    let shown = Set(bars.map(\.id))
    self.links = links.filter { shown.contains($0.from) && shown.contains($0.to) }
    arrange()
  }

  /// Places bodies from the last back, each followed by its predecessors, so that what became one body stands together.
  private mutating func arrange() {
    let byID = Dictionary(uniqueKeysWithValues: bars.map { ($0.id, $0) })
    let before = Dictionary(grouping: links, by: \.to)
    let hasLater = Set(links.filter { $0.isWhole }.map(\.from))
    var placed: Set<OrganisationID> = []
    func place(_ id: OrganisationID, at row: Int?) {
      guard let bar = byID[id], placed.insert(id).inserted else { return }
      let own: Int
      if let row {
        own = row
      } else {
        own = rowCount
        rowCount += 1
      }
      rows[id] = own
      var isFree = true
      for link in (before[id] ?? []).sorted(by: {
        ($0.day, byID[$0.from]?.code ?? "") < ($1.day, byID[$1.from]?.code ?? "")
      })
      where !placed.contains(link.from) {
        // The first body that ended when this one began leads into its row.
        let leads = isFree && byID[link.from]?.period.end == bar.period.start
        if leads { isFree = false }
        place(link.from, at: leads ? own : nil)
      }
    }
    for bar in bars where !hasLater.contains(bar.id) { place(bar.id, at: nil) }
    for bar in bars { place(bar.id, at: nil) }
  }

  func figure(name: String, title: String, description: String) -> Figure? {
    guard let first = bars.map(\.period.start).min(),
      let last = bars.map({ $0.period.end ?? $0.period.start }).max()
    else { return nil }
    let years = Double(last.year - first.year + 1)
    let axis = TimeAxis(from: first, through: last, left: Self.margin, width: max(900, min(1_500, years * 90)))
    let bottom = Self.header + Double(rowCount) * Self.pitch
    var svg = SVG()
    axis.drawGrid(&svg, top: Self.header - 4, bottom: bottom + 4)
    axis.drawYears(&svg, y: Self.header - 10)
    axis.drawYears(&svg, y: bottom + 18)
    for bar in bars { draw(bar, on: axis, &svg) }
    for link in links { draw(link, on: axis, &svg) }
    return Figure(
      name: name, title: title, description: description, width: axis.right + Self.margin, height: bottom + 28,
      content: svg)
  }

  private func y(_ row: Int) -> Double { Self.header + Double(row) * Self.pitch }

  private func draw(_ bar: Bar, on axis: TimeAxis, _ svg: inout SVG) {
    guard let row = rows[bar.id] else { return }
    let left = axis.x(bar.period.start)
    let width = max((bar.period.end.map(axis.x) ?? axis.right) - left, 2)
    svg.rectangle(x: left, y: y(row), width: width, height: Self.bar, "bar", radius: 2, title: bar.hint)
    let words = TextWidth.fitted("\(bar.code) \(bar.name)", into: width - 12, size: 11)
    // Leave room for the dot of a line that arrives.
    if !words.isEmpty { svg.words(words, x: left + 8, y: y(row) + 11.5, "small", title: bar.hint) }
  }

  /// Draws a line from the end of one bar to a dot at the beginning of the other. In the same row it needs no line.
  private func draw(_ link: Link, on axis: TimeAxis, _ svg: inout SVG) {
    guard let from = rows[link.from], let to = rows[link.to], from != to else { return }
    let x = axis.x(link.day)
    let (start, end) = (y(from) + Self.bar / 2, y(to) + Self.bar / 2)
    var path = SVG.Path()
    path.move(x - 5, start)
    path.curve(x + 3, start, x - 6, end, x + 2, end)
    svg.path(path, link.isWhole ? "link" : "link dashed")
    svg.circle(x: x + 3, y: end, radius: 2.5, "node")
  }
}
