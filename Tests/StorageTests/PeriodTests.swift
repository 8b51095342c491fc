import RegistryStorage
import RegistryTestSupport
import Testing

@Suite struct PeriodTests {
  private func period(_ start: Int, _ end: Int?) -> Period {
    Period(Day.epoch.advanced(by: start), end.map { Day.epoch.advanced(by: $0) })
  }

  @Test func `A period holds its first day and not its end`() {
    let period = period(10, 12)
    #expect((8...14).filter { period.contains(Day.epoch.advanced(by: $0)) } == [10, 11])
    #expect(period.lastDay == Day.epoch.advanced(by: 11))
    #expect(Period(.epoch, nil).contains(.distantFuture))
    #expect(Period(.epoch, nil).lastDay == nil)
  }

  /// All pairs of small periods, compared with the days that they hold.
  @Test func `Containment and overlap are those of the days`() {
    let horizon = 6
    func days(_ period: Period) -> Set<Int> {
      Set((0...horizon + 2).filter { period.contains(Day.epoch.advanced(by: $0)) })
    }
    var periods: [Period] = []
    for start in 0..<horizon {
      periods.append(period(start, nil))
      for end in (start + 1)...horizon { periods.append(period(start, end)) }
    }
    for left in periods {
      for right in periods {
        #expect(left.overlaps(right) == !days(left).isDisjoint(with: days(right)), "\(left) \(right)")
        #expect(left.contains(right) == days(left).isSuperset(of: days(right)), "\(left) \(right)")
      }
    }
  }
}
