package import RegistryStorage

/// Days on which a law changed what bodies are, in the files of every publisher.
extension Day {
  /// The day on which the Health and Care Act 2022 took effect. Commissioning groups ended and their areas live on as
  /// sub-ICB locations, and partnerships passed their codes to boards.
  package static let healthAndCareAct = Day(year: 2022, month: 7, day: 1) ?? .distantFuture
}
