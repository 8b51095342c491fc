package import Reconcile
package import RegistryStorage

package struct BodiesContents: SourceContents {
  private let file: ODSFile
  private let bodies: ODSBodies
  private let kind: String?

  package init(_ file: ODSFile, kind: String?) {
    self.file = file
    self.kind = kind
    bodies = ODSBodies(file, kind: kind)
  }

  package var lineCount: Int { file.lineCount }
  package var rejects: [Reject] { file.rejects }
  package var doubts: [String] { file.doubts }
  package var latestDay: Day? { file.latestDay }
  package var title: String { "Organisation Data Service, file of \(bodies.category.rawValue)" }

  package var stem: String {
    switch bodies.category {
    case .commissioners: "eccg"
    case .practices: "epraccur"
    case .trusts: "etr"
    case .other: kind ?? "bodies"
    }
  }

  package func reconcile(with reconciler: inout Reconciler, _ registry: Registry, _ options: ImportOptions) -> [String]
  {
    bodies.reconcile(with: &reconciler, createMissing: options.createsMissing)
    let counts = bodies.rowsOfKind.map { "\($0.count) \($0.kind)" }.joined(separator: ", ")
    return [counts] + (file.trimmedFields > 0 ? ["blanks were cut from \(file.trimmedFields) fields"] : [])
  }
}

extension ODSMembership: SourceContents {
  package var stem: String { "epcmem" }
  package var title: String { "Organisation Data Service, file of memberships (epcmem)" }

  package func reconcile(with reconciler: inout Reconciler, _ registry: Registry, _ options: ImportOptions) -> [String]
  {
    reconcile(with: &reconciler, createMissing: options.createsMissing)
    return []
  }
}

extension ODSSuccession: SourceContents {
  package var stem: String { "succ" }
  package var title: String { "Organisation Data Service, file of successions (succ)" }

  package func reconcile(
    with reconciler: inout Reconciler, _ registry: Registry, _ options: ImportOptions
  ) throws -> [String] {
    reconcile(with: &reconciler, known: try KnownSuccessions(registry), createMissing: options.createsMissing)
    let figures = figures
    return [
      "\(figures.toThemselves) rows of a code to itself, \(figures.withSeveralSuccessors) codes with several "
        + "successors, \(figures.withSeveralPredecessors) with several predecessors"
    ]
  }
}

/// A file that is read as a stream. This is a class because such a file cannot be copied.
package final class RegisterContents: SourceContents {
  private var file: ODSXMLFile
  private var register = ODSRegister()

  package init(_ file: consuming ODSXMLFile) { self.file = file }

  package var lineCount: Int { register.lineCount }
  package var rejects: [Reject] { register.rejects }
  package var passedOverCount: Int { register.passedOverCount }
  package var latestDay: Day? { file.manifest.publicationDate }
  package var stem: String { "register" }
  package var title: String { "Organisation Data Service, reference data (HSCOrgRefData)" }

  package func reconcile(
    with reconciler: inout Reconciler, _ registry: Registry, _ options: ImportOptions
  ) throws -> [String] {
    try register.reconcile(&file, with: &reconciler, known: try KnownSuccessions(registry))
  }
}
