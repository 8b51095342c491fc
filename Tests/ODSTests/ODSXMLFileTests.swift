import RegistryFormats
import ODS
import Reconcile
import RegistryStorage
import RegistryTestSupport
import Testing

/// A file with `organisations`, each on one line. The first one is on line 5.
private func document(
  _ organisations: [String],
  head: String = """
  <Manifest><PublicationType value="Full"/><PublicationDate value="2026-08-28"/><RecordCount value="COUNT"/></Manifest>
  """,
  count: Int? = nil
) -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <HSCOrgRefData:OrgRefData xmlns:HSCOrgRefData="http://refdata.hscic.gov.uk/org/v2-0-0">
  \(head.replacing("COUNT", with: "\(count ?? organisations.count)"))
  <Organisations>
  \(organisations.joined(separator: "\n"))
  </Organisations>
  </HSCOrgRefData:OrgRefData>

  """
}

private let operational = #"<Date><Type value="Operational"/><Start value="2013-04-01"/></Date>"#
private let role = #"<Roles><Role id="RO98" primaryRole="true">\#(operational)<Status value="Active"/></Role></Roles>"#
private let target = #"<Target><OrgId extension="Y54"/><PrimaryRoleId id="RO209"/></Target>"#

private func organisation(
  _ code: String = "00C", attributes: String = #"orgRecordClass="RC1""#, name: String = "<Name>NHS X</Name>",
  dates: String = operational, status: String = #"<Status value="Active"/>"#, rest: String = role
) -> String {
  #"<Organisation \#(attributes)>\#(name)\#(dates)<OrgId root="2.16" extension="\#(code)"/>\#(status)"#
    + #"<LastChangeDate value="2020-01-02"/>\#(rest)</Organisation>"#
}

private func day(_ text: String) throws -> Day { try #require(Day(text)) }

private func period(_ first: String, _ last: String? = nil) throws -> Period {
  Period(from: try day(first), through: try last.map(day))
}

/// All that is read from a file.
private struct Content {
  var organisations: [ODSOrganisation] = []
  var rejects: [Reject] = []
  var manifest: ODSXMLFile.Manifest
  var displayNames: [String: String]
  var countDifference: String?

  init(_ source: any ByteSource) throws(Refusal) {
    var file = try ODSXMLFile(name: "full.xml", source: source)
    (manifest, displayNames) = (file.manifest, file.displayNames)
    while let entry = try file.next() {
      switch entry {
      case .organisation(let organisation): organisations.append(organisation)
      case .reject(let reject): rejects.append(reject)
      }
    }
    countDifference = file.countDifference
  }

  init(_ text: String) throws(Refusal) { try self.init(MemorySource(Array(text.utf8))) }
}

@Suite struct ODSXMLFileTests {
  @Test func `An organisation has all that the file says`() throws {
    let full = organisation(
      "5N424", attributes: #"orgRecordClass="RC2" refOnly="true""#, name: "<Name>A &amp; B</Name>",
      dates: """
        <Date><Type value="Legal"/><Start value="1980-01-01"/><End value="2013-03-31"/></Date>\(operational)
        """,
      rest: """
        <GeoLoc><Location><AddrLn1>1 ROAD</AddrLn1><Town>T</Town><PostCode>S5 6AZ</PostCode><UPRN>1</UPRN></Location></GeoLoc>\
        <Contacts><Contact type="tel" value="1"/></Contacts>\(role)\
        <Rels><Rel id="RE6" uniqueRelId="1">\(operational)<Status value="Inactive"/>\(target)</Rel></Rels>\
        <Succs><Succ uniqueSuccId="1" forwardSuccession="true"><Date><Type value="Legal"/><Start value="2012-02-01"/></Date>\
        <Type>Predecessor</Type>\(target)</Succ></Succs>
        """)
    let content = try Content(document([full, organisation()]))
    #expect(content.rejects.isEmpty)
    let read = try #require(content.organisations.first)
    #expect([read.code, read.name, read.recordClass, read.postcode] == ["5N424", "A & B", "RC2", "S5 6AZ"])
    #expect(read.isReferenceOnly)
    #expect(read.status == .active)
    #expect(read.line == 5)
    #expect(read.lastChange == (try day("2020-01-02")))
    #expect(read.dates.legal == (try period("1980-01-01", "2013-03-31")))
    #expect(read.dates.operational == (try period("2013-04-01")))
    let fact = try #require(read.roles.first)
    #expect(fact.id == "RO98" && fact.isPrimary && fact.status == .active)
    #expect(fact.dates == ODSOrganisation.Dates(operational: try period("2013-04-01")))
    let relationship = try #require(read.relationships.first)
    #expect(relationship.id == "RE6" && relationship.status == .inactive)
    #expect(relationship.target.code == "Y54" && relationship.target.primaryRole == "RO209")
    #expect(relationship.dates.legal == nil)
    let succession = try #require(read.successions.first)
    #expect(succession.direction == .predecessor && succession.isForward)
    #expect(succession.target.code == "Y54")
    #expect(succession.firstDay == (try day("2012-02-01")))
    let second = content.organisations[1]
    #expect(second.line == 6 && !second.isReferenceOnly && second.postcode == nil)
  }

  @Test func `The head says what the file is and what ids mean`() throws {
    let content = try Content(
      document(
        [organisation()],
        head: """
          <Manifest><Version value="2-0-0"/><PublicationType value="Full"/><PublicationDate value="2026-08-28"/>\
          <RecordCount value="1"/><PrimaryRoleScope><PrimaryRole id="RO92" displayName="X"/></PrimaryRoleScope></Manifest>\
          <CodeSystems><CodeSystem name="OrganisationRole"><concept id="RO76" code="76" displayName="GP PRACTICE"/>\
          </CodeSystem><CodeSystem name="OrganisationRelationship"><concept id="RE6" displayName="IS OPERATED BY"/>\
          </CodeSystem></CodeSystems>
          """))
    #expect(content.manifest.publicationType == "Full")
    #expect(content.manifest.publicationDate == (try day("2026-08-28")))
    #expect(content.manifest.recordCount == 1)
    #expect(content.displayNames == ["RO76": "GP PRACTICE", "RE6": "IS OPERATED BY"])
    #expect(content.countDifference == nil)
  }

  static let rejects: [(organisation: String, value: String, reason: String)] = [
    (organisation(""), "", "the code is missing"),
    (organisation(attributes: ""), "", "the record class is missing"),
    (organisation(name: ""), "", "the name is missing"),
    (organisation(name: "<Name></Name>"), "", "the name is missing"),
    (organisation(name: "<Name>A<Name>B</Name></Name>"), "Name", "the element <Name> is not known here"),
    (organisation(status: ""), "", "the status is missing"),
    (organisation(status: "<Status value='Old'/>"), "Old", "the status 'Old' is neither Active nor Inactive"),
    (organisation(status: "<Status/>"), "", "the status '' is neither Active nor Inactive"),
    (organisation(status: "<Status value='Active'><End/></Status>"), "End", "the element <End> is not known here"),
    (
      organisation(dates: operational.replacing("04-01", with: "04-31")), "2013-04-31",
      "'2013-04-31' is not a date (YYYY-MM-DD)"
    ),
    (organisation(dates: operational.replacing("value=\"2013-04-01\"", with: "")), "", "'' is not a date (YYYY-MM-DD)"),
    (organisation(dates: "<Date><Type value='Legal'/></Date>"), "", "the start of a date is missing"),
    (organisation(dates: "<Date><Start value='2013-04-01'/></Date>"), "", "the type of a date is missing"),
    (
      organisation(dates: operational.replacing("Operational", with: "Real")), "Real",
      "the type of a date, 'Real', is neither Legal nor Operational"
    ),
    (organisation(dates: operational + operational), "Operational", "there are two dates of the type Operational"),
    (
      organisation(
        dates: "<Date><Type value='Legal'/><Start value='2013-04-01'/><End value='2013-03-31'/></Date>"), "2013-03-31",
      "it ends on 2013-03-31, before it begins on 2013-04-01"
    ),
    (organisation(rest: "<Colour>red</Colour>"), "Colour", "the element <Colour> is not known here"),
    (organisation(rest: "<Role/>"), "Role", "the element <Role> is not known here"),
    (
      organisation(rest: "<GeoLoc><Location><Colour/></Location></GeoLoc>"), "Colour",
      "the element <Colour> is not known here"
    ),
    (organisation(rest: "<GeoLoc><Town/></GeoLoc>"), "Town", "the element <Town> is not known here"),
    (organisation(rest: "<Roles><Rel/></Roles>"), "Rel", "the element <Rel> is not known here"),
    (organisation(rest: role.replacing(" id=\"RO98\"", with: "")), "", "the id of a role is missing"),
    (organisation(rest: "<Roles><Role id='RO98'/></Roles>"), "", "the status of a role is missing"),
    (
      organisation(rest: "<Rels><Rel id='RE5'><Status value='Active'/></Rel></Rels>"), "",
      "the target of a relationship is missing"
    ),
    (
      organisation(rest: "<Rels><Rel id='RE5'><Status value='Active'/><Target><OrgId/></Target></Rel></Rels>"), "",
      "the code of a target is missing"
    ),
    (
      organisation(rest: "<Rels><Rel id='RE5'><Target><OrgId extension='Y'/></Target></Rel></Rels>"), "",
      "the primary role of a target is missing"
    ),
    (organisation(rest: "<Rels><Rel id='RE5'>\(target)</Rel></Rels>"), "", "the status of a relationship is missing"),
    (
      organisation(rest: "<Succs><Succ><Type>Heir</Type></Succ></Succs>"), "Heir",
      "'Heir' is neither Predecessor nor Successor"
    ),
    (organisation(rest: "<Succs><Succ>\(target)</Succ></Succs>"), "", "the type of a succession is missing"),
    (
      organisation(rest: "<Succs><Succ><Type>Successor</Type></Succ></Succs>"), "",
      "the target of a succession is missing"
    ),
    (
      organisation(rest: "<Succs><Succ>\(operational)<Type>Successor</Type>\(target)</Succ></Succs>"), "",
      "the legal date of a succession is missing"
    ),
    ("<Person><Name>X</Name></Person>", "Person", "the element <Person> is not known here"),
    ("<Organisation orgRecordClass='RC1'/>", "", "the code is missing"),
  ]

  @Test(arguments: rejects) func `An organisation that cannot be used is rejected and the others go on`(
    organisation: String, value: String, reason: String
  ) throws {
    let content = try Content(
      document([ODSTests.organisation("00A"), organisation, ODSTests.organisation("00Z")]))
    #expect(content.organisations.map(\.code) == ["00A", "00Z"])
    #expect(content.rejects.map(\.reason) == [reason])
    #expect(content.rejects.map(\.value) == [value])
    #expect(content.rejects.map(\.line) == [6])
    #expect(content.rejects.map(\.file) == ["full.xml"])
    #expect(content.countDifference == nil)
  }

  @Test func `A reject names the line and column of what is wrong`() throws {
    let wrong = organisation(status: "\n\n  <Status value='Old'/>")
    let content = try Content(document([organisation("00A"), wrong]))
    #expect(content.rejects.map(\.line) == [8])
    #expect(content.rejects.map(\.column) == [3])
  }

  @Test func `Another number of organisations than stated is told`() throws {
    let content = try Content(document([organisation(), organisation("")], count: 306_201))
    #expect(
      content.countDifference
        == "the manifest says that there are 306201 organisations, but there are 2: is this the whole file?")
  }

  static let refusals: [(text: String, message: String)] = [
    ("", "full.xml: line 1, column 1: the text ends before its outermost element does: it is cut short"),
    ("OrgCode,Name\n", "full.xml: line 1, column 1: syntax error"),
    ("<html/>", "full.xml:1: the outermost element is <html>, not <HSCOrgRefData:OrgRefData>"),
    ("<OrgRefData/>", "full.xml:1: the outermost element is <OrgRefData>"),
    (document([]).replacing("v2-0-0", with: "v3-0-0"), "full.xml:2: this is not version 2-0-0 of HSCOrgRefData"),
    (document([], head: ""), "full.xml:4: there is no <Manifest> before the organisations"),
    (document([], head: "<Manifest/>"), "full.xml:3: the publication date is missing"),
    (
      document([], head: "<Manifest><PublicationDate value='2026-08-28'/></Manifest>"),
      "full.xml:3: the record count is missing"
    ),
    (document([]).replacing("2026-08-28", with: "$Date"), "full.xml:3: '$Date' is not a date (YYYY-MM-DD)"),
    (document([]).replacing("\"0\"", with: "\"-1\""), "full.xml:3: the record count '-1' is not a number"),
    (document([]).replacing("Organisations", with: "People"), "full.xml:7: there are no <Organisations>"),
    (document([organisation(), "<Organisation>"]), "full.xml: line 7, column 3: mismatched tag"),
    (
      document([]).replacing("</HSCOrgRefData:OrgRefData>", with: ""),
      "full.xml: line 8, column 1: the text ends before"
    ),
    ("<!DOCTYPE a []>" + document([]), "full.xml: line 1, column 13: there is a document type declaration"),
  ]

  @Test(arguments: refusals) func `A file of another form is refused whole`(text: String, message: String) throws {
    let error = try #require(throws: Refusal.self) { try Content(text) }
    #expect(error.description.hasPrefix(message), "\(error)")
    #expect(error.description.hasSuffix("nothing was changed"))
  }

  @Test func `A file that is cut anywhere is refused`() throws {
    let bytes = Array(document([organisation(), organisation("00D")]).utf8)
    for count in 0..<(bytes.count - 1) {
      #expect(throws: Refusal.self, "\(count)") { try Content(MemorySource(Array(bytes[..<count]))) }
    }
  }

  @Test func `A file with more concepts than there can be is refused`() throws {
    let concepts = (0...10_000).map { "<concept id='RO\($0)' displayName='X'/>" }.joined()
    let head = "<CodeSystems><CodeSystem>\(concepts)</CodeSystem></CodeSystems>"
    let error = try #require(throws: Refusal.self) { try Content(document([], head: head)) }
    #expect(error.description.contains("more than 10000 concepts"))
  }

  @Test func `After a refusal there is nothing more`() throws {
    var file = try ODSXMLFile(
      name: "full.xml", source: MemorySource(Array(document([organisation(), "</Organisation>"]).utf8)))
    #expect(try file.next() != nil)
    do throws(Refusal) {
      _ = try file.next()
      Issue.record("no refusal")
    } catch {
      #expect(error.description.contains("mismatched tag"))
    }
    #expect(try file.next() == nil)
  }

  static let shared = England.shared

  @Test(.enabled(if: shared != nil, "the folder ../shared is not there")) func `Real records are read`() throws {
    let content = try Content(try Files.open("\(Self.shared ?? "")/real/xml/HSCOrgRefData_excerpt.xml"))
    #expect(content.rejects.isEmpty)
    #expect(content.countDifference == nil)
    #expect(content.manifest.publicationDate == (try day("2017-03-31")))
    #expect(content.displayNames["RO98"] == "CLINICAL COMMISSIONING GROUP")
    #expect(content.organisations.map(\.code) == ["C84714001", "C88032001", "YGM10", "5N424", "J82028"])
    let company = try #require(content.organisations.first { $0.code == "YGM10" })
    #expect(company.successions.map(\.direction) == [.successor, .predecessor])
    #expect(company.successions.map(\.target.code) == ["YGM41", "8GW80"])
    #expect(company.successions.map(\.isForward) == [false, true])
    let site = try #require(content.organisations.first { $0.code == "5N424" })
    #expect(site.dates.legal == (try period("1980-01-01", "2013-03-31")))
    #expect(site.dates.operational == (try period("2012-04-02")))
    #expect(site.postcode == "S5 6AZ")
    let practice = try #require(content.organisations.first { $0.code == "J82028" })
    #expect(practice.roles.map(\.id) == ["RO177", "RO76"])
    #expect(practice.roles.map(\.isPrimary) == [true, false])
    #expect(practice.relationships.map(\.target.code) == ["5FE", "4RK71", "10R"])
    #expect(practice.relationships[1].dates.operational == (try period("1999-04-01", "2001-03-31")))
    #expect(practice.line == 233)
  }
}
