package import RegistryStorage

/// Bodies of which a file shows nothing but that they existed.
package struct Stubs {
  private struct Stub {
    let code: String
    let kind: String?
    /// How its permanent key begins.
    let prefix: String?
    let line: Int
    var span: SeenBody.Span
  }

  private var stubs: [Stub] = []
  private var places: [String: Int] = [:]

  package init() {}

  /// - Parameter lastDay: inclusive; nil: the body goes on.
  package mutating func show(
    _ code: String, _ kind: String?, prefix: String? = nil, _ firstDay: Day, _ lastDay: Day?, line: Int
  ) {
    guard let place = places[code] else {
      places[code] = stubs.count
      return stubs.append(Stub(code: code, kind: kind, prefix: prefix, line: line, span: .init(firstDay, lastDay)))
    }
    let span = stubs[place].span
    stubs[place].span = .init(
      min(span.firstDay, firstDay),
      span.lastDay.flatMap { known in lastDay.map { max(known, $0) } })
  }

  /// Makes those that the register does not have.
  package func make(in reconciler: inout Reconciler) {
    for stub in stubs where !reconciler.index.isKnown(stub.code, reconciler.scheme) {
      reconciler.makeStub(stub.code, stub.kind, prefix: stub.prefix, stub.span, line: stub.line)
    }
  }
}
