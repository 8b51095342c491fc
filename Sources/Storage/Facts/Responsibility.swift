/// Who commissions a service: all bodies of a kind, each for its own people, or one body.
package enum Commissioner: Equatable, Sendable {
  case kind(String)
  case organisation(String)
}

package enum ResponsibilityNature: String, Sendable, CaseIterable {
  case sole, joint
  /// Done for another body, which stays responsible by law.
  case delegated
  /// Not the same everywhere: the exceptions for single bodies are what is known.
  case varies
}

extension FactSchema {
  /// A sole responsibility excludes all others except delegated ones. Nobody is responsible twice.
  private static let soleResponsibility = Rivals(
    sharing: [0, 3],
    test: { one, other, _ in
      let natures = [one[4].text, other[4].text]
      let isDelegated = natures.contains(ResponsibilityNature.delegated.rawValue)
      return one[1...2] == other[1...2] || natures.contains(ResponsibilityNature.sole.rawValue) && !isDelegated
    })

  static let responsibility = FactSchema(
    "responsibility", "Who is responsible for a service: every body of a kind for its own people, or one body.",
    topic: .services, heading: "service",
    [
      FactColumn("service", .word(.service), "the service"),
      FactColumn(
        "organisation", .body(.onFirstDay), required: false, "the body that commissions. NULL if a kind does"),
      FactColumn(
        "kind", .word(.kind), required: false, "the kind of body that commissions. NULL if one body does"),
      FactColumn(
        "for", .body(.onFirstDay), field: "other", exported: "beneficiary", required: false,
        "given: an exception, only for this body and what lies in it"),
      FactColumn(
        "nature", .choice(ResponsibilityNature.self),
        "sole, joint, delegated by another who stays responsible by law, or varies from body to body"),
    ],
    owners: [1, 2],
    exclusion: Exclusion(
      rule: "responsibility-does-not-overlap", rivals: soleResponsibility, condition: "nature = 'sole'"),
    told: "'a responsibility'",
    path: { "commissions/\($0[0].word)" + ($0[3].text.map { "/\($0)" } ?? "") },
    flaw: { values in
      (values[1] == .null) == (values[2] == .null)
        ? "a responsibility needs either a 'kind' or an 'organisation': who commissions the service" : nil
    })
}

extension Change.Content {
  /// - Parameter beneficiary: the only body, with what lies in it, for which this holds. Nil if it holds everywhere.
  package static func responsibility(
    service: String, commissioner: Commissioner, beneficiary: String?, nature: ResponsibilityNature
  ) -> Self {
    let (organisation, kind): (Value, Value) =
      switch commissioner {
      case .organisation(let body): (.text(body), .null)
      case .kind(let kind): (.null, .text(kind))
      }
    return .fact(
      .responsibility, [.text(service), organisation, kind, Value(beneficiary), .text(nature.rawValue)])
  }
}
