import Testing

/// A register with every quote in its texts, and with bodies from before the age of computers.
enum StrangeRegister {
  static let name = "O'Brien \"upon\" Sea; \\ 100% -- \u{1F3E5} $1 %s {} :x"
  static let codes = ["5E1", "014", "null", "1e5", "a'b\\c"]

  static func make(on bench: Workbench) throws {
    expectDone(try bench.orgreg("init", "--empty"))
    let quoted = "\"" + name.replacing("\"", with: "\"\"") + "\""
    try bench.write(
      """
      record,key,event,organisation,scheme,kind,tier,unit,type,partition,parcel,value,from,source,note
      source,gazette,,,,,,,,,,\(quoted),,,
      scheme,no,,,,,,,,,,Number,,,
      kind,town,,,,,place,,,,,town,,,
      partition,tract,,,,,,tract,,,,Tracts,,,
      basis,tracts,,,,,,tract,count,tract,,Tracts,,,
      event,founding,,,,,,,establishment,,,Founding,1066-10-14,gazette,
      organisation,m-one,,,,,,,,,,,,,
      organisation,m-two,,,,,,,,,,,,,
      open,,founding,m-one,,town,,,,,,,,,
      open,,founding,m-two,,town,,,,,,,,,
      name,,founding,m-one,no,,,,,,,\(quoted),,gazette,\(quoted)

      """
        + codes.enumerated().map { index, code in
          "code,,founding,m-\(index % 2 == 0 ? "one" : "two"),\(index < 2 ? "no" : "no\(index)"),,,,,,,\(code),,gazette,\n"
        }.joined(), to: "strange.csv")
    try bench.write(
      "record,key,value\n" + (2..<codes.count).map { "scheme,no\($0),Number \($0)\n" }.joined(), to: "schemes.csv")
    expectDone(try bench.orgreg("apply", "schemes.csv", "strange.csv", "--yes"))
  }

  /// Expects that every text is as it was, and that what was not said is NULL.
  static func expectSurvived(in engine: any QueryEngine, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let names = try engine.rows("SELECT name, valid_from, valid_to, note FROM name")
    #expect(names == [[name, "1066-10-14", nil, name]], sourceLocation: sourceLocation)
    let found = try engine.rows("SELECT code FROM code ORDER BY length(code), code").map { $0[0] }
    #expect(Set(found) == Set(codes), sourceLocation: sourceLocation)
    let one = try engine.rows("SELECT count(*) FROM code WHERE code IN ('5e1', '14', '1E5', '5E1 ', '500000')")
    #expect(one == [["0"]], "codes are compared as they are", sourceLocation: sourceLocation)
    let notes = try engine.rows("SELECT count(*), count(note), count(from_event) FROM code")
    #expect(notes == [["5", "0", "5"]], sourceLocation: sourceLocation)
  }
}
