package import RegistryFormats
package import Reconcile
package import RegistryStorage

/// Who belonged to whom (epcmem). The file has six quoted columns without a header: practice, parent, type of parent,
/// joined, left, amended.
///
/// Kept here:
/// 1. Membership is not territory: when a practice moves, its relationship changes and no parcel moves.
/// 2. The rows of one practice may be in any order.
package struct ODSMembership {
  package struct Row: Sendable {
    package let line: Int
    package let member: String
    package let parent: String
    package let joined: Day
    /// Inclusive. Nil if the membership goes on.
    package let left: Day?
  }

  package static let columnCount = 6

  package let name: String
  package private(set) var rows: [Row] = []
  package private(set) var rejects: [Reject] = []
  package private(set) var lineCount = 0

  package init(name: String, reader: consuming CSVReader) throws(Refusal) {
    self.name = name
    do {
      while try reader.next() {
        if reader.isBlank { continue }
        lineCount += 1
        guard reader.fieldCount == Self.columnCount else {
          throw Refusal(
            "\(name):\(reader.line): \(reader.fieldCount) columns where a file of memberships has "
              + "\(Self.columnCount); nothing was changed")
        }
        read(&reader)
      }
    } catch let error as CSVError {
      throw Refusal("\(name): \(error); nothing was changed")
    } catch let error as Refusal {
      throw error
    } catch {
      throw Refusal("\(name): \(error)")
    }
    guard lineCount > 0 else { throw Refusal("\(name): the file is empty; nothing was changed") }
  }

  private mutating func read(_ reader: inout CSVReader) {
    let line = reader.line
    func reject(_ column: Int, _ value: String, _ reason: String) -> Reject {
      Reject(file: name, line: line, column: column, value: value, reason: reason)
    }
    let (member, parent) = (reader.text(0), reader.text(1))
    for (column, code) in [(1, member), (2, parent)] {
      if let flaw = CodeDamage.flaw(ofODSCode: code) { return rejects.append(reject(column, code, flaw)) }
    }
    let (joined, left) = (reader.text(3), reader.text(4))
    guard let firstDay = Day(compact: joined) else {
      return rejects.append(reject(4, joined, "'\(joined)' is not a date (YYYYMMDD)"))
    }
    guard left.isEmpty || Day(compact: left) != nil else {
      return rejects.append(reject(5, left, "'\(left)' is not a date (YYYYMMDD)"))
    }
    let lastDay = Day(compact: left)
    if let lastDay, lastDay < firstDay {
      return rejects.append(reject(5, left, "the practice leaves on \(lastDay), before it joins on \(firstDay)"))
    }
    rows.append(Row(line: line, member: member, parent: parent, joined: firstDay, left: lastDay))
  }

  /// The latest day in the file that is not in the future.
  package var latestDay: Day? {
    rows.flatMap { [$0.joined, $0.left] }.compactMap { $0 }.filter { $0 <= Moment.today }.max()
  }

  /// Holds all rows against the register.
  /// - Parameter createMissing: whether to make the bodies that the register lacks. The file does not say of what kind
  ///   they are, and they existed at least for as long as it shows them.
  package func reconcile(with reconciler: inout Reconciler, createMissing: Bool) {
    if createMissing {
      var stubs = Stubs()
      for row in rows {
        stubs.add(row.member, nil, keyKind: "gp-practice", row.joined, row.left, line: row.line)
        stubs.add(row.parent, nil, row.joined, row.left, line: row.line)
      }
      stubs.make(in: &reconciler)
    }
    for row in rows {
      reconciler.judge(
        SourceRecord.Relationship(
          line: row.line, code: row.member, superior: row.parent, kind: "member-of",
          period: Period(from: row.joined, through: row.left)))
    }
  }
}
