import RegistryStorage
import Testing

@Suite struct NewKeyTests {
  private func unused(besides taken: Set<String>) -> String {
    NewKey.unused("ccg-72Q") { taken.contains($0) }
  }

  @Test func `A key that is taken gets the next number that is free`() {
    #expect(unused(besides: []) == "ccg-72Q")
    #expect(unused(besides: ["ccg-72Q"]) == "ccg-72Q-2")
    #expect(unused(besides: ["ccg-72Q", "ccg-72Q-2"]) == "ccg-72Q-3")
    #expect(unused(besides: ["ccg-72Q", "ccg-72Q-3"]) == "ccg-72Q-2")
  }

  @Test func `The key of a body begins as the seeds begin those of its kind`() {
    #expect(NewKey.wanted(forKind: "sub-icb-location", code: "92A") == "location-92A")
    #expect(NewKey.wanted(forKind: "ccg", code: "72Q") == "ccg-72Q")
    #expect(NewKey.wanted(forKind: nil, code: "72Q") == "body-72Q")
  }
}
