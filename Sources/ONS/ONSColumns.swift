import Reconcile
import RegistryStorage

/// The columns of a names-and-codes or lookup file, by the pattern `<AREA><YY>(CD|CDH|CDO|NM|NMW)`, such as `CCG20CDH`.
///
/// Kept here:
/// 1. Only the column names give the year, and one file may have columns of several years.
/// 2. Columns that do not follow the pattern (`FID`, `ObjectId`) say nothing.
package struct ONSColumns {
  /// What one area of a file is in the register.
  struct Category: Equatable {
    let kind: String
    /// An area is part of the area of the next level above it in its row. Nil if it is part of none.
    let level: Int?
    /// The first day on which there were such bodies.
    var since: Day?
  }

  struct Area {
    /// Such as `CCG`.
    let word: String
    let year: Int
    fileprivate(set) var code: Int?
    /// The column of the ODS code.
    fileprivate(set) var health: Int?
    fileprivate(set) var name: Int?

    /// Nil if the register has no such bodies.
    var category: Category? { ONSColumns.categories[word] }

    /// The kind of the body of a code. A column of districts has authorities of both tiers.
    func kind(of code: String?) -> String? {
      if word == "LAD", let code, ONSEntity.of(code) == "E07" { return "district" }
      return category?.kind
    }

    /// Whether these are small areas, the units of a partition.
    var isUnits: Bool { ONSColumns.unitWords.contains(word) }
    /// Such as `CCG20`.
    var title: String { word + (year % 100 < 10 ? "0" : "") + "\(year % 100)" }

    /// The day that the year stands for: 1 April, or the first day on which there were such bodies.
    var vintage: Day {
      let day = Day(year: year, month: 4, day: 1) ?? .distantFuture
      guard let since = category?.since, since > day, since.year == year else { return day }
      return since
    }
  }

  /// In the order of their first columns.
  private(set) var areas: [Area] = []

  private static let unitWords: Set<String> = ["LSOA", "MSOA", "OA"]
  fileprivate static let categories: [String: Category] = [
    "PCO": Category(kind: "pct", level: 0), "PCT": Category(kind: "pct", level: 0),
    "CCG": Category(kind: "ccg", level: 0),
    "SICBL": Category(kind: "sub-icb-location", level: 0, since: .healthAndCareAct),
    "LOC": Category(kind: "sub-icb-location", level: 0, since: .healthAndCareAct),
    "NHSAT": Category(kind: "area-team", level: 1), "NHSRLO": Category(kind: "local-office", level: 1),
    "STP": Category(kind: "stp", level: 1), "ICB": Category(kind: "icb", level: 1, since: .healthAndCareAct),
    "SHA": Category(kind: "sha", level: 2), "NHSCR": Category(kind: "region", level: 2),
    "NHSER": Category(kind: "region", level: 2),
    "LAD": Category(kind: "local-authority", level: nil),
  ]

  package init(_ header: [String]) {
    for (column, title) in header.enumerated() {
      guard let (word, year, suffix) = Self.parts(of: title.uppercased()) else { continue }
      let place: Int
      if let known = areas.firstIndex(where: { $0.word == word && $0.year == year }) {
        place = known
      } else {
        place = areas.count
        areas.append(Area(word: word, year: year))
      }
      switch suffix {
      case "CD": areas[place].code = column
      case "CDH", "CDO": areas[place].health = column
      case "NM": areas[place].name = column
      default: break
      }
    }
    areas.removeAll { $0.code == nil && $0.health == nil }
  }

  private static func parts(of title: String) -> (word: String, year: Int, suffix: String)? {
    for suffix in ["CDH", "CDO", "NMW", "CD", "NM"] where title.hasSuffix(suffix) {
      let stem = title.dropLast(suffix.count)
      guard let year = Int(stem.suffix(2)), year >= 0, stem.suffix(2).allSatisfy(\.isNumber) else { return nil }
      let word = stem.dropLast(2)
      guard !word.isEmpty, word.allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
      return (String(word), 2000 + year, suffix)
    }
    return nil
  }

  /// The areas in a few words. Nil if there are none.
  package var words: String? { areas.isEmpty ? nil : areas.map(\.title).joined(separator: ", ") }
}
