import RegistryExporting
import RegistryStorage
import RegistryTestSupport
import Testing

@Suite struct TemplateTests {
  /// A01 and A02 are of the place tier and have parcels. A09 is above A02.
  private static let country = """
    record,key,value,tier,type,partition,unit,from
    scheme,ods,ODS,,,,,
    kind,sub-icb-location,Location,place,,,,
    kind,ccg,Group,place,,,,
    kind,icb,Board,system,,,,
    relationship-kind,part-of,part of,,parent,,,
    partition,lsoa11,Areas,,,,area,
    basis,population-2019,People,,,lsoa11,people,2019-06-30
    source,law,The law,,,,,

    record,key,event,organisation,other,scheme,kind,type,value,from,source,parcel,partition
    event,founding,,,,,,establishment,,2000-01-01,law
    organisation,one
    organisation,two
    organisation,board
    open,,founding,one,,,sub-icb-location
    open,,founding,two,,,sub-icb-location
    open,,founding,board,,,icb
    code,,founding,one,,ods,,,A01
    code,,founding,two,,ods,,,A02
    code,,founding,board,,ods,,,A09
    relationship,,founding,two,board,,part-of
    parcel,p,,,,,,,,,,,lsoa11
    parcel,q,,,,,,,,,,,lsoa11
    anchor,,,one,,,,,,2000-01-01,law,p
    anchor,,,two,,,,,,2000-01-01,law,q

    record,partition,unit,parcel,source,amount:population-2019
    unit,lsoa11,E1,p,law,100
    unit,lsoa11,E2,q,law,50
    """

  @Test(arguments: EventTemplate.allCases)
  func `The example can be recorded as it stands`(template: EventTemplate) throws {
    let country = try register(Self.country)
    let (revision, difference) = try country.say(read(written(template.changes)))
    #expect(revision == 2)
    #expect(difference.warnings == [])
    #expect(try country.check() == [])
    #expect(try country.rows("SELECT type FROM current_event WHERE happened_on = '2027-04-01'").count == 1)
    let again = try Registry.inMemory()
    try again.say(read(country.exported()))
    #expect(try again.state() == country.state())
  }

  @Test(arguments: EventTemplate.allCases)
  func `It holds for other codes`(template: EventTemplate) throws {
    let country = try register(Self.country.replacing("A0", with: "QX"))
    let text = String(decoding: try written(template.changes), as: UTF8.self).replacing("A0", with: "QX")
    #expect(try country.say(read(Array(text.utf8))).revision == 2)
  }
}
