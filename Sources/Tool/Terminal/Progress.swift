import RegistryFormats
import Glibc

/// Shows on a terminal how much of a file is read. Elsewhere it shows nothing.
///
/// Kept here:
/// 1. The line is rewritten in place a few times a second, and removed at the end, so that only the messages stay.
final class Progress {
  private let meter: ByteMeter
  private let name: String
  private let isShown = isatty(STDERR_FILENO) != 0
  /// When the reading began.
  private var begin: Double?
  private var shown = 0.0

  init(_ meter: ByteMeter, _ name: String) {
    self.meter = meter
    self.name = name
  }

  /// The same source, which shows its progress on a terminal.
  func watch(_ source: any ByteSource) -> any ByteSource {
    isShown ? WatchedSource(source: source, progress: self) : source
  }

  func end() {
    if shown > 0 { writeError("\r\u{1B}[K") }
  }

  fileprivate func tick() {
    let time = Self.now()
    let begin = self.begin ?? time
    self.begin = begin
    guard time - max(shown, begin) > 0.2 else { return }
    shown = time
    let rate = Double(meter.count) / (time - begin)
    var line = "\(name): \(meter.count / 1_000_000) MB, \(Int(rate / 1_000_000)) MB/s"
    if let total = meter.total, total > 0, rate > 0 {
      let left = max(0, Double(total - meter.count)) / rate
      line = "\(bar(Double(meter.count) / Double(total))) \(line), \(Int(left.rounded(.up))) s left"
    }
    writeError("\r\u{1B}[K\(line)")
  }

  private func bar(_ share: Double) -> String {
    let width = 20
    let full = min(width, Int(share * Double(width)))
    return "[" + String(repeating: "#", count: full) + String(repeating: " ", count: width - full) + "]"
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// A source that shows its progress when it is read.
private struct WatchedSource: ByteSource {
  var source: any ByteSource
  let progress: Progress

  mutating func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    progress.tick()
    return try source.read(into: &buffer, at: range)
  }
}
