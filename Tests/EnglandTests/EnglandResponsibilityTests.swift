import RegistryFormats
import RegistryStorage
import RegistryReporting
import RegistryTestSupport
import Testing

/// Who commissions what in England, by kind, by body, and by practice.
@Suite struct EnglandResponsibilityTests {
  /// Code, kind and nature of those who commission a service for the people of a body or practice.
  private func commissioners(_ service: String, on text: String, for reference: String?) throws -> [String] {
    let registry = try England.open()
    let day = try #require(Day(text))
    let services = try registry.services().filter { $0.key == service }
    #expect(services.count == 1, "\(service)")
    let bodies = try reference.map { reference in
      let named = try registry.organisations(named: reference, on: day)
      return named.isEmpty ? try registry.bodies(ofUnit: reference, on: day) : named
    }
    #expect(bodies?.isEmpty != true, "\(reference ?? "")")
    let report = try CommissionersReport(services, on: day, for: bodies, of: registry)
    #expect(report.gaps.isEmpty == !report.table.rows.isEmpty)
    return report.table.rows.map { [$0[1] ?? "-", $0[3] ?? "-", $0[4] ?? "-"].joined(separator: " ") }
  }

  @Test(arguments: [
    ("obesity-tier-3", "2012-05-01", "- pct sole"), ("obesity-tier-3", "2016-05-01", "- ccg sole"),
    ("obesity-tier-3", "2022-06-30", "- ccg sole"), ("obesity-tier-3", "2022-07-01", "- icb sole"),
    ("specialised-services", "2016-05-01", "- nhs-england sole"),
    ("specialised-services", "2023-05-01", "- nhs-england sole"),
    ("specialised-services", "2024-04-01", "- nhs-england varies"),
    ("general-practice", "2012-05-01", "- pct sole"), ("general-practice", "2015-03-31", "- nhs-england sole"),
    ("general-practice", "2016-05-01", "- nhs-england varies"), ("general-practice", "2021-04-01", "- ccg delegated"),
    ("general-practice", "2024-05-01", "- icb delegated"),
    ("pharmacy", "2022-06-30", "- nhs-england sole"), ("pharmacy", "2022-07-01", "- nhs-england varies"),
    ("pharmacy", "2023-04-01", "- icb delegated"),
    ("unregistered-residents", "2019-05-01", "- ccg sole"), ("payment", "2019-05-01", "- ccg sole"),
    ("health-improvement", "2019-05-01", "- local-authority sole"),
    ("support-contracting", "2019-05-01", "- csu delegated"),
    ("health-checks", "2016-05-01", "- local-authority sole"),
    ("weight-management-tier-2", "2016-05-01", "- local-authority sole"),
    ("under-fives", "2015-09-30", "- nhs-england sole"), ("under-fives", "2015-10-01", "- local-authority sole"),
  ]) func `Kinds of bodies commission`(service: String, day: String, expected: String) throws {
    #expect(try commissioners(service, on: day, for: nil) == [expected])
  }

  @Test(arguments: [
    ("obesity-tier-3", "2016-05-01", "00L", ["00L ccg sole"]),
    ("obesity-tier-3", "2023-05-01", "00L", ["QHM icb sole"]),
    // A practice in Stockton, with its trust, its group and its board.
    ("obesity-tier-3", "2012-05-01", "A81001", ["5E1 pct sole"]),
    ("obesity-tier-3", "2016-05-01", "A81001", ["00K ccg sole"]),
    ("obesity-tier-3", "2023-05-01", "A81001", ["QHM icb sole"]),
    ("health-checks", "2016-05-01", "A81001", ["E06000001 local-authority sole", "E06000004 local-authority sole"]),
    ("health-checks", "2016-05-01", "00L", ["E06000057 local-authority sole"]),
    ("obesity-tier-3", "2016-05-01", "E06000057", ["00L ccg sole"]),
    ("specialised-services", "2016-05-01", "00L", ["nhs-england nhs-england sole"]),
    // Its code is known from 2020 on. A board lies in a region, which is a part of it.
    ("specialised-services", "2023-05-01", "QHM", ["X24 nhs-england sole"]),
    // Nothing says how local authorities stand to it.
    ("specialised-services", "2016-05-01", "E06000057", ["- nhs-england sole"]),
    // Sources name some groups that took over general practice from NHS England.
    ("general-practice", "2015-03-31", "02W", ["nhs-england nhs-england sole"]),
    ("general-practice", "2015-04-01", "02W", ["02W ccg delegated"]),
    ("general-practice", "2016-03-31", "02X", ["- - varies"]),
    ("general-practice", "2016-05-01", "02X", ["02X ccg delegated"]),
    ("general-practice", "2016-05-01", "05A", ["- - varies"]),
    ("general-practice", "2021-05-01", "00L", ["00L ccg delegated"]),
    ("general-practice", "2024-05-01", "00L", ["QHM icb delegated"]),
    // Nobody knows which authorities lie in a board of 2022.
    ("health-checks", "2023-05-01", "QHM", ["- local-authority sole"]),
  ]) func `Bodies commission for their people`(service: String, day: String, body: String, expected: [String]) throws {
    #expect(try commissioners(service, on: day, for: body) == expected)
  }

  @Test(arguments: [("health-checks", "2012-05-01"), ("specialised-services", "2013-03-31")])
  func `What no source says is a gap`(service: String, day: String) throws {
    #expect(try commissioners(service, on: day, for: nil) == [])
  }

  /// From 2013 on, every service has exactly one rule on any day, except reviews, which began in 2015.
  @Test func `Every service has one commissioner from 2013 on`() throws {
    let without = try England.open().rows(
      """
      SELECT service.key, day.value
      FROM service JOIN json_each('["2013-04-01", "2015-10-01", "2022-06-30", "2022-07-01", "2026-04-01"]') AS day
      WHERE 1 <> (
        SELECT count(*) FROM current_responsibility
        WHERE service = service.key AND for_organisation IS NULL
          AND day.value BETWEEN valid_from AND ifnull(last_day, '9999'))
      """)
    #expect(without == ["health-visitor-reviews|2013-04-01"])
  }

  private static let shared = England.shared

  /// Every dated row of the table of facts is a responsibility of this kind from that day on.
  @Test(.enabled(if: shared != nil, "the folder ../shared is not there"))
  func `The table of facts is there`() throws {
    let kinds = [
      "CCG": "ccg", "NHS England": "nhs-england", "NHS England (for the Secretary of State)": "nhs-england",
      "local authority": "local-authority", "integrated care board": "icb",
    ]
    let known = Set(try England.open().rows("SELECT DISTINCT kind, valid_from FROM current_responsibility"))
    let records = try England.reference("facts/commissioning_responsibilities.csv")
    #expect(records.count == 23)
    for record in records where record["from"] != "" {
      let kind = try #require(kinds[record["commissioner_kind"] ?? ""], "\(record)")
      #expect(known.contains("\(kind)|\(record["from"] ?? "")"), "\(record)")
    }
  }
}
