import RegistryFormats
import Foundation
import RegistryStorage
import RegistryTestSupport
import Testing

@testable import ODS

/// The record of a code, and its shapes in the ORD API and in FHIR.
@Suite struct ODSRecordTests {
  private let registry: Registry

  init() throws { registry = try .odsCountry() }

  private func records(kind: String? = nil, on text: String = "2025-04-01") throws -> ODSRecords {
    try ODSRecords(registry, kind: kind, on: try day(text))
  }

  private func record(_ code: String, on text: String = "2025-04-01") throws -> ODSRecord {
    let records = try records(on: text)
    let entry = try #require(records.entries.first { $0.code == code })
    return try #require(records.record(entry))
  }

  // MARK: Records

  @Test func `A group and the location that took its code are one record`() throws {
    let record = try record("00L")
    #expect(record.name == "NHS NORTH EAST - 00L")
    #expect(record.dates.legal == Period(try day("2013-04-01"), nil))
    #expect(record.roles.map(\.role.id) == ["RO98", "RO319"])
    #expect(record.roles.map(\.isPrimary) == [true, false])
    #expect(record.roles[1].dates.operational == Period(try day("2022-07-01"), nil))
    #expect(record.relationships.map { "\($0.id) \($0.target.code)" } == ["RE5 QHM"])
    // A body that keeps its code in a new form succeeds nobody.
    #expect(record.successions.isEmpty)
  }

  @Test func `Care trusts have one primary role`() throws {
    let record = try record("5P5")
    #expect(record.roles.map(\.role.id) == ["RO107"])
    #expect(record.dates.legal == Period(try day("2000-04-01"), try day("2013-04-01")))
  }

  @Test func `Successions are told from both sides, and whether they go on`() throws {
    #expect(
      try record("16C").successions.map { "\($0.isForward ? "to" : "from") \($0.target.code) \($0.day)" }
        == ["from 00C 2020-04-01", "from 00D 2020-04-01"])
    let forward = try #require(try record("00C").successions.first)
    #expect(forward.isForward && forward.target.code == "16C" && forward.target.primaryRole == "RO98")
    #expect(forward.goesOn)
    #expect(try record("00C", on: "2021-04-01").successions.map(\.goesOn) == [false])
  }

  @Test func `Who commissions a practice goes on under the code of the body that follows`() throws {
    #expect(
      try record("A81001").relationships.map {
        "\($0.id) \($0.target.code) \($0.period.start) \($0.period.end?.description ?? "")"
      }
        == ["RE4 00C 2013-04-01 2020-04-01", "RE4 16C 2020-04-01 "])
  }

  @Test func `Only bodies of a kind with a role have records`() throws {
    #expect(try records().count == 10)
    #expect(try records(kind: "gp-practice").count == 2)
    #expect(try records(kind: "charity").count == 0)
    #expect(try !records().hasRecord("E0001"))
    #expect(try records(on: "2016-04-01").hasRecord("00C"))
    #expect(try !records(on: "2016-04-01").hasRecord("16C"))
  }

  // MARK: Shapes

  @Test func `The ORD shape of a code`() throws {
    let written = try text { try ORDExport(try records()).write("00C", to: $0) }
    #expect(
      written == """
        {
          "Organisation": {
            "Name": "NHS DARLINGTON CCG",
            "Date": [
              {
                "Type": "Legal",
                "Start": "2013-04-01",
                "End": "2020-03-31"
              }
            ],
            "OrgId": {
              "root": "2.16.840.1.113883.2.1.3.2.4.18.48",
              "assigningAuthorityName": "HSCIC",
              "extension": "00C"
            },
            "Status": "Inactive",
            "LastChangeDate": "2026-01-01",
            "orgRecordClass": "RC1",
            "Roles": {
              "Role": [
                {
                  "id": "RO98",
                  "primaryRole": true,
                  "Date": [
                    {
                      "Type": "Legal",
                      "Start": "2013-04-01",
                      "End": "2020-03-31"
                    }
                  ],
                  "Status": "Inactive"
                }
              ]
            },
            "Succs": {
              "Succ": [
                {
                  "Date": [
                    {
                      "Type": "Legal",
                      "Start": "2020-04-01"
                    }
                  ],
                  "Type": "Successor",
                  "Target": {
                    "OrgId": {
                      "root": "2.16.840.1.113883.2.1.3.2.4.18.48",
                      "assigningAuthorityName": "HSCIC",
                      "extension": "16C"
                    },
                    "PrimaryRoleId": {
                      "id": "RO98"
                    }
                  },
                  "forwardSuccession": true
                }
              ]
            }
          }
        }

        """)
  }

  @Test func `All records are written one a line, or one a file`() throws {
    let lines = try text { try ORDExport(try records()).writeAll(to: $0) }.split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines.allSatisfy { $0.hasPrefix("{\"Organisation\":{") && $0.hasSuffix("}}") })
    #expect(try text { try ORDExport(try records()).write("E0001", to: $0) } == "")
  }

  @Test func `The FHIR shape of a practice and of who commissions it`() throws {
    let export = FHIRExport(try records(kind: "gp-practice"), try Edition(registry))
    var counts = (organizations: 0, affiliations: 0)
    let written = try text { counts = try export.write(to: $0) }
    #expect(counts.organizations == 2 && counts.affiliations == 3)
    #expect(
      written.hasPrefix(
        """
        {
          "resourceType": "Bundle",
          "id": "organisation-register-revision-1",
          "meta": {
            "lastUpdated": "2026-01-01T12:00:00Z"
          },
          "type": "collection",
          "entry": [
            {
              "resource": {
                "resourceType": "Organization",
                "id": "A81001",

        """))
    for role in ["RO177", "RO76"] { #expect(written.components(separatedBy: "\"code\": \"\(role)\"").count == 3) }
    #expect(
      written.contains(
        """
                "resourceType": "OrganizationAffiliation",
                "active": true,
                "period": {
                  "start": "2020-04-01"
                },
                "organization": {
                  "identifier": {
                    "system": "https://fhir.nhs.uk/Id/ods-organization-code",
                    "value": "A81001"
                  }
                },
                "participatingOrganization": {
                  "identifier": {
                    "system": "https://fhir.nhs.uk/Id/ods-organization-code",
                    "value": "16C"
                  }
                },
                "code": [
                  {
                    "coding": [
                      {
                        "code": "RE4",
                        "display": "IS COMMISSIONED BY"
                      }
                    ]
                  }
                ]
              }
            },

        """))
  }
}
