import ArgumentParser

/// A share below which small parts are left out, written as 0.02 or 2%.
struct Tolerance: Equatable {
  /// From 0 to less than 1.
  let share: Double

  static let none = Tolerance(share: 0)

  /// The tolerance that an option names.
  static func option(_ text: String) throws -> Tolerance {
    let isPercent = text.hasSuffix("%")
    let digits = isPercent ? text.dropLast() : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ "0123456789.".utf8.contains($0) }), let number = Double(digits)
    else { throw ValidationError("a tolerance is written 0.02 or 2%") }
    let share = isPercent ? number / 100 : number
    guard share < 1 else {
      throw ValidationError(
        "a tolerance is a share from 0 to less than 1" + (isPercent ? "" : "; did you mean \(text)%?"))
    }
    return Tolerance(share: share)
  }
}
