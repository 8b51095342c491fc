package import RegistryStorage

/// A day of a test: `2020-04-01`.
package func day(_ text: String) throws -> Day {
  guard let day = Day(text) else { throw Refused(problems: [Problem(message: "'\(text)' is no day")]) }
  return day
}
