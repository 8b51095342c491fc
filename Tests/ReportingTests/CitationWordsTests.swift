import RegistryReporting
import RegistryStorage
import Testing

/// Sources as people cite them.
@Suite struct CitationWordsTests {
  @Test(arguments: [
    (Citation(title: "A list"), "A list"),
    (
      Citation(title: "The South London Order", instrument: .statutoryInstrument, year: 2027, number: "12"),
      "SI 2027/12 The South London Order"
    ),
    (Citation(title: "SI 2027/12", instrument: .statutoryInstrument, year: 2027, number: "12"), "SI 2027/12"),
    (Citation(title: "Health Act", instrument: .act, year: 2012, number: "7"), "Health Act (2012 c. 7)"),
  ])
  func `A citation says its number once`(citation: Citation, words: String) {
    #expect(citation.spoken == words)
  }
}
