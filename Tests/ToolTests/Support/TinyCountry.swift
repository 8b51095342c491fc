import Testing

/// An invented country of three municipalities, of which two merge in 2020.
enum TinyCountry {
  static let words = """
    record,key,value,unit,partition,type,tier,group,rank
    scheme,no,Municipal number,,,,,,1
    kind,municipality,municipality,,,,place,place,
    kind,county,county,,,,region,,
    relationship-kind,part-of,part of,,,parent,,,
    partition,tract,Tracts,tract,,,,,
    basis,tracts,Tracts,tracts,tract,count,,,
    source,gazette,"The Gazette, a paper of no country",,,,,,

    """

  static let bodies = """
    record,key,event,organisation,scheme,kind,type,value,from,source,parcel,partition,unit
    event,founding,,,,,establishment,The country is founded,2000-01-01,gazette,,,
    organisation,m-ash,,,,,,,,,,,
    open,,founding,m-ash,,municipality,,,,,,,
    code,,founding,m-ash,no,,,101,,gazette,,,
    name,,founding,m-ash,no,,,Ash,,gazette,,,
    organisation,m-birch,,,,,,,,,,,
    open,,founding,m-birch,,municipality,,,,,,,
    code,,founding,m-birch,no,,,102,,gazette,,,
    name,,founding,m-birch,no,,,Birch,,gazette,,,
    organisation,m-cedar,,,,,,,,,,,
    open,,founding,m-cedar,,municipality,,,,,,,
    code,,founding,m-cedar,no,,,103,,gazette,,,
    name,,founding,m-cedar,no,,,Cedar,,gazette,,,
    parcel,p-1,,,,,,,,gazette,,tract,
    parcel,p-2,,,,,,,,gazette,,tract,
    anchor,,,m-ash,,,,,2000-01-01,gazette,p-1,,
    anchor,,,m-birch,,,,,2000-01-01,gazette,p-2,,
    unit,,,,,,,,,gazette,p-1,tract,T1
    unit,,,,,,,,,gazette,p-1,tract,T2
    unit,,,,,,,,,gazette,p-2,tract,T3

    """

  static let merger = """
    record,key,event,organisation,other,scheme,kind,type,nature,value,from,source
    event,union,,,,,,merger,,Ash and Birch become Dale,2020-01-01,gazette
    organisation,m-dale,,,,,,,,,,
    close,,union,m-ash,,,,,,,,
    close,,union,m-birch,,,,,,,,
    open,,union,m-dale,,,municipality,,,,,
    succession,,union,m-ash,m-dale,,,,succession,,,gazette
    succession,,union,m-birch,m-dale,,,,succession,,,gazette
    code,,union,m-dale,,no,,,,104,,gazette
    name,,union,m-dale,,no,,,,Dale,,gazette

    """

  /// A change that every register of this country accepts.
  static let county = """
    record,key,value,tier
    kind,province,province,region

    """
}

extension Workbench {
  /// `registry.sqlite` with the tiny country in its first revision.
  func makeTinyCountry() throws {
    expectDone(try orgreg("init", "--empty"))
    try write(TinyCountry.words, to: "words.csv")
    try write(TinyCountry.bodies, to: "bodies.csv")
    try write(TinyCountry.merger, to: "merger.csv")
    try write(TinyCountry.county, to: "county.csv")
    expectDone(try orgreg("apply", "words.csv", "bodies.csv", "--yes"))
  }
}
