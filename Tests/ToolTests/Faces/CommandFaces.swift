import RegistryStorage
import RegistryTestSupport
import Testing

/// The commands that say where bodies lie, each as a face.
struct CommandFaces {
  let bench: Workbench
  /// What the engine says of the bodies that are asked about.
  let answers: () -> [String: FaceParts]

  private var codes: [String] { answers().keys.sorted() }

  var all: [Face] { [crosswalk, export, byPeriod, restate, lint, successions] }

  /// - Returns: nil if the question is refused, which is right only if nothing lies in a body.
  private func run(_ words: [String]) throws -> Run? {
    let run = try bench.orgreg(words)
    if run.status == 2 {
      let isMapped = answers().values.contains { $0.isMapped }
      try #require(!isMapped, "\(run)")
      return nil
    }
    // A gap is told by the exit status.
    try #require(run.status <= 1, "\(run)")
    return run
  }

  private var crosswalk: Face {
    Face("crosswalk", [.elsewhere, .amounts, .whatStays]) { question in
      let words = ["crosswalk", "--from", "\(question.from)", "--kind", question.kind, "--format", "csv"]
      return try run(words + question.options).map { FaceParts.read(try csvRecords($0.stdout)) }
    }
  }

  private func exported(_ question: FaceQuestion) throws -> String? {
    try run(["export", "crosswalk", "--from", "\(question.from)", "--kind", question.kind] + question.options)?.stdout
  }

  private var export: Face {
    Face("export crosswalk", [.elsewhere, .amounts, .whatStays]) { question in
      try exported(question).map { FaceParts.read(try csvRecords($0)) }
    }
  }

  private var byPeriod: Face {
    Face("export crosswalk --by-period", [.elsewhere, .amounts, .whatStays]) { question in
      let words = ["export", "crosswalk", "--by-period", "--kind", question.kind]
      return try run(words + question.options).map { FaceParts.read(try csvRecords($0.stdout), on: question.from) }
    }
  }

  private var restate: Face {
    Face("restate", [.whatStays]) { question in
      let codes = codes
      try bench.write(FaceParts.millions(of: codes), to: "million.csv")
      let words = ["restate", "million.csv", "--code", "code", "--as-at", "\(question.from)", "--sum", "n"]
      return try run(words + question.options).map {
        FaceParts.read(millions: try csvRecords($0.stdout), of: codes)
      }
    }
  }

  /// A file made of the answers has no finding. It repeats them, so it counts as the same answer.
  private var lint: Face {
    Face("lint crosswalk", [.whatStays]) { question in
      // A named basis and spread shares are known by bodies with several parts, which a file may lack.
      guard question.bases == nil, !question.isSpread, let file = try exported(question) else { return nil }
      let answer = FaceParts.read(try csvRecords(file))
      // Blanks alone do not say which kind was asked for.
      guard answer.values.contains(where: \.isMapped) else { return nil }
      try bench.write(file, to: "answer.csv")
      let found = try run([
        "lint", "crosswalk", "answer.csv", "--from-column", "from_code", "--to-column", "to_code", "--share-column",
        "share", "--from", "\(question.from)", "--to", "\(question.to)", "--format", "csv",
      ])
      return found?.lines.count == 1 ? answer : [found?.stdout ?? "": FaceParts()]
    }
  }

  /// The successions of a day are the shares from the day before. What stayed, and what is not known, is not listed.
  private var successions: Face {
    Face("successions", []) { question in
      guard question.from.next == question.to, question.toKind == nil, question.bases == nil else { return nil }
      let links = try csvRecords(
        run(["successions", "--from", "\(question.to)", "--to", "\(question.to)", "--format", "csv"])?.stdout ?? "")
      let codes = Set(codes)
      var found: [String: FaceParts] = [:]
      for link in links where codes.contains(link["predecessor"] ?? "") {
        guard let share = link["share"].flatMap(Double.init), share > 0 else { continue }
        found[link["predecessor"] ?? "", default: FaceParts()].add("mapped", link["successor"] ?? "", share)
      }
      return found
    }
  }
}
