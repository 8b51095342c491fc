@testable import RegistryStorage
import RegistryTestSupport
import Testing

/// What `check` finds in a register that was written without `record`.
extension RuleTests {
  @Test func `Check is silent on a sound register`() throws {
    #expect(try register(vocabulary, lawfulWorld).check() == [])
  }

  /// Each statement corrupts a register. Some drop the trigger that would stop them.
  static let corruptions: [(rule: String, sql: String)] = [
    (
      "code-means-one-organisation",
      """
      DROP TRIGGER code_means_one_organisation;
      INSERT INTO code (key, organisation_id, scheme_id, value, valid_from, from_status, to_status, opened_in)
      SELECT 'copy', board.id, scheme_id, '00A', '2003-01-01', 'stated', 'stated', 2
      FROM code, organisation AS board WHERE board.key = 'board' LIMIT 1;
      """
    ),
    (
      "name-does-not-overlap",
      """
      DROP TRIGGER name_does_not_overlap;
      INSERT INTO name (key, organisation_id, scheme_id, value, valid_from, valid_to, from_status, to_status, opened_in)
      SELECT 'copy', organisation_id, scheme_id, 'X', '2003-01-01', '2004-01-01', 'stated', 'stated', 2 FROM name;
      """
    ),
    (
      "life-does-not-overlap",
      """
      DROP TRIGGER life_does_not_overlap;
      INSERT INTO life (key, organisation_id, timeline, valid_from, valid_to, from_status, to_status, opened_in)
      SELECT 'copy', id, 'legal', '2003-01-01', '2004-01-01', 'stated', 'stated', 2 FROM organisation WHERE key = 'a';
      """
    ),
    (
      "role-excludes-others",
      """
      DROP TRIGGER role_excludes_others;
      INSERT INTO role (key, organisation_id, kind_id, valid_from, valid_to, from_status, to_status, opened_in)
      SELECT 'copy', organisation.id, kind.id, '2003-01-01', '2004-01-01', 'stated', 'stated', 2
      FROM organisation, kind WHERE organisation.key = 'a' AND kind.key = 'trust';
      """
    ),
    (
      "relationship-does-not-overlap",
      """
      DROP TRIGGER relationship_does_not_overlap;
      INSERT INTO relationship
        (key, organisation_id, kind_id, superior_id, valid_from, valid_to, from_status, to_status, opened_in)
      SELECT 'copy', organisation_id, kind_id, superior_id, '2003-01-01', '2004-01-01', 'stated', 'stated', 2
      FROM relationship;
      """
    ),
    (
      "appointment-does-not-overlap",
      """
      DROP TRIGGER appointment_does_not_overlap;
      INSERT INTO appointment
        (key, organisation_id, seat_id, nature, valid_from, valid_to, from_status, to_status, opened_in)
      SELECT 'copy', organisation_id, seat_id, 'held', '2003-01-01', '2004-01-01', 'stated', 'stated', 2
      FROM appointment JOIN seat ON seat.id = seat_id WHERE is_single;
      """
    ),
    (
      "constitution-does-not-overlap",
      """
      DROP TRIGGER constitution_does_not_overlap;
      INSERT INTO constitution
        (key, organisation_id, version, valid_from, valid_to, from_status, to_status, opened_in)
      SELECT 'copy', organisation_id, 'X', '2003-01-01', '2004-01-01', 'stated', 'stated', 2 FROM constitution;
      """
    ),
    (
      "identifier-means-one-organisation",
      """
      DROP TRIGGER identifier_means_one_organisation;
      INSERT INTO identifier
        (key, organisation_id, register, value, valid_from, valid_to, from_status, to_status, opened_in)
      SELECT 'copy', organisation_id, register, value, '2003-01-01', '2004-01-01', 'stated', 'stated', 2 FROM identifier;
      """
    ),
    (
      "fact-inside-life",
      """
      DROP TRIGGER name_is_never_rewritten;
      UPDATE name SET valid_from = '1999-01-01', from_event_id = NULL;
      """
    ),
    (
      "event-dates-its-facts",
      """
      DROP TRIGGER name_is_never_rewritten;
      UPDATE name SET valid_from = date(valid_from, '+1 day') WHERE from_event_id IS NOT NULL;
      """
    ),
    ("placements-equal-a-replay", "DELETE FROM placement WHERE valid_from = '2010-04-01';"),
    ("placements-equal-a-replay", "UPDATE parcel_amount SET amount = amount + 1;"),
    ("placements-equal-a-replay", "INSERT INTO piece (parcel_id) SELECT id FROM parcel WHERE key = 'P1';"),
    (
      "placements-equal-a-replay",
      "INSERT INTO piece_division SELECT piece.id, change_event.id FROM piece, change_event;"
    ),
    (
      "references",
      """
      PRAGMA foreign_keys = OFF;
      DROP TRIGGER name_is_never_rewritten;
      UPDATE name SET source_id = 999;
      """
    ),
    (
      "responsibility-does-not-overlap",
      """
      DROP TRIGGER responsibility_does_not_overlap;
      INSERT INTO responsibility
        (key, kind_id, service_id, nature, valid_from, valid_to, from_status, to_status, opened_in)
      SELECT 'copy', kind_id, service_id, 'sole', '2003-01-01', '2004-01-01', 'stated', 'stated', 2
      FROM responsibility;
      """
    ),
  ]

  @Test(arguments: corruptions) func `Check finds what was corrupted by other means`(rule: String, sql: String) throws {
    let registry = try register(vocabulary, lawfulWorld)
    try registry.database.execute(sql)
    let problems = try registry.check()
    #expect(Set(problems.map(\.rule)) == [rule], "\(problems)")
  }
}
