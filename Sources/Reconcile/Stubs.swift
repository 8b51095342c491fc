package import RegistryStorage

/// Bodies of which a file shows nothing but that they existed.
package struct Stubs {
  private struct Stub {
    let code: String
    let kind: String?
    /// The kind that its permanent key speaks of, where the file does not say the kind itself.
    let keyKind: String?
    let line: Int
    var period: Period
  }

  private var stubs: [Stub] = []
  private var places: [String: Int] = [:]

  package init() {}

  /// - Parameter lastDay: inclusive; nil: the body goes on.
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

  /// Makes those that the register does not have.
  package func make(in reconciler: inout Reconciler) {
    for stub in stubs where !reconciler.index.isKnown(stub.code, reconciler.scheme) {
      reconciler.makeStub(stub.code, stub.kind, keyKind: stub.keyKind, stub.period, line: stub.line)
    }
  }
}
