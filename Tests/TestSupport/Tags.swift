import Foundation

// A build of all targets with the static standard library, as for the benchmarks, has no Testing.
#if canImport(Testing)
  public import Testing

  /// What makes a test slow, or unlike the others. Tag suites, and tests in suites of another sort.
  ///
  /// `swift test` of Swift 6.3 cannot choose by tag, so whatever has a tag has the trait `.inFullRuns` too:
  ///
  ///     ORGREG_TESTS=fast swift test        the tests without a tag, in about a minute (debug, two cores)
  ///     swift test                          all
  extension Tag {
    /// Makes or reads all of England many times, or works through a large file.
    @Tag public static var slow: Self
    /// Needs a database server, a browser or another program that a machine may lack.
    @Tag public static var engine: Self
    /// Kills processes, fills disks, or has many write at once.
    @Tag public static var crash: Self
  }

  extension Trait where Self == ConditionTrait {
    /// Left out by `ORGREG_TESTS=fast`.
    public static var inFullRuns: Self {
      .enabled(if: ProcessInfo.processInfo.environment["ORGREG_TESTS"] != "fast", "left out by ORGREG_TESTS=fast")
    }
  }
#endif
