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

  package mutating func add(
    _ code: String, _ kind: String?, keyKind: String? = nil, _ period: Period, line: Int
  ) {
    guard let place = places[code] else {
      places[code] = stubs.count
      return stubs.append(Stub(code: code, kind: kind, keyKind: keyKind, line: line, period: period))
    }
    let known = stubs[place].period
    stubs[place].period = Period(
      min(known.start, period.start), known.end.flatMap { end in period.end.map { max(end, $0) } })
  }

  /// Makes the bodies that the register lacks.
  package func make(in reconciler: inout Reconciler) {
    for stub in stubs where !reconciler.index.isKnown(stub.code, reconciler.scheme) {
      reconciler.makeStub(stub.code, stub.kind, keyKind: stub.keyKind, stub.period, line: stub.line)
    }
  }
}
