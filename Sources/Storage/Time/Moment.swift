import Glibc

/// The present, in UTC, as the register writes it.
package enum Moment {
  /// The time as `YYYY-MM-DDTHH:MM:SSZ`.
  package static var now: String {
    let seconds = time(nil)
    let (day, second) = (seconds / 86_400, seconds % 86_400)
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(Day.epoch.advanced(by: day))T\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }

  package static var today: Day { Day.epoch.advanced(by: time(nil) / 86_400) }
}
