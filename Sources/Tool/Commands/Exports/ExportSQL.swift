import ArgumentParser
import RegistryExporting
import RegistryStorage

struct ExportSQL: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "sql", abstract: "Write a script that makes the register in another database, as tables and views.",
    discussion: """
      The script creates the tables with keys, checks and comments, loads the data,
      and adds views that answer without orgreg: organisation_version (as at any
      day), organisation_last, succession_share, lineage, placement_amount,
      ready_crosswalk for the questions in the table crosswalk_pair, and
      ready_crosswalk_to for the days in the table crosswalk_target. PostgreSQL and
      DuckDB also get the functions organisation_on(date),
      crosswalk(from_date, to_date, in_basis, to_kind) and
      crosswalk_to(to_date, in_basis, to_kind). They look up what orgreg computed, so
      that they answer as 'orgreg crosswalk' does. The table about describes all.
      Days are half-open: valid_from is the first day, and valid_to the first day
      after. The same register gives the same bytes.
      A part of the register (--kind, --on, --since) has the whole answers about its
      own bodies, and refuses questions about days that it lacks.
      If one of its names is taken, the script fails, names it, and changes nothing.
      With --drop it first removes what an earlier script made. It knows that by the
      table about and by the columns of the tables, never by a name alone; plain SQL
      (portable) cannot look, so --drop is not for it. --prefix gives every name a
      beginning, for a database that has other tables and no schemas.

      EXAMPLES
        orgreg export sql --dialect postgres --schema orgreg \\
          | psql -v ON_ERROR_STOP=1
        orgreg export sql --dialect sqlite --crosswalk 2013-04-01:2021-04-01 \\
          | sqlite3 -bail new.sqlite
        orgreg export sql --dialect duckdb --kind ccg --since 2020-04-01 \\
          --output ccg.sql
      """)

  @OptionGroup var location: CurrentOptions
  @OptionGroup var part: ExportPart
  @OptionGroup var output: OutputFile

  @Option(help: "The database that loads it; mysql is also for MariaDB, and portable for any other.")
  var dialect: SQLDialect

  @Flag(help: "Add recorded time: the revisions, and for each table of facts all that was ever recorded.")
  var history = false

  @Flag(help: "Remove first what an earlier script made, and nothing else.")
  var drop = false

  @Option(help: "Put everything in this schema, which is made if it does not exist.")
  var schema: String?

  @Option(help: "Begin every name with this word, where a database has no schemas.")
  var prefix: String?

  func run(reading registry: Registry) throws {
    var options = try part.options(dialect, history: history, in: registry)
    options.dropsFirst = drop
    options.schema = schema
    options.prefix = prefix ?? ""
    let export = try SQLExport(registry, options)
    try output.write("a script for \(dialect.rawValue)") { try export.write(to: $0) }
  }
}

/// The part of the register that is exported, and the crosswalks with it.
struct ExportPart: ParsableArguments {
  @Option(
    help: "Only bodies that ever were of this kind, and bodies tied to them by events and relationships.",
    completion: .kind)
  var kind: String?

  @Option(help: "Only what was true on this day (YYYY-MM-DD).", transform: Day.option)
  var on: Day?

  @Option(
    help: "Only what happened from this day on, or was true on the day before or later (YYYY-MM-DD).",
    transform: Day.option)
  var since: Day?

  @Option(
    help: ArgumentHelp(
      "Add the crosswalk between these two days. May be repeated.", valueName: "from:to"),
    transform: SQLExport.DayPair.option)
  var crosswalk: [SQLExport.DayPair] = []

  func validate() throws {
    if on != nil, since != nil { throw ValidationError("--on and --since exclude each other") }
  }

  func options(_ dialect: SQLDialect, history: Bool, in registry: Registry) throws -> SQLExport.Options {
    if let kind { try registry.mustKnow(kind: kind) }
    for pair in crosswalk { try registry.mustReach(pair.from, pair.to, knownIn: latest) }
    var options = SQLExport.Options(dialect)
    options.includesHistory = history
    options.scope = on.map { ExportScope(kind: kind, on: $0) } ?? ExportScope(kind: kind, since: since)
    options.crosswalks = crosswalk
    return options
  }
}

extension SQLDialect: Choice {}

extension SQLExport.DayPair {
  /// Two days with a colon between.
  static func option(_ text: String) throws -> SQLExport.DayPair {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { throw ValidationError("two days are written YYYY-MM-DD:YYYY-MM-DD") }
    let (from, to) = (try Day.option(parts[0]), try Day.option(parts[1]))
    guard from != to else { throw ValidationError("the two days are the same") }
    return SQLExport.DayPair(from: from, to: to)
  }
}
