package import RegistryFormats
package import Reconcile
package import RegistryStorage

/// The XML files of the Organisation Data Service (HSCOrgRefData, version 2-0-0), as a stream of organisations.
///
/// The initialiser reads the head of the file. Then `next()` returns one organisation after the other:
///
///     var file = try ODSXMLFile(name: "HSCOrgRefData_Full.xml", source: try Files.open(path))
///     while let entry = try file.next() { ... }
///
/// Kept here:
/// 1. A file that is not of this form, or ends too early, is refused whole. Only its end shows that it ends too early:
///    when `next()` throws, the caller must keep nothing that it returned before.
/// 2. An organisation that cannot be used as a whole is a reject with its line; the others are read.
/// 3. Memory does not grow with the file. Codes and ids of roles repeat but need no interning, because a `String` holds
///    them without allocation. Whoever keeps the codes must find those that occur twice.
package struct ODSXMLFile: ~Copyable {
  /// What the file says about itself.
  package struct Manifest: Equatable, Sendable {
    /// Such as `Full`.
    package fileprivate(set) var publicationType = ""
    package fileprivate(set) var publicationDate = Day.epoch
    /// How many organisations there should be.
    package fileprivate(set) var recordCount = 0
  }

  package enum Entry: Equatable, Sendable {
    case organisation(ODSOrganisation)
    case reject(Reject)
  }

  static let namespace = "http://refdata.hscic.gov.uk/org/v2-0-0"
  private static let conceptLimit = 10_000

  package let name: String
  package private(set) var manifest = Manifest()
  /// What record classes, roles and relationships are called, by their ids, such as `RO98`.
  package private(set) var displayNames: [String: String] = [:]
  /// How many organisations have been read so far, rejects included.
  private var organisationCount = 0
  /// A sentence if there are more or fewer organisations than the manifest says. Known once `next()` has returned nil.
  package private(set) var countDifference: String?
  private var elements: ODSElements
  /// The depth of `<Organisations>`. Nil after its end.
  private var depth: Int?

  /// Reads the head of a file, up to its organisations.
  ///
  /// - Parameter name: The name used in errors and rejects.
  package init(name: String, source: any ByteSource) throws(Refusal) {
    self.name = name
    elements = ODSElements(source)
    do throws(ODSElements.Stop) {
      try readHead()
    } catch {
      throw refusal(error)
    }
  }

  /// The next organisation, or why it is not used. Nil at the end.
  package mutating func next() throws(Refusal) -> Entry? {
    guard let depth else { return nil }
    do throws(ODSElements.Stop) {
      guard try elements.nextChild(of: depth) else {
        self.depth = nil
        try elements.finish()
        if organisationCount != manifest.recordCount {
          countDifference =
            "the manifest says that there are \(manifest.recordCount) organisations, but there are "
            + "\(organisationCount): is this the whole file?"
        }
        return nil
      }
      organisationCount += 1
      return try readEntry(depth + 1)
    } catch {
      self.depth = nil
      throw refusal(error)
    }
  }

  private mutating func readEntry(_ depth: Int) throws(ODSElements.Stop) -> Entry {
    do throws(ODSElements.Stop) {
      return .organisation(try elements.organisation())
    } catch .malformed(let place, let value, let reason) {
      try elements.skip(to: depth)
      return .reject(Reject(file: name, line: place.line, column: place.column, value: value, reason: reason))
    } catch {
      throw error
    }
  }

  // MARK: The head

  private mutating func readHead() throws(ODSElements.Stop) {
    guard try elements.nextChild(of: 0), elements.name == .root else {
      throw elements.malformed(
        "",
        "the outermost element is <\(elements.spelling)>, not <\(ODSName.root.spelling)>: this is another kind of file")
    }
    guard elements.attribute(.namespace) == Self.namespace else {
      throw elements.malformed("", "this is not version 2-0-0 of HSCOrgRefData (\(Self.namespace))")
    }
    var hasManifest = false
    while try elements.nextChild(of: 1) {
      switch elements.name {
      case .manifest:
        try readManifest()
        hasManifest = true
      case .codeSystems: try readCodeSystems()
      case .organisations:
        guard hasManifest else { throw elements.malformed("", "there is no <Manifest> before the organisations") }
        depth = elements.depth
        return
      default: try elements.skipElement()
      }
    }
    throw elements.malformed("", "there are no <Organisations>")
  }

  private mutating func readManifest() throws(ODSElements.Stop) {
    let (depth, place) = (elements.depth, elements.place)
    var (date, count): (Day?, Int?)
    while try elements.nextChild(of: depth) {
      switch elements.name {
      case .publicationType: manifest.publicationType = elements.attribute(.value) ?? ""
      case .publicationDate: date = try elements.day()
      case .recordCount:
        let text = try elements.required(.value, "the record count")
        guard let number = Int(text), number >= 0 else {
          throw elements.malformed(text, "the record count '\(text)' is not a number")
        }
        count = number
      default: try elements.skipElement()
      }
    }
    guard let date else { throw elements.missing("the publication date", at: place) }
    guard let count else { throw elements.missing("the record count", at: place) }
    (manifest.publicationDate, manifest.recordCount) = (date, count)
  }

  private mutating func readCodeSystems() throws(ODSElements.Stop) {
    let depth = elements.depth
    while try elements.nextChild(of: depth) {
      guard elements.name == .codeSystem else { throw elements.unknownElement() }
      while try elements.nextChild(of: depth + 1) {
        guard elements.name == .concept else { throw elements.unknownElement() }
        let id = try elements.required(.id, "the id of a concept")
        displayNames[id] = try elements.required(.displayName, "the name of a concept")
        guard displayNames.count <= Self.conceptLimit else {
          throw elements.malformed("", "there are more than \(Self.conceptLimit) concepts")
        }
      }
    }
  }

  private func refusal(_ stop: ODSElements.Stop) -> Refusal {
    switch stop {
    case .unreadable(let error): Refusal("\(name): \(error); nothing was changed")
    case .malformed(let place, _, let reason):
      Refusal("\(name):\(place.line): \(reason); nothing was changed")
    }
  }
}
