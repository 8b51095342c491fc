import RegistryFormats

/// A file as large as the full file of the ODS: as many organisations, roles and relationships, with as much around
/// them. It has the same bytes every time, and its contents are invented.
struct ODSDocument {
  static let organisationCount = 300_000
  private static let roleCount = 530_000
  private static let relationshipCount = 770_000
  private static let successionCount = 24_000

  private let sink: any ByteSink
  private var text: [UInt8] = []
  private var state: UInt64 = 42

  static func write(to sink: any ByteSink) throws(WriteError) {
    var document = ODSDocument(sink: sink)
    document.putHead()
    for number in 0..<organisationCount {
      document.putOrganisation(number)
      try document.hand()
    }
    document.put(" </Organisations>\n</HSCOrgRefData:OrgRefData>\n")
    try document.hand()
    try sink.flush()
  }

  private init(sink: any ByteSink) { self.sink = sink }

  private mutating func hand() throws(WriteError) {
    try sink.write(text.span)
    text.removeAll(keepingCapacity: true)
  }

  private mutating func put(_ line: String) { text.append(contentsOf: line.utf8) }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  /// The number of `total` parts that belong to organisation `number`, if they are spread evenly.
  private func share(_ total: Int, _ number: Int) -> Int {
    (number + 1) * total / Self.organisationCount - number * total / Self.organisationCount
  }

  // MARK: The parts of the file

  private mutating func putHead() {
    put(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <HSCOrgRefData:OrgRefData xmlns:HSCOrgRefData="http://refdata.hscic.gov.uk/org/v2-0-0" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xsi:schemaLocation="http://refdata.hscic.gov.uk/org/v2-0-0 HSCOrgRefData.xsd">
       <Manifest>
        <Version value="2-0-0"/>
        <PublicationType value="Full"/>
        <PublicationDate value="2026-08-28"/>
        <RecordCount value="\(Self.organisationCount)"/>
       </Manifest>
       <CodeSystems>
        <CodeSystem name="OrganisationRole" oid="2.16.840.1.113883.2.1.3.2.4.17.507">

      """)
    for role in 1...330 { put("   <concept id=\"RO\(role)\" code=\"\(role)\" displayName=\"ROLE \(role)\"/>\n") }
    put("  </CodeSystem>\n </CodeSystems>\n <Organisations>\n")
  }

  private mutating func putOrganisation(_ number: Int) {
    let isActive = next(10) < 6
    put("  <Organisation orgRecordClass=\"RC\(1 + next(2))\"\(next(30) == 0 ? " refOnly=\"true\"" : "")>\n")
    put(
      "      <Name>THE \(Self.words[next(16)]) \(Self.words[next(16)]) &amp; \(Self.words[next(16)]) \(number)</Name>\n"
    )
    putDates(isActive, indent: "   ")
    put("   ")
    putOrganisationID(code(number))
    put("   <Status value=\"\(isActive ? "Active" : "Inactive")\"/>\n")
    put("   <LastChangeDate value=\"\(day(2015, 10))\"/>\n   <GeoLoc>\n    <Location>\n")
    put("     <AddrLn1>\(1 + next(200)) \(Self.words[next(16)]) ROAD</AddrLn1>\n")
    if next(2) == 0 { put("     <AddrLn2>\(Self.words[next(16)]) PARK</AddrLn2>\n") }
    put("     <Town>\(Self.words[next(16)])</Town>\n     <County>\(Self.words[next(16)])SHIRE</County>\n")
    put("     <PostCode>\(Self.letters[next(20)])\(1 + next(30)) \(next(10))AB</PostCode>\n")
    put("     <Country>ENGLAND</Country>\n")
    if next(2) == 0 { put("     <UPRN>\(100_000_000 + next(99_000_000))</UPRN>\n") }
    put("    </Location>\n   </GeoLoc>\n")
    if next(2) == 0 {
      put("   <Contacts>\n    <Contact type=\"tel\" value=\"0\(1_000_000_000 + next(999_999_999))\"/>\n")
      put("   </Contacts>\n")
    }
    putParts(of: number, isActive)
    put("  </Organisation>\n")
  }

  private mutating func putParts(of number: Int, _ isActive: Bool) {
    put("   <Roles>\n")
    for index in 0..<share(Self.roleCount, number) {
      let primary = index == 0 ? " primaryRole=\"true\"" : ""
      put("    <Role id=\"RO\(1 + next(330))\" uniqueRoleId=\"\(next(900_000))\"\(primary)>\n")
      putDates(isActive, indent: "     ")
      put("     <Status value=\"\(isActive ? "Active" : "Inactive")\"/>\n    </Role>\n")
    }
    put("   </Roles>\n   <Rels>\n")
    for _ in 0..<share(Self.relationshipCount, number) {
      put("    <Rel id=\"RE\(2 + next(10))\" uniqueRelId=\"\(next(900_000))\">\n")
      putDates(isActive, indent: "     ")
      put("     <Status value=\"\(isActive ? "Active" : "Inactive")\"/>\n")
      putTarget()
      put("    </Rel>\n")
    }
    put("   </Rels>\n")
    guard share(Self.successionCount, number) > 0 else { return }
    put("   <Succs>\n    <Succ uniqueSuccId=\"\(next(90_000))\">\n     <Date>\n")
    put("      <Type value=\"Legal\"/>\n      <Start value=\"\(day(2000, 25))\"/>\n     </Date>\n")
    put("     <Type>\(next(2) == 0 ? "Predecessor" : "Successor")</Type>\n")
    putTarget()
    put("    </Succ>\n   </Succs>\n")
  }

  private mutating func putTarget() {
    put("     <Target>\n      ")
    putOrganisationID(code(next(Self.organisationCount)))
    put(
      "            <PrimaryRoleId id=\"RO\(1 + next(330))\" uniqueRoleId=\"\(next(900_000))\"/>\n     </Target>\n")
  }

  private mutating func putOrganisationID(_ code: String) {
    put("<OrgId root=\"2.16.840.1.113883.2.1.3.2.4.18.48\" assigningAuthorityName=\"HSCIC\" extension=\"\(code)\"/>\n")
  }

  /// A fifth of all parts have a legal date too.
  private mutating func putDates(_ isActive: Bool, indent: String) {
    if next(5) == 0 { putDate("Legal", isActive, indent) }
    putDate("Operational", isActive, indent)
  }

  private mutating func putDate(_ type: String, _ isActive: Bool, _ indent: String) {
    put("\(indent)<Date>\n\(indent) <Type value=\"\(type)\"/>\n\(indent) <Start value=\"\(day(1974, 30))\"/>\n")
    if !isActive { put("\(indent) <End value=\"\(day(2004, 20))\"/>\n") }
    put("\(indent)</Date>\n")
  }

  /// A day in the `count` years from `year` on.
  private mutating func day(_ year: Int, _ count: Int) -> String {
    let (month, day) = (1 + next(12), 1 + next(28))
    return "\(year + next(count))-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  private func code(_ number: Int) -> String { "\(Self.letters[number % 20])\(10_000 + number / 20)" }

  private static let letters = Array("ABCDEFGHJKLMNPRSTVWY").map(String.init)
  private static let words = [
    "MEDICAL", "SURGERY", "HEALTH", "PRACTICE", "NORTH", "SOUTH", "RIVER", "STATION", "CENTRE", "CHURCH", "HILL",
    "PHARMACY",
    "CARE", "CLINIC", "MARKET", "GREEN",
  ]
}
