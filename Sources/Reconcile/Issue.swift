package import RegistryStorage

/// One issue of a series of files that a publisher issues in one form again and again, such as the practices of
/// February 2026.
///
/// Kept here:
/// 1. A day that nobody states is never taken for the day of issue: the key of such an issue says that it is undated.
package struct Issue: Sendable {
  /// The form and the subject, such as `ods-csv-epraccur`.
  package let series: String
  /// The day of issue. If nobody states it, the latest day that the file itself shows: it was issued then or later.
  package let day: Day
  /// Whether the user, or the file itself, states the day of issue.
  package let isDated: Bool

  package init(_ series: String, _ day: Day, isDated: Bool = true) {
    (self.series, self.day, self.isDated) = (series, day, isDated)
  }

  /// The key of the source that stands for this issue.
  package var key: String { isDated ? "\(series)-\(day)" : "\(series)-undated-\(day)" }

  /// How this issue is cited.
  /// - Parameter title: the title of the series.
  package func title(_ title: String) -> String {
    isDated ? "\(title) as issued on \(day)" : "\(title), of an unknown day of issue, \(day) or later"
  }

  /// The day on which another issue of the series was issued. Nil if a source is no such issue, or undated.
  /// - Parameter key: the key of the source.
  package func day(ofSource key: String?) -> Day? {
    guard let key, key.hasPrefix(series), isDated else { return nil }
    let rest = key.dropFirst(series.count)
    return rest.first == "-" ? Day(String(rest.dropFirst())) : nil
  }
}
