import Foundation

/// The same numbers for the same seed, on every machine (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// How often a random test tries. `ORGREG_ROUNDS=100` multiplies it, for a machine that has the night.
package func rounds(_ count: Int) -> Int {
  count * (ProcessInfo.processInfo.environment["ORGREG_ROUNDS"].flatMap { Int($0) } ?? 1)
}
