import RegistryStorage
import Succession
import RegistryTestSupport
import Testing

/// In 2002 a becomes b, and in 2004 b becomes c (a chain). In 2006 c is split into d and e, and in 2008 d and e merge
/// into f. In 2010 f gives territory to g, and in 2012 g to f. On one day in 2014 f gives territory to h and h to i. k
/// has no links.
private let family = """
  record,key,event,organisation,other,kind,type,nature,from,source
  \("abcdefghik".map { "organisation,\($0)" }.joined(separator: "\n"))
  event,founding,,,,,establishment,,2000-04-01,law
  event,1-chain,,,,,succession,,2002-04-01,law
  event,2-chain,,,,,succession,,2004-04-01,law
  event,3-split,,,,,split,,2006-04-01,law
  event,4-merger,,,,,merger,,2008-04-01,law
  event,5-transfer,,,,,transfer,,2010-04-01,law
  event,6-back,,,,,transfer,,2012-04-01,law
  event,7-first,,,,,transfer,,2014-04-01,law
  event,8-second,,,,,transfer,,2014-04-01,law
  open,,founding,a,,group
  open,,founding,g,,group
  open,,founding,h,,group
  open,,founding,i,,group
  open,,founding,k,,group
  open,,1-chain,b,,group
  open,,2-chain,c,,group
  open,,3-split,d,,group
  open,,3-split,e,,group
  open,,4-merger,f,,group
  close,,1-chain,a
  close,,2-chain,b
  close,,3-split,c
  close,,4-merger,d
  close,,4-merger,e
  succession,,1-chain,a,b,,,succession
  succession,,2-chain,b,c,,,succession
  succession,,3-split,c,d,,,duties
  succession,,3-split,c,e,,,duties
  succession,,4-merger,d,f,,,duties
  succession,,4-merger,e,f,,,duties
  succession,,5-transfer,f,g,,,territory
  succession,,6-back,g,f,,,territory
  succession,,7-first,f,h,,,territory
  succession,,8-second,h,i,,,territory
  """

@Suite struct LineageTests {
  private let registry: Registry
  private let whereabouts: Whereabouts
  private let keys: [OrganisationID: String]

  init() throws {
    registry = try register(vocabulary, family)
    whereabouts = try Whereabouts(of: registry)
    keys = Dictionary(uniqueKeysWithValues: try registry.organisationKeys().map { ($0.id, $0.key) })
  }

  private func lineage(
    of key: String, _ direction: Lineage.Direction, until text: String? = nil
  ) throws -> Lineage {
    try Lineage(of: try registry.id(key), in: whereabouts, direction, until: try text.map { try day($0) })
  }

  /// The links as `a>b`, in the order of the lineage.
  private func steps(_ lineage: Lineage) -> [String] {
    lineage.links.map { "\(keys[$0.predecessor] ?? "?")>\(keys[$0.successor] ?? "?")" }
  }

  private func bodies(_ lineage: Lineage) -> String { lineage.bodies.map { keys[$0] ?? "?" }.joined() }

  @Test func `A body without links has only itself`() throws {
    let lineage = try lineage(of: "k", .both)
    #expect(lineage.links.isEmpty)
    #expect(bodies(lineage) == "k")
  }

  @Test func `A chain is followed forward and backward`() throws {
    #expect(steps(try lineage(of: "b", .forward)).prefix(1) == ["b>c"])
    #expect(steps(try lineage(of: "c", .backward)) == ["a>b", "b>c"])
    #expect(steps(try lineage(of: "a", .backward)) == [])
  }

  @Test func `Every link stands once, in the order of time, although two ways lead to it`() throws {
    let lineage = try lineage(of: "a", .forward)
    #expect(
      steps(lineage) == ["a>b", "b>c", "c>d", "c>e", "d>f", "e>f", "f>g", "g>f", "f>h"])
    #expect(bodies(lineage) == "abcdefgh")
    #expect(zip(lineage.links, lineage.links.dropFirst()).allSatisfy { $0.day <= $1.day })
  }

  @Test func `Both directions together are the two, each from the body itself`() throws {
    #expect(
      steps(try lineage(of: "d", .both)) == ["a>b", "b>c", "c>d", "d>f", "f>g", "g>f", "f>h"])
    // e is not an ancestor of d, although both came from c.
    #expect(!bodies(try lineage(of: "d", .both)).contains("e"))
  }

  @Test func `Bodies that give to each other in turn make no circle`() throws {
    #expect(steps(try lineage(of: "g", .forward)) == ["g>f", "f>h"])
    #expect(steps(try lineage(of: "g", .backward)) == ["a>b", "b>c", "c>d", "c>e", "d>f", "e>f", "f>g"])
  }

  @Test func `What happened to a successor before it succeeded is no part of the story`() throws {
    // f gave to g in 2010, before g gave to f.
    #expect(!steps(try lineage(of: "g", .forward)).contains("f>g"))
    #expect(!steps(try lineage(of: "h", .backward)).contains("h>i"))
  }

  @Test func `A step leads on only to later days: two events of one day are no chain`() throws {
    #expect(!steps(try lineage(of: "f", .forward)).contains("h>i"))
    #expect(steps(try lineage(of: "h", .forward)) == ["h>i"])
    #expect(steps(try lineage(of: "i", .backward)) == ["h>i"])
  }

  @Test func `Forward, a day is the last of events that count`() throws {
    #expect(steps(try lineage(of: "a", .forward, until: "2004-04-01")) == ["a>b", "b>c"])
    #expect(steps(try lineage(of: "a", .forward, until: "2004-03-31")) == ["a>b"])
  }

  @Test func `Backward, a day is the one on which the story begins`() throws {
    #expect(
      steps(try lineage(of: "f", .backward, until: "2004-03-31"))
        == ["b>c", "c>d", "c>e", "d>f", "e>f", "f>g", "g>f"])
    #expect(steps(try lineage(of: "d", .backward, until: "2004-04-01")) == ["c>d"])
    #expect(steps(try lineage(of: "d", .backward, until: "2006-04-01")) == [])
  }
}

/// a (P1: 990 people, P2: 10, P3: none) and b (P4: 500) are divided in 2010. P1 goes to n, P2 to m, P3 to o, and all of b
/// to m. In 2012 m, n and o merge into z.
@Suite struct PieceLineageTests {
  private let asked: Asked

  init() throws {
    asked = try Asked(
      register(
        vocabulary,
        """
        record,key,event,organisation,other,parcel,partition,kind,type,nature,from,source
        \("abmnoz".map { "organisation,\($0)" }.joined(separator: "\n"))
        event,founding,,,,,,,establishment,,2000-04-01,law
        event,split,,,,,,,split,,2010-04-01,law
        event,union,,,,,,,merger,,2012-04-01,law
        open,,founding,a,,,,group
        open,,founding,b,,,,group
        open,,split,m,,,,group
        open,,split,n,,,,group
        open,,split,o,,,,group
        open,,union,z,,,,group
        succession,,split,a,m,,,,,territory
        succession,,split,a,n,,,,,territory
        succession,,split,a,o,,,,,territory
        succession,,split,b,m,,,,,succession
        movement,,split,,n,P1
        movement,,split,,m,P2
        movement,,split,,o,P3
        movement,,split,,m,P4
        close,,split,a
        close,,split,b
        succession,,union,m,z,,,,,succession
        succession,,union,n,z,,,,,succession
        succession,,union,o,z,,,,,succession
        close,,union,m
        close,,union,n
        close,,union,o
        \((1...4).map { "parcel,P\($0),,,,,area,,,,,law" }.joined(separator: "\n"))
        \((1...3).map { "anchor,,,a,,P\($0),,,,,2000-04-01,law" }.joined(separator: "\n"))
        anchor,,,b,,P4,,,,,2000-04-01,law

        record,partition,unit,parcel,amount:people,source
        unit,area,u1,P1,990,law
        unit,area,u2,P2,10,law
        unit,area,u3,P3,0,law
        unit,area,u4,P4,500,law
        """))
  }

  private func story(
    _ root: String, _ direction: Lineage.Direction, tolerance: Double = 0
  ) throws -> (links: [String], slivers: [String]) {
    let lineage = try Lineage(of: asked.registry.id(root), in: asked.whereabouts, direction, tolerance: tolerance)
    func words(_ links: [SuccessionLink]) -> [String] {
      links.map { "\(asked.words(.body($0.predecessor)))>\(asked.words(.body($0.successor)))" }.sorted()
    }
    return (words(lineage.links), words(lineage.slivers))
  }

  @Test func `A descendant got a piece that weighs something`() throws {
    #expect(try story("a", .forward).links == ["a>m", "a>n", "m>z", "n>z"])
    #expect(try story("b", .forward).links == ["b>m", "m>z"])
  }

  @Test func `An ancestor gave a piece that weighs something`() throws {
    #expect(try story("n", .backward).links == ["a>n"])
    #expect(try story("m", .backward).links == ["a>m", "b>m"])
    // A body of which nothing weighs anything is followed through its links.
    #expect(try story("o", .backward).links == ["a>o"])
    #expect(try story("z", .backward).links == ["a>m", "a>n", "b>m", "m>z", "n>z"])
  }

  @Test func `Links below the tolerance of both bodies are slivers`() throws {
    // m got 10 of a's 1,000 people, and they are 10 of the 510 in m.
    let (links, slivers) = try story("a", .forward, tolerance: 0.02)
    #expect(links == ["a>n", "n>z"] && slivers == ["a>m"])
    #expect(try story("a", .forward, tolerance: 0.01).slivers.isEmpty)
    #expect(try story("m", .backward, tolerance: 0.02).slivers == ["a>m"])
  }

  @Test func `Shares of a link are told forward and backward`() throws {
    let shares = LinkShares(asked.whereabouts)
    let link = try #require(
      try asked.registry.successions().first {
        asked.words(.body($0.predecessor)) == "a" && asked.words(.body($0.successor)) == "m"
      })
    #expect(try shares.share(of: link)?.share == 0.01)
    #expect(try shares.backwardShare(of: link)?.share == 10.0 / 510)
  }
}
