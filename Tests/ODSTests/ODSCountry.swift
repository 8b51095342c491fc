import RegistryFormats
import RegistryStorage
import RegistryTestSupport

/// A small country with all that the Organisation Data Service writes about.
///
/// The groups 00C and 00D merged into 16C in 2020. In July 2022, 16C and 00L became locations with the same codes, and
/// the system QHM in the region Y63 began. The practice A81001 belonged to 00C, then to 16C, then to the location. The
/// practice A81002 was first seen in 2010, with no known opening, and closed in 2015. 00X is a location without a name.
/// P5 is a care trust that was a primary care trust. ons-only has no code.
let odsCountry = """
  record,key,value,tier,group,rank,type,partition,unit
  scheme,ods,ODS,,,2
  scheme,ons,ONS,,,1
  kind,pct,Primary care trust,place,body
  kind,care-trust,Care trust
  kind,ccg,Clinical commissioning group,place,body
  kind,sub-icb-location,Sub-ICB location,place,body
  kind,icb,Integrated care board,system,body
  kind,region,Region,region,body
  kind,gp-practice,GP practice
  kind,prescribing-cost-centre,Prescribing cost centre
  kind,charity,Charity
  relationship-kind,part-of,is part of,,,,parent
  relationship-kind,member-of,is a member of
  source,law,The law

  record,key,event,organisation,other,kind,scheme,type,nature,timeline,value,from,to,status,source
  event,founding,,,,,,establishment,,,,2013-04-01,,,law
  event,merger,,,,,,merger,,,,2020-04-01,,,law
  event,act,,,,,,reclassification,,,,2022-07-01,,,law
  organisation,pct-P5
  organisation,ccg-00C
  organisation,ccg-00D
  organisation,ccg-00L
  organisation,ccg-16C
  organisation,location-00L
  organisation,location-16C
  organisation,location-00X
  organisation,icb-QHM
  organisation,region-Y63
  organisation,practice-A81001
  organisation,practice-A81002
  organisation,ons-only
  life,,,pct-P5,,,,,,legal,,2000-04-01,2013-03-31,,law
  role,,,pct-P5,,pct,,,,,,2000-04-01,2013-03-31,,law
  role,,,pct-P5,,care-trust,,,,,,2005-04-01,2013-03-31,,law
  code,,,pct-P5,,,ods,,,,5P5,2000-04-01,2013-03-31,,law
  name,,,pct-P5,,,ods,,,,Five Care Trust,2000-04-01,2013-03-31,,law
  open,,founding,ccg-00C,,ccg
  open,,founding,ccg-00D,,ccg
  open,,founding,ccg-00L,,ccg
  open,,merger,ccg-16C,,ccg
  open,,act,location-00L,,sub-icb-location
  open,,act,location-16C,,sub-icb-location
  open,,act,location-00X,,sub-icb-location
  open,,act,icb-QHM,,icb
  open,,founding,region-Y63,,region
  succession,,merger,ccg-00C,ccg-16C,,,,duties
  succession,,merger,ccg-00D,ccg-16C,,,,duties
  close,,merger,ccg-00C
  close,,merger,ccg-00D
  succession,,act,ccg-00L,location-00L,,,,duties
  succession,,act,ccg-16C,location-16C,,,,duties
  close,,act,ccg-00L
  close,,act,ccg-16C
  code,,founding,ccg-00C,,,ods,,,,00C
  code,,founding,ccg-00D,,,ods,,,,00D
  code,,founding,ccg-00L,,,ods,,,,00L
  code,,merger,ccg-16C,,,ods,,,,16C
  code,,act,location-00L,,,ods,,,,00L
  code,,act,location-16C,,,ods,,,,16C
  code,,act,location-00X,,,ods,,,,00X
  code,,act,icb-QHM,,,ods,,,,QHM
  code,,founding,region-Y63,,,ods,,,,Y63
  name,,founding,ccg-00C,,,ods,,,,NHS Darlington CCG
  name,,founding,ccg-00D,,,ons,,,,NHS Durham CCG
  name,,founding,ccg-00L,,,ods,,,,NHS Northumberland CCG
  name,,merger,ccg-16C,,,ods,,,,"NHS Tees ""Valley"" CCG",,,,
  name,,act,location-00L,,,ods,,,,NHS North East - 00L
  name,,act,location-16C,,,ods,,,,NHS North East - 16C
  name,,act,icb-QHM,,,ods,,,,NHS North East ICB
  name,,founding,region-Y63,,,ods,,,,North East and Yorkshire
  relationship,,act,location-00L,icb-QHM,part-of
  relationship,,act,location-16C,icb-QHM,part-of
  relationship,,act,icb-QHM,region-Y63,part-of
  life,,,practice-A81001,,,,,,operational,,1974-04-01,,,law
  role,,,practice-A81001,,gp-practice,,,,,,1974-04-01,,,law
  code,,,practice-A81001,,,ods,,,,A81001,1974-04-01,,,law
  name,,,practice-A81001,,,ods,,,,The Densham Surgery,1974-04-01,,,law
  relationship,,,practice-A81001,ccg-00C,member-of,,,,,,2013-04-01,2020-03-31,,law
  relationship,,,practice-A81001,ccg-16C,member-of,,,,,,2020-04-01,2022-06-30,,law
  relationship,,,practice-A81001,location-16C,member-of,,,,,,2022-07-01,,,law
  life,,,practice-A81002,,,,,,operational,,2010-01-01,2015-03-31,unknown,law
  role,,,practice-A81002,,gp-practice,,,,,,2010-01-01,2015-03-31,unknown,law
  code,,,practice-A81002,,,ods,,,,A81002,2010-01-01,2015-03-31,unknown,law
  name,,,practice-A81002,,,ods,,,,"Queens Park, ""Old"" Surgery",2010-01-01,2015-03-31,unknown,law
  relationship,,,practice-A81002,ccg-00D,member-of,,,,,,2013-04-01,2015-03-31,,law
  life,,,ons-only,,,,,,legal,,2013-04-01,,,law
  role,,,ons-only,,charity,,,,,,2013-04-01,,,law
  code,,,ons-only,,,ons,,,,E0001,2013-04-01,,,law
  """

/// What is written, as text.
func text(_ write: (MemorySink) throws -> Void) throws -> String {
  let sink = MemorySink()
  try write(sink)
  return String(decoding: sink.bytes, as: UTF8.self)
}

extension Registry {
  /// The small country, recorded on one day.
  static func odsCountry() throws -> Registry {
    let registry = try Registry.inMemory()
    try registry.say(ODSTests.odsCountry, at: "2026-01-01T12:00:00Z")
    return registry
  }
}
