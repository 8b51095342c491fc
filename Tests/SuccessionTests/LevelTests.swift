import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// Parts in bodies of another kind, and parts that count for an upper tier.
@Suite struct LevelTests {
  /// a (P1: 100, P2: 300, P3: 600) is divided in 2010: P1 goes to the hub h, P2 to b and P3 to c. The board w stands over
  /// a, and later over b and h. c is part of w and v. d has no parent, and nothing happens to it.
  private let asked: Asked

  init() throws {
    asked = try Asked(
      register(
        vocabulary,
        """
        record,key,value,tier,group
        kind,hub,Hub,place,body
        kind,region,Region,region,body

        record,key,event,organisation,other,parcel,partition,kind,type,nature,from,to,source
        \("abcdhvwx".map { "organisation,\($0)" }.joined(separator: "\n"))
        event,founding,,,,,,,establishment,,2000-04-01,,law
        event,split,,,,,,,split,,2010-04-01,,law
        open,,founding,a,,,,group
        open,,founding,d,,,,group
        open,,founding,v,,,,board
        open,,founding,w,,,,board
        open,,founding,x,,,,region
        open,,split,b,,,,group
        open,,split,c,,,,group
        open,,split,h,,,,hub
        succession,,split,a,b,,,,,territory
        succession,,split,a,c,,,,,territory
        succession,,split,a,h,,,,,territory
        movement,,split,,h,P1
        movement,,split,,b,P2
        movement,,split,,c,P3
        close,,split,a
        parcel,P1,,,,,area,,,,,,law
        parcel,P2,,,,,area,,,,,,law
        parcel,P3,,,,,area,,,,,,law
        parcel,P4,,,,,area,,,,,,law
        anchor,,,a,,P1,,,,,2000-04-01,,law
        anchor,,,a,,P2,,,,,2000-04-01,,law
        anchor,,,a,,P3,,,,,2000-04-01,,law
        anchor,,,d,,P4,,,,,2000-04-01,,law
        relationship,,,a,w,,,part-of,,,2000-04-01,2010-03-31,law
        relationship,,,b,w,,,part-of,,,2010-04-01,,law
        relationship,,,h,w,,,part-of,,,2010-04-01,,law
        relationship,,,c,w,,,part-of,,,2010-04-01,,law
        relationship,,,c,v,,,part-of,,,2010-04-01,,law
        relationship,,,w,x,,,part-of,,,2000-04-01,,law

        record,partition,unit,parcel,amount:people,source
        unit,area,u1,P1,100,law
        unit,area,u2,P2,300,law
        unit,area,u3,P3,600,law
        unit,area,u4,P4,200,law
        """))
  }

  @Test func `Without a kind, any body of the tier is a place`() throws {
    #expect(
      try asked.parts("a", "2005-01-01", "2011-01-01")
        == ["b 3/10 people exact", "c 3/5 people exact", "h 1/10 people exact"])
  }

  @Test func `With a kind, what lies in another kind is a part in no body of the kind`() throws {
    #expect(
      try asked.parts("a", "2005-01-01", "2011-01-01", toKind: "group")
        == ["b 3/10 people exact", "c 3/5 people exact", "in h 1/10 people"])
    #expect(
      try asked.parts("a", "2005-01-01", "2011-01-01", toKind: "group", otherKinds: .spread)
        == ["b 1/3 people exact", "c 2/3 people exact"])
    let spread = try asked.answer("a", "2005-01-01", "2011-01-01", toKind: "group", otherKinds: .spread)
    #expect(spread.isWhole && spread.parts[0].total == Amount(900))
  }

  @Test func `What lies wholly in another kind is not spread`() throws {
    #expect(try asked.parts("h", "2011-01-01", "2012-01-01", toKind: "group") == ["in h people"])
    #expect(
      try asked.parts("h", "2011-01-01", "2012-01-01", toKind: "group", otherKinds: .spread) == ["in h people"])
    #expect(try asked.parts("d", "2005-01-01", "2012-01-01", toKind: "group") == ["d people whole"])
  }

  @Test func `Parts count for an upper tier through their one parent`() throws {
    #expect(
      try asked.parts("a", "2005-01-01", "2011-01-01", toKind: "board")
        == ["w 2/5 people exact", "gap: c has several board 3/5 people"])
    #expect(try asked.parts("b", "2011-01-01", "2011-01-01", toKind: "board") == ["w people whole"])
    #expect(try asked.parts("d", "2011-01-01", "2011-01-01", toKind: "board") == ["gap: d has no board people"])
    #expect(
      try asked.parts("b", "2011-01-01", "2005-01-01", toKind: "region") == ["x people whole"])
  }

  @Test func `A body of an upper tier is what lies in it`() throws {
    #expect(try asked.parts("w", "2005-01-01", "2009-01-01") == ["w people whole"])
    #expect(
      try asked.parts("w", "2005-01-01", "2011-01-01")
        == ["w 2/5 people exact", "gap: c has several board 3/5 people"])
    // Backward, b and h came from a. c has two parents, so it is below neither.
    #expect(try asked.parts("w", "2011-01-01", "2005-01-01") == ["w people whole"])
    #expect(try asked.parts("w", "2011-01-01", "2005-01-01", toKind: "group") == ["a people whole"])
    #expect(
      try asked.parts("w", "2005-01-01", "2011-01-01", toKind: "group")
        == ["b 3/10 people exact", "c 3/5 people exact", "in h 1/10 people"])
    #expect(try asked.parts("x", "2005-01-01", "2009-01-01", toKind: "board") == ["w people whole"])
    // Nothing lies below v before 2010, so it is asked for as a body.
    #expect(try asked.parts("v", "2005-01-01", "2011-01-01") == ["v whole"])
  }

  // MARK: Stretches

  @Test func `The answer on every day of a stretch is the answer that is asked for that day`() throws {
    let days = try ["2000-03-31", "2000-04-01", "2003-01-01", "2010-03-31", "2010-04-01", "2012-01-01"].map(day)
    let always = Period(try day("1999-01-01"), nil)
    for key in ["a", "b", "h", "w", "d"] {
      let body = try asked.registry.id(key)
      for kind in [nil, "group", "board"] {
        for other in ["2005-01-01", "2011-01-01"] {
          var question = try asked.question("2000-01-01", other, toKind: kind)
          let stretches = try asked.whereabouts.stretches(of: body, during: always, question)
          for day in days {
            question.from = day
            let stretch = try #require(stretches.first { $0.period.contains(day) })
            #expect(try asked.whereabouts.answer(for: body, question).parts == stretch.answer.parts, "\(key) \(day)")
          }
          question = try asked.question(other, "2000-01-01", toKind: kind)
          let targets = try asked.whereabouts.targetStretches(of: body, during: always, question)
          for day in days {
            question.to = day
            let stretch = try #require(targets.first { $0.period.contains(day) })
            // The reasons of parts may name the day, so they are compared by their words.
            #expect(
              try asked.whereabouts.answer(for: body, question).parts.map(asked.words)
                == stretch.answer.parts.map(asked.words), "\(key) \(day)")
          }
          #expect(zip(targets, targets.dropFirst()).allSatisfy { $0.period.end == $1.period.start })
        }
      }
    }
  }
}
