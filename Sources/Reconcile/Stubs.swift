package import RegistryStorage

/// Bodies about which a file shows nothing except that they existed.
package struct Stubs {
  private struct Stub {
    let code: String
    let kind: String?
    /// The kind that its permanent key names if the file does not say the kind.
    let keyKind: String?
    let line: Int
    var period: Period
  }

  private var stubs: [Stub] = []
  private var places: [String: Int] = [:]

  package init() {}

  /// - Parameter lastDay: Inclusive. Nil if the body goes on.
  package mutating func add(
    _ code: String, _ kind: String?, keyKind: String? = nil, _ firstDay: Day, _ lastDay: Day?, line: Int
  ) {
    guard let place = places[code] else {
      places[code] = stubs.count
      return stubs.append(
        Stub(code: code, kind: kind, keyKind: keyKind, line: line, period: Period(from: firstDay, through: lastDay)))
    }
    let known = stubs[place].period
    stubs[place].period = Period(
      min(known.start, firstDay), known.end.flatMap { end in lastDay.map { max(end, $0.next) } })
  }

  /// Makes the bodies that the register lacks.
  package func make(in reconciler: inout Reconciler) {
    for stub in stubs where !reconciler.index.isKnown(stub.code, reconciler.scheme) {
      reconciler.makeStub(stub.code, stub.kind, keyKind: stub.keyKind, stub.period, line: stub.line)
    }
  }
}
