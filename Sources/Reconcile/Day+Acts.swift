package import RegistryStorage

/// Days on which a law changed what bodies are, in the files of every publisher.
extension Day {
  /// The Health and Care Act 2022: commissioning groups end and their areas live on as sub-ICB locations, and
  /// partnerships pass their codes to boards.
  package static let healthAndCareAct = Day(year: 2022, month: 7, day: 1) ?? .distantFuture
}
