import RegistryFormats
import Reconcile
import RegistryStorage

/// What kind of body an area of the Office for National Statistics is: the first three characters of its code say so.
///
/// Kept here:
/// 1. A code may outlive its body: from the first day of a new stage on, it is the code of another body.
enum ONSEntity {
  /// On this day area teams became local offices, which are the same bodies.
  private static let offices = Day(year: 2015, month: 4, day: 1) ?? .distantFuture

  private static let stages: [String: [SourceRecord.Life.Stage]] = [
    "E16": [stage("pct")],
    "E17": [stage("pct", besides: ["care-trust"])],
    "E18": [stage("sha")],
    "E38": [stage("ccg", until: .healthAndCareAct), stage("sub-icb-location", since: .healthAndCareAct)],
    "E39": [SourceRecord.Life.Stage(kinds: [("area-team", nil), ("local-office", offices)], period: always)],
    "E40": [stage("region")],
    "E54": [stage("stp", until: .healthAndCareAct), stage("icb", since: .healthAndCareAct)],
  ]

  private static let always = Period(.distantPast, nil)

  private static func stage(
    _ kind: String, besides sideKinds: [String] = [], since start: Day = .distantPast, until end: Day? = nil
  ) -> SourceRecord.Life.Stage {
    SourceRecord.Life.Stage(kinds: [(kind, nil)], sideKinds: sideKinds, period: Period(start, end))
  }

  /// The entity of a code, such as `E38`.
  static func of(_ code: String) -> String { String(code.prefix(3)) }

  /// Whether the register has a kind for the bodies of this code.
  static func isKnown(_ code: String) -> Bool { stages[of(code)] != nil }

  /// The stages of a code, the earliest first. Empty if the register has no kind for such bodies.
  static func stages(of code: String) -> [SourceRecord.Life.Stage] { stages[of(code)] ?? [] }

  /// What is wrong with a code, as a sentence. Nil if it is a letter and eight digits.
  static func flaw(of code: String) -> String? {
    let bytes = Array(code.utf8)
    let isCode =
      bytes.count == 9 && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[0])
      && bytes.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if isCode { return nil }
    return CodeDamage.finding(in: code)
      ?? "'\(code)' is not a code of the Office for National Statistics (a letter and eight digits)"
  }
}
