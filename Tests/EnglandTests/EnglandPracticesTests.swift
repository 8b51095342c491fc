import RegistryFormats
import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// The crosswalks between trusts, CCGs and hubs are what the practices did, as the file `epcmem` tells it.
@Suite(
  .tags(.slow), .inFullRuns, .enabled(if: England.shared != nil, "the reference files are not beside the package"))
struct EnglandPracticesTests {
  /// Where each practice was.
  private struct Memberships {
    private var ofUnit: [String: [(first: Day, last: Day?, body: String)]] = [:]

    init() throws {
      var reader = CSVReader(bytes: try real("ods/epcmem_2020.csv"))
      while try reader.next() {
        let fields = reader.texts()
        guard fields[2] == "W", let first = Self.day(fields[3]) else { continue }
        ofUnit[fields[0], default: []].append((first, Self.day(fields[4]), fields[1]))
      }
      for unit in ofUnit.keys { ofUnit[unit]?.sort { $0.first < $1.first } }
    }

    private static func day(_ digits: String) -> Day? {
      digits.count == 8 ? Day("\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))") : nil
    }

    var units: [String] { ofUnit.keys.sorted() }

    /// The body of a practice on a day. Before it opened and after it closed it belongs to the nearest one, because its
    /// own life does not weigh.
    func body(of unit: String, on day: Day) -> String? {
      let known = ofUnit[unit] ?? []
      let held = known.last { $0.first <= day && ($0.last.map { day <= $0 } ?? true) }
      return (held ?? known.last { $0.first <= day } ?? known.first)?.body
    }
  }

  static let days = [("2002-10-01", "2006-10-01"), ("2006-09-30", "2013-04-01"), ("2010-04-01", "2014-04-01")]

  private func code(_ body: Organisation) -> String { body.codes["ods"] ?? body.key }

  /// The shares of each trust, by the codes of the bodies of the other day. What lies in no body is left out.
  private func crosswalk(_ question: Question, in whereabouts: Whereabouts) throws -> [String: [String: Answer.Part]] {
    var found: [String: [String: Answer.Part]] = [:]
    let rows = try Crosswalk(of: "pct", in: whereabouts, question).rows
    let bodies = rows.flatMap(\.answer.parts).compactMap { if case .body(let id) = $0.place { id } else { nil } }
    let targets = try England.open().organisations(withIDs: Set(bodies).sorted(), on: question.to)
    let codes = Dictionary(uniqueKeysWithValues: targets.map { ($0.id, code($0)) })
    for row in rows {
      for part in row.answer.weighty {
        if case .body(let id) = part.place { found[code(row.body), default: [:]][codes[id] ?? "?"] = part }
      }
    }
    return found
  }

  @Test(arguments: days) func `No share is where no practice went`(from: String, to: String) throws {
    let memberships = try Memberships()
    let question = Question(from: try day(from), to: try day(to))
    let moves = Set(
      memberships.units.map {
        [memberships.body(of: $0, on: question.from) ?? "", memberships.body(of: $0, on: question.to) ?? ""]
      })
    let cells = try crosswalk(question, in: Whereabouts(of: England.open()))
    for (trust, parts) in cells {
      for (body, part) in parts { #expect(moves.contains([trust, body]), "\(trust) to \(body): \(part.share)") }
    }
    #expect(cells.values.reduce(0) { $0 + $1.count } > 200)
  }

  @Test(arguments: days) func `By GP practices, shares are counts of those that went`(from: String, to: String) throws {
    let memberships = try Memberships()
    let registry = try England.open()
    let counted = Set(
      try registry.rows(
        """
        SELECT unit_code FROM unit_amount JOIN basis ON basis.id = basis_id
        WHERE basis.key = 'practices' AND amount > 0 AND superseded_in IS NULL
        """))
    let question = Question(from: try day(from), to: try day(to), bases: ["practices"])
    var went: [[String]: Int] = [:]
    for unit in memberships.units where counted.contains(unit) {
      let bodies = [
        memberships.body(of: unit, on: question.from) ?? "", memberships.body(of: unit, on: question.to) ?? "",
      ]
      went[bodies, default: 0] += 1
    }
    var shares = 0
    for (trust, parts) in try crosswalk(question, in: Whereabouts(of: registry)) {
      // A practice opened in TAN, which 5AN became in 2007. The file does not know it in 5AN.
      if trust == "5AN" { continue }
      let total = parts.keys.reduce(0) { $0 + (went[[trust, $1]] ?? 0) }
      for (body, part) in parts {
        let count = went[[trust, body]] ?? 0
        #expect(abs(part.share - Double(count) / Double(total)) < 1e-12, "\(trust) to \(body): \(count) of \(total)")
        shares += 1
      }
    }
    #expect(shares > 200)
  }
}
