import Foundation
import Testing

/// Records in the shapes of the programming interfaces of the Organisation Data Service.
@Suite struct RecordExportTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private typealias Object = [String: Any]

  private func object(_ text: String) throws -> Object {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object)
  }

  /// A real answer, without the lines of the protocol before it.
  private func answer(_ name: String) throws -> String {
    let text = try RealFiles.text(name)
    return String(text[try #require(text.firstIndex(of: "{"))...])
  }

  // MARK: ORD

  /// The numbers that the service itself gives, and addresses.
  private static let lackingInORD: Set<String> = [
    "/Organisation/GeoLoc", "/Organisation/Roles/Role/uniqueRoleId", "/Organisation/Rels/Rel/uniqueRelId",
    "/Organisation/Rels/Rel/Target/PrimaryRoleId/uniqueRoleId", "/Organisation/Succs/Succ/uniqueSuccId",
    "/Organisation/Succs/Succ/Target/PrimaryRoleId/uniqueRoleId",
  ]

  @Test(.enabled(if: RealFiles.areThere, "the folder ../shared is not there"))
  func `Every record has the shape of the real ones`() throws {
    var real = JSONShape()
    for name in [
      "organisation_97T_hub.json", "organisation_RJY_refonly.json", "organisation_RVVKC_site.json",
      "organisation_RWR_trust.json", "organisation_find_success_response.txt",
    ] {
      try real.add(answer("ord/\(name)"))
    }
    let run = try bench.orgreg("export", "ord-json", "--on", "2026-06-01")
    expectDone(run)
    #expect(run.lines.count == 920)
    var ours = JSONShape()
    for line in run.lines { try ours.add(line) }
    // The register has no name for some bodies.
    let lacking = Self.lackingInORD.union(["/Organisation/Name"])
    #expect(
      ours.differences(
        from: real, documented: ["/Organisation/Succs/Succ/forwardSuccession"], lacking: lacking) == [])
  }

  private func record(_ text: String) throws -> Object { try #require(try object(text)["Organisation"] as? Object) }

  private func parts(_ record: Object, _ group: String, _ name: String) -> [Object] {
    (record[group] as? Object)?[name] as? [Object] ?? []
  }

  private func target(_ part: Object) -> String {
    ((part["Target"] as? Object)?["OrgId"] as? Object)?["extension"] as? String ?? ""
  }

  @Test(.enabled(if: RealFiles.areThere, "the folder ../shared is not there"))
  func `A record says what the real one says`() throws {
    let real = try record(try answer("ord/organisation_97T_hub.json"))
    let ours = try record(try bench.orgreg("export", "ord-json", "97t", "--on", "2021-01-01").stdout)
    for name in ["Name", "Status", "orgRecordClass"] { #expect(ours[name] as? String == real[name] as? String) }
    #expect(ours["OrgId"] as? [String: String] == real["OrgId"] as? [String: String])
    func roles(_ record: Object) -> [String] {
      parts(record, "Roles", "Role").map { "\($0["id"] ?? "") \($0["primaryRole"] ?? "")" }.sorted()
    }
    #expect(roles(ours) == roles(real))
    func links(_ record: Object) -> [String] {
      parts(record, "Succs", "Succ").map {
        "\($0["Type"] ?? "") \(target($0)) \(($0["Date"] as? [Object])?.count ?? 0)"
      }
      .sorted()
    }
    #expect(links(ours) == links(real) && links(ours).count == 2)
  }

  @Test func `One record is all bodies that had the code`() throws {
    let run = try bench.orgreg("export", "ord-json", "00L", "--on", "2026-06-01")
    expectDone(run)
    let location = try record(run.stdout)
    #expect(location["Name"] as? String == "NHS NORTH EAST AND NORTH CUMBRIA ICB - 00L")
    #expect(location["Status"] as? String == "Active")
    #expect(location["Date"] as? [[String: String]] == [["Type": "Legal", "Start": "2013-04-01"]])
    #expect(parts(location, "Roles", "Role").map { $0["id"] as? String } == ["RO98", "RO319"])
    #expect(parts(location, "Rels", "Rel").map(target) == ["Q49", "Q74", "QHM"])
    #expect(parts(location, "Succs", "Succ").map(target) == ["QHM"])
    let group = try record(try bench.orgreg("export", "ord-json", "ccg-00L", "--on", "2016-04-01").stdout)
    #expect(group["Name"] as? String == "NHS NORTHUMBERLAND CCG")
    #expect(parts(group, "Roles", "Role").count == 1 && parts(group, "Succs", "Succ").isEmpty)
    #expect(parts(group, "Rels", "Rel").map { $0["Status"] as? String } == ["Inactive", "Active"])
    let ended = try record(try bench.orgreg("export", "ord-json", "10G", "--on", "2026-06-01").stdout)
    #expect(ended["Status"] as? String == "Inactive")
    let forward = try #require(parts(ended, "Succs", "Succ").first)
    #expect(target(forward) == "15D" && forward["Type"] as? String == "Successor")
    #expect(forward["forwardSuccession"] as? Bool == true)
    let early = try record(try bench.orgreg("export", "ord-json", "13T", "--on", "2026-06-01").stdout)
    #expect(
      early["Date"] as? [[String: String]] == [
        ["Type": "Operational", "Start": "2014-11-26"], ["Type": "Legal", "Start": "2015-04-01"],
      ])
    let trust = try record(try bench.orgreg("export", "ord-json", "TAL", "--on", "2026-06-01").stdout)
    #expect(parts(trust, "Roles", "Role").map { $0["id"] as? String } == ["RO107"])
  }

  @Test func `A record is active until both of its dates have passed`() throws {
    expectDone(try bench.orgreg("init", "--empty"))
    expectDone(try bench.orgreg("apply", "\(Workbench.package)/Seeds/00-vocabulary.csv", "--yes"))
    try bench.write(
      """
      record,key,organisation,timeline,scheme,kind,value,from,to
      organisation,site,,,,,,,
      life,,site,legal,,,,2002-04-01,2013-03-31
      life,,site,operational,,,,2002-01-23,
      code,,site,,ods,,5N4,2002-04-01,
      role,,site,,,pct,,2002-04-01,2013-03-31
      name,,site,,ods,,Knowsley,2002-04-01,2013-03-31

      """, to: "site.csv")
    expectDone(try bench.orgreg("apply", "site.csv", "--yes"))
    let site = try record(try bench.orgreg("export", "ord-json", "5N4", "--on", "2014-01-01").stdout)
    #expect(
      site["Date"] as? [[String: String]] == [
        ["Type": "Operational", "Start": "2002-01-23"],
        ["Type": "Legal", "Start": "2002-04-01", "End": "2013-03-31"],
      ])
    #expect(site["Status"] as? String == "Active")
    #expect(parts(site, "Roles", "Role").map { $0["id"] as? String } == ["RO179"])
  }

  @Test func `A folder has a file for each record of the stream`() throws {
    expectDone(try bench.orgreg("export", "ord-json", "--kind", "icb", "--on", "2026-06-01", "--folder", "boards"))
    let files = try FileManager.default.contentsOfDirectory(atPath: bench.path("boards")).sorted()
    let stream = try bench.orgreg("export", "ord-json", "--kind", "icb", "--on", "2026-06-01")
    expectDone(stream)
    #expect(files.count == 48 && stream.lines.count == 48 && files.contains("QHM.json"))
    for (file, line) in zip(files, stream.lines) {
      #expect(try object(bench.text("boards/\(file)")) as NSDictionary == object(line) as NSDictionary, "\(file)")
    }
    let day = ["--on", "2026-06-01"]
    expectDone(try bench.orgreg(["export", "ord-json", "--kind", "icb", "--output", "boards.jsonl"] + day))
    #expect(try bench.text("boards.jsonl") == stream.stdout)
    #expect(try bench.text("boards/QHM.json") == bench.orgreg(["export", "ord-json", "QHM"] + day).stdout)
  }

  // MARK: FHIR

  private func resources(_ bundle: Object, _ type: String) throws -> [Object] {
    try #require(bundle["entry"] as? [Object]).compactMap { $0["resource"] as? Object }
      .filter { $0["resourceType"] as? String == type }
  }

  @Test(.enabled(if: RealFiles.areThere, "the folder ../shared is not there"))
  func `Every organization has the shape of the real ones`() throws {
    var real = JSONShape()
    for name in ["organisation_sync_success_response.txt", "search_success_response.txt"] {
      try real.add(answer("fhir/\(name)"))
    }
    let run = try bench.orgreg("export", "fhir", "--on", "2026-06-01")
    expectDone(run)
    var bundle = try object(run.stdout)
    bundle["entry"] = try resources(bundle, "Organization").map { ["resource": $0] }
    var ours = JSONShape()
    ours.add(bundle, at: "")
    // These are what a search adds, the address of the service, postal addresses, and names, which some bodies lack.
    let lacking: Set<String> = [
      "/link", "/entry/fullUrl", "/entry/search", "/entry/resource/meta", "/entry/resource/address",
      "/entry/resource/name",
    ]
    let unnamed: Set<String> = ["/entry/resource/extension/extension/valueCodeableConcept/coding/display"]
    #expect(ours.differences(from: real, lacking: lacking.union(unnamed)) == [])

    let all = try resources(object(answer("fhir/organisation_sync_success_response.txt")), "Organization")
    for theirs in all where ["11M", "36L", "72Q"].contains(theirs["id"] as? String) {
      let own = try #require(
        try resources(bundle, "Organization").first { $0["id"] as? String == theirs["id"] as? String })
      for name in ["name", "active"] { #expect("\(own[name] ?? "")" == "\(theirs[name] ?? "")") }
      #expect(own["identifier"] as? NSArray == theirs["identifier"] as? NSArray)
      #expect(own["type"] as? NSArray == theirs["type"] as? NSArray)
      let roles = Self.roles(theirs).filter { !$0.hasPrefix("RO326") }
      #expect(Self.roles(own) == roles, "\(own["id"] ?? "")")
    }
  }

  /// The id and name of each role, sorted.
  private static func roles(_ organization: Object) -> [String] {
    let extensions = organization["extension"] as? [Object] ?? []
    return extensions.flatMap { $0["extension"] as? [Object] ?? [] }
      .compactMap { ($0["valueCodeableConcept"] as? Object)?["coding"] as? [[String: String]] }
      .flatMap { $0 }.map { "\($0["code"] ?? "") \($0["display"] ?? "")" }.sorted()
  }

  @Test func `A bundle has the bodies and how they stand to each other`() throws {
    let run = try bench.orgreg("export", "fhir", "--kind", "ccg", "--on", "2016-04-01", "--output", "groups.json")
    expectDone(run)
    #expect(run.stdout.isEmpty && run.stderr.contains("groups.json: 212 organizations"), "\(run)")
    let bundle = try object(try bench.text("groups.json"))
    #expect(bundle["resourceType"] as? String == "Bundle" && bundle["type"] as? String == "collection")
    #expect(bundle["id"] as? String == "organisation-register-revision-1")
    let groups = try resources(bundle, "Organization")
    #expect(groups.count == 212)
    #expect(groups.count { $0["active"] as? Bool == true } == 209)
    let affiliations = try resources(bundle, "OrganizationAffiliation")
    let codes = Set(groups.compactMap { $0["id"] as? String })
    #expect(affiliations.count >= 209)
    for affiliation in affiliations {
      #expect(
        Set(affiliation.keys) == [
          "resourceType", "active", "period", "organization", "participatingOrganization", "code",
        ])
      let lower = (affiliation["organization"] as? [String: [String: String]])?["identifier"]
      #expect(lower?["system"] == "https://fhir.nhs.uk/Id/ods-organization-code")
      #expect(codes.contains(lower?["value"] ?? ""))
    }
    let northumberland = affiliations.filter {
      ($0["organization"] as? [String: [String: String]])?["identifier"]?["value"] == "00L"
    }
    #expect(northumberland.count == 2)
    let upper = northumberland.last?["participatingOrganization"] as? [String: [String: String]]
    #expect(upper?["identifier"]?["value"] == "Q74")
    #expect(northumberland.last?["period"] as? [String: String] == ["start": "2015-04-01"])
  }

  // MARK: Both

  @Test func `The same register gives the same bytes`() throws {
    for form in ["ord-json", "fhir"] {
      let first = try bench.orgreg("export", form, "--on", "2026-06-01")
      #expect(try bench.orgreg("export", form, "--on", "2026-06-01").stdout == first.stdout)
    }
  }

  @Test func `What is not there is refused, and nothing is left`() throws {
    try bench.write("mine", to: "file")
    let before = try bench.listing()
    expectRefused(try bench.orgreg("export", "ord-json", "ZZZ9", "--output", "x.json"), "unknown code 'ZZZ9'")
    expectRefused(
      try bench.orgreg("export", "ord-json", "stp-E54000001"), "'stp-E54000001' has no ODS code by",
      "nothing was written")
    expectRefused(
      try bench.orgreg("export", "ord-json", "QRL", "--on", "2013-04-01"), "'QRL' has no ODS code by 2013-04-01")
    expectRefused(try bench.orgreg("export", "ord-json", "--folder", "file"), "cannot create file")
    expectRefused(try bench.orgreg("export", "ord-json", "--folder", "no/such"), "no/such")
    expectUsage(try bench.orgreg("export", "ord-json", "--folder", "a", "--output", "b"), "exclude each other")
    expectUsage(try bench.orgreg("export", "ord-json", "00L", "--kind", "ccg"), "a code names one record")
    expectUsage(try bench.orgreg("export", "fhir", "--on", "2020-13-01"), "no month 13")
    expectRefused(try bench.orgreg("export", "fhir", "--kind", "town", "--output", "x.json"), "unknown kind 'town'")
    expectRefused(
      try bench.orgreg("export", "fhir", "--kind", "nhs-trust", "--output", "x.json"),
      "no body of the kind nhs-trust has an ODS code by")
    expectRefused(try bench.orgreg("export", "fhir", "--output", "no/such.json"), "no/such.json")
    #expect(try bench.listing() == before)
  }
}
