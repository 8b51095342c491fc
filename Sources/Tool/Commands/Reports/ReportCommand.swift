import ArgumentParser
import RegistryStorage
import RegistryReporting

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .report, abstract: "Write a report on the register.",
    discussion: """
      EXAMPLES
        orgreg report counts --on 2013-04-01
        orgreg report reconcile --format csv
      """,
    subcommands: [
      Counts.self, Reconcile.self, CorrectionsCommand.self, BodyCommand.self, MergersCommand.self,
      SuccessionOfKindCommand.self, ClustersCommand.self, TimelineCommand.self, HierarchyCommand.self,
      PopulationCommand.self, AllocationCommand.self, QualityCommand.self, CoterminosityCommand.self,
      MembershipCommand.self, OversightCommand.self, GovernanceCommand.self,
    ])

  struct Counts: ReportingCommand {
    static let configuration = CommandConfiguration(
      commandName: "counts", abstract: "Count the bodies of every kind, by date.",
      discussion: """
        EXAMPLES
          orgreg report counts
          orgreg report counts --on 2013-04-01 --on 2020-04-01
          orgreg report counts --kind ccg --dates operational
          orgreg report counts --output counts.html
        """)

    @OptionGroup var options: ReportOptions

    @Option(help: "Only this kind.", completion: .kind)
    var kind: String?

    @Option(help: "Only the counts on this day (YYYY-MM-DD). May be repeated.", transform: Day.option)
    var on: [Day] = []

    @Option(help: "Which dates count.")
    var dates: Timeline = .legal

    func report(_ view: RegisterView) throws -> Report {
      if let kind { try view.registry.mustKnow(kind: kind) }
      let report = try CountsReport(of: view, kind: kind, timeline: dates)
      if let kind {
        for day in on where !report.hasBodies(on: day) {
          try view.registry.explainNone(of: kind, on: day, dates, knownIn: view.revision)
        }
      }
      return try report.report(on: on)
    }
  }

  struct Reconcile: ReportingCommand {
    static let configuration = CommandConfiguration(
      commandName: "reconcile",
      abstract: "Compare published figures with those of the register, and explain differences.",
      discussion: """
        The register's own figure stands beside each published one: its count of
        bodies; its smallest, largest or average body, or their sum; how many fit
        local government in a way; the first or last day. A published number agrees
        if the register's is the same when rounded as it is. 'possible' means that
        the register has a least number, and more was published.

        EXAMPLES
          orgreg report reconcile
          orgreg report reconcile --format svg > claims.svg
        """)

    @OptionGroup var options: ReportOptions

    func report(_ view: RegisterView) throws -> Report {
      try ReconcileReport(of: view).report()
    }
  }
}
