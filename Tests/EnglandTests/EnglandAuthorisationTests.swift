import RegistryStorage
import RegistryTestSupport
import Testing

/// The groups that were proposed in 2012, and how they were authorised.
@Suite struct EnglandAuthorisationTests {
  /// 212 groups were proposed. Two of them never came to be and have no body here.
  @Test func `Proposals are measures of the groups that came to be`() throws {
    let proposals = try England.open().rows(
      """
      SELECT measure_kind.key, count(*), CAST(sum(amount) AS INTEGER), max(nature)
      FROM measure JOIN measure_kind ON measure_kind.id = kind_id
      WHERE valid_from = '2012-05-01' AND superseded_in IS NULL GROUP BY 1 ORDER BY 1
      """)
    #expect(
      proposals == [
        "practices|210|8235|-", "registered-patients|210|54535900|indicative", "running-costs|210|1317840000|-",
        "small-areas|210|32052|-",
      ])
  }

  /// The press named the smallest and the largest. The list has the same groups and nearly the same figures.
  @Test func `The smallest and the largest proposal are those that were reported`() throws {
    let registry = try England.open()
    let sizes = try registry.rows(
      """
      SELECT organisation.key, CAST(amount AS INTEGER)
      FROM measure JOIN measure_kind ON measure_kind.id = kind_id JOIN organisation ON organisation.id = organisation_id
      WHERE measure_kind.key = 'registered-patients' AND nature = 'indicative' AND superseded_in IS NULL
      ORDER BY amount
      """)
    #expect(sizes.first == "ccg-03V|67800")
    #expect(sizes.last == "ccg-99P|897600")
    let claims = try registry.claims()
    let smallest = try #require(claims.first { $0.key == "ccg-smallest-2012-05" })
    #expect(smallest.value == "68,000 people" && smallest.note?.contains("67,800 for 03V") == true)
    let largest = try #require(claims.first { $0.key == "ccg-largest-2012-05" })
    #expect(largest.value == "901,000 people" && largest.note?.contains("897,600 for 99P") == true)
  }

  @Test func `Four waves make the groups of the first day`() throws {
    let registry = try England.open()
    let waves = try registry.claims().filter { $0.key.hasPrefix("ccg-wave-") }
    let sizes = waves.compactMap { $0.value.split(separator: " ").first.flatMap { Int($0) } }
    #expect(sizes == [34, 67, 62, 48])
    let day = try #require(Day("2013-04-01"))
    #expect(try sizes.reduce(0, +) == registry.organisations(kind: "ccg", on: day).count)
  }

  /// It is known of 33 groups how their authorisation went. For 28 it was published, and for five it follows from what
  /// was published of their wave.
  @Test func `The authorisation of 33 groups is known`() throws {
    let registry = try England.open()
    let known = try registry.rows(
      """
      SELECT value, count(*), min(claimed_from), max(claim.note) FROM claim JOIN kind ON kind.id = kind_id
      WHERE superseded_in IS NULL AND organisation_id IS NOT NULL AND topic = 'authorisation' AND kind.key = 'ccg'
      GROUP BY value ORDER BY 3, 1
      """)
    #expect(
      known == [
        "authorised without conditions, wave 1|8|2012-12-10|published",
        """
        authorised with conditions, wave 1|5|2012-12-11|derived: 34 of the 35 applicants were authorised, Liverpool was \
        deferred, and this is none of the eight without conditions
        """,
        """
        deferred from wave 1: not authorised in it, for significant late changes to its arrangements; the decision is \
        left to a later wave, the fourth by one report|1|2012-12-11|published by two
        """,
        "authorised with 1 condition, wave 2|1|2013-01-01|published",
        "authorised with 13 conditions, wave 2|1|2013-01-01|published",
        "authorised with 22 conditions, wave 2|1|2013-01-01|published",
        "authorised with legal directions, wave 2|3|2013-01-01|published",
        "authorised with legal directions, wave 3|5|2013-02-01|published",
        "authorised with legal directions, wave 4|7|2013-03-01|published",
        "4 conditions remain after the review of July 2013|1|2013-07-01|published; its wave is in no source read",
        "2 conditions remain after the review of 17 January 2014|1|2014-01-17|published",
      ])
    let claims = try registry.claimsAboutBodies().filter { $0.topic == .authorisation && $0.kind == "ccg" }
    #expect(claims.count == 34 && Set(claims.map(\.organisation)).count == 33)
    #expect(claims.allSatisfy { $0.source != nil })
    let day = try #require(Day("2013-04-01"))
    let dartford = try #require(try registry.organisations(kind: "ccg", on: day).first { $0.codes["ods"] == "09J" })
    #expect(
      claims.first { $0.organisation == dartford.id }?.value == "authorised with 22 conditions, wave 2")
  }

  /// No wave has more of them than were published for it: 8 without conditions in the first, and 3, 5 and 7 with legal
  /// directions in the others.
  @Test func `Single authorisations are those of the waves`() throws {
    let registry = try England.open()
    let claims = try registry.claimsAboutBodies()
    for (wave, words, outcome) in [
      (1, "8 without conditions", "authorised without conditions"),
      (2, "3 of them", "authorised with legal directions"),
      (3, "5 of them", "authorised with legal directions"), (4, "7 of them", "authorised with legal directions"),
    ] {
      let published = try #require(try registry.claims().first { $0.key == "ccg-wave-\(wave)" })
      let own = claims.filter { $0.value == "\(outcome), wave \(wave)" }
      #expect(published.note?.contains(words) == true && words.hasPrefix("\(own.count) "))
      #expect(own.allSatisfy { $0.firstDay == published.firstDay })
    }
  }

  /// These figures do not count bodies of the register.
  @Test func `Figures that are no counts are not compared`() throws {
    let claims = try England.open().claims().filter { $0.kind == "ccg" }
    let others = claims.filter { $0.key.hasPrefix("pathfinders-") || $0.key.contains("officer") }
    #expect(others.count == 13 && others.allSatisfy { $0.amount == nil })
  }
}
