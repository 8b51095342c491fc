import Foundation

// A build of all targets with the static standard library, as for the benchmarks, has no Testing.
#if canImport(Testing)
  public import Testing

  /// Tags for tests that are slow or need more than others. Tag whole suites, or single tests in a suite without the
  /// tag.
  ///
  /// `swift test` of Swift 6.3 cannot select by tag, so every test with a tag has the trait `.inFullRuns` too:
  ///
  ///     ORGREG_TESTS=fast swift test        the tests without a tag, in about a minute (debug, two cores)
  ///     swift test                          all
  extension Tag {
    /// The test makes or reads all of England many times, or reads a large file.
    @Tag public static var slow: Self
    /// The test needs a database server, a browser or another program that a machine may lack.
    @Tag public static var engine: Self
    /// The test kills processes, fills disks, or starts many writers at once.
    @Tag public static var crash: Self
  }

  extension Trait where Self == ConditionTrait {
    /// Left out by `ORGREG_TESTS=fast`.
    public static var inFullRuns: Self {
      .enabled(if: ProcessInfo.processInfo.environment["ORGREG_TESTS"] != "fast", "left out by ORGREG_TESTS=fast")
    }
  }
#endif
