import RegistryStorage
import Succession
import RegistryTestSupport

/// a (014; P1: 100, P2: 300) and b (5E1; P3: 600) become n (77A) in 2010. In 2015 n gives P1 to c (5D1). d (03C) takes
/// c over in 2018. t (T01) is a trust without territory. The second code of n changes in 2012.
let lintedCountry = """
  record,key,event,organisation,other,parcel,partition,kind,type,nature,scheme,value,from,to,source
  organisation,a
  organisation,b
  organisation,c
  organisation,d
  organisation,n
  organisation,t
  event,founding,,,,,,,establishment,,,,2000-04-01,,law
  event,merger,,,,,,,merger,,,,2010-04-01,,law
  event,transfer,,,,,,,transfer,,,,2015-04-01,,law
  event,absorption,,,,,,,absorption,,,,2018-04-01,,law
  open,,founding,a,,,,group
  open,,founding,b,,,,group
  open,,founding,c,,,,group
  open,,founding,d,,,,group
  open,,founding,t,,,,trust
  open,,merger,n,,,,group
  succession,,merger,a,n,,,,,succession
  succession,,merger,b,n,,,,,succession
  close,,merger,a
  close,,merger,b
  succession,,transfer,n,c,,,,,territory
  movement,,transfer,,c,P1
  succession,,absorption,c,d,,,,,succession
  close,,absorption,c
  code,,founding,a,,,,,,,ods,014,,,law
  code,,founding,b,,,,,,,ods,5E1,,,law
  code,,founding,c,,,,,,,ods,5D1,,,law
  code,,founding,d,,,,,,,ods,03C,,,law
  code,,founding,t,,,,,,,ods,T01,,,law
  code,,merger,n,,,,,,,ods,77A,,,law
  code,,,n,,,,,,,ons,E00000001,2010-04-01,2012-03-31,law
  code,,,n,,,,,,,ons,E00000002,2012-04-01,,law
  name,,founding,a,,,,,,,ods,Ash,,,law
  name,,founding,b,,,,,,,ods,Birch,,,law
  name,,merger,n,,,,,,,ods,Nettle,,,law
  parcel,P1,,,,,area
  parcel,P2,,,,,area
  parcel,P3,,,,,area
  parcel,P4,,,,,area
  anchor,,,a,,P1,,,,,,,2000-04-01,,law
  anchor,,,a,,P2,,,,,,,2000-04-01,,law
  anchor,,,b,,P3,,,,,,,2000-04-01,,law
  anchor,,,d,,P4,,,,,,,2000-04-01,,law

  record,partition,unit,parcel,amount:people,source
  unit,area,u1,P1,100,law
  unit,area,u2,P2,300,law
  unit,area,u3,P3,600,law
  unit,area,u4,P4,500,law
  """

extension Registry {
  func codeBook() throws -> CodeBook {
    let codes = try codesOfLivingOrganisations()
    let bodies = try organisations(withIDs: Array(Set(codes.map(\.organisation))).sorted())
    return CodeBook(
      codes: codes, datedKinds: try datedKinds(),
      names: Dictionary(uniqueKeysWithValues: bodies.compactMap { body in body.name.map { (body.id, $0) } }),
      links: try successions(), kinds: try kinds().map(\.key))
  }

  /// What the lint says about a crosswalk of `from,to` or `from,to,share` lines, the first of which is line 2.
  func lint(_ lines: [String], from: Day, to: Day, tolerance: Double = 0) throws -> CrosswalkLint {
    let rows = lines.enumerated().map { index, line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return CrosswalkLint.Row(
        line: index + 2, from: fields[0], to: fields[1], share: fields.count > 2 ? fields[2] : nil)
    }
    return try CrosswalkLint(
      rows,
      on: CrosswalkLint.Ground(
        book: try codeBook(), whereabouts: try Whereabouts(of: self), from: from, to: to, tolerance: tolerance))
  }
}

extension LintFinding {
  /// The finding as `2 a duplicate`, with `-` if it has no line or value.
  var short: String { "\(line.map { "\($0)" } ?? "-") \(value ?? "-") \(word.rawValue)" }
}
