import Testing

/// The register as a change file.
@Suite struct ExportCommandTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
  }

  @Test func `What goes out comes in again`() throws {
    expectDone(
      try bench.orgreg(
        "rename", "104", "--name", "Dale \"upon\" Sea, 'new'", "--on", "2030-01-01", "--source", "gazette",
        "--note", "a, \"b\"", "--planned", "--yes"))
    let run = try bench.orgreg("export", "changes", "--output", "all.csv")
    expectDone(run)
    #expect(run.stdout.isEmpty && run.stderr.contains("all.csv: "), "\(run)")
    let printed = try bench.orgreg("export", "changes")
    expectDone(printed)
    #expect(try printed.stdout == bench.text("all.csv"))
    let same = try bench.orgreg("apply", "all.csv", "--yes")
    expectDone(same)
    #expect(same.stderr.contains("nothing to do"), "\(same)")
    expectDone(try bench.orgreg("init", "--empty", "--registry", "copy.sqlite"))
    expectDone(try bench.orgreg("apply", "all.csv", "--registry", "copy.sqlite", "--yes"))
    #expect(try bench.orgreg("export", "changes", "--registry", "copy.sqlite").stdout == printed.stdout)
    expectDone(try bench.orgreg("enact", "rename-104", "--registry", "copy.sqlite", "--yes"))
  }

  @Test func `A part concerns the bodies that were named`() throws {
    let part = try bench.orgreg("export", "changes", "104")
    expectDone(part)
    #expect(part.stdout.contains("\nlife,m-ash/life/legal,") && !part.stdout.contains("m-cedar"), "\(part)")
    let all = try bench.orgreg("export", "changes", "--kind", "municipality")
    #expect(all.stdout.contains("m-cedar") && !all.stdout.contains("\nunit,"), "\(all)")
    expectDone(try bench.orgreg("init", "--empty", "--registry", "part.sqlite"))
    try bench.write(part.stdout, to: "part.csv")
    expectDone(try bench.orgreg("apply", "part.csv", "--registry", "part.sqlite", "--yes"))
  }

  @Test func `Who is not there is not exported`() throws {
    let before = try bench.listing()
    expectRefused(try bench.orgreg("export", "changes", "999", "--output", "x.csv"), "unknown code '999'")
    expectRefused(try bench.orgreg("export", "changes", "--kind", "town"), "unknown kind 'town'")
    expectRefused(try bench.orgreg("export", "changes", "--output", "no/such/x.csv"), "no/such/x.csv")
    #expect(try bench.listing() == before)
  }

  @Test func `A template is a file that can be applied`() throws {
    expectUsage(try bench.orgreg("template", "marriage"), "marriage")
    try bench.write(try bench.orgreg("template", "rename").stdout.replacing("A01", with: "104"), to: "order.csv")
    try bench.write(try bench.text("order.csv").replacing(",ods,", with: ",no,"), to: "order.csv")
    let run = try bench.orgreg("apply", "order.csv", "--dry-run")
    expectDone(run)
    #expect(run.stdout.contains("Example one, renamed"), "\(run)")
  }
}
