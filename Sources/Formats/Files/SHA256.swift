/// The SHA-256 digest of a sequence of bytes (FIPS 180-4), computed piece by piece.
///
/// 1. `pending` holds the bytes after the last whole 64-byte block: always fewer than 64.
/// 2. `state` covers every byte of `length` except those in `pending`.
package struct SHA256 {
  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  /// The number of bytes taken in so far.
  private var length: UInt64 = 0

  package init() {
    pending.reserveCapacity(Self.blockSize)
  }

  /// The digest of `bytes`, in lower-case hexadecimal (64 characters).
  package static func hex(of bytes: [UInt8]) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return digest.hex()
  }

  package mutating func update(_ bytes: [UInt8]) {
    update(bytes.span)
  }

  /// Takes in the UTF-8 bytes of `text`.
  package mutating func update(_ text: String) {
    update(Array(text.utf8))
  }

  package mutating func update(_ bytes: Span<UInt8>) {
    length &+= UInt64(bytes.count)
    var index = 0
    if !pending.isEmpty {
      while index < bytes.count, pending.count < Self.blockSize {
        pending.append(bytes[index])
        index += 1
      }
      guard pending.count == Self.blockSize else { return }
      state = Self.mix(pending.span, at: 0, into: state)
      pending.removeAll(keepingCapacity: true)
    }
    while bytes.count - index >= Self.blockSize {
      state = Self.mix(bytes, at: index, into: state)
      index += Self.blockSize
    }
    while index < bytes.count {
      pending.append(bytes[index])
      index += 1
    }
  }

  /// The digest of all bytes taken in so far (32 bytes). The value itself can take in more bytes afterwards.
  package func finalize() -> [UInt8] {
    var copy = self
    let bitLength = length &* 8
    var padding: [UInt8] = [0x80]
    while (pending.count + padding.count) % Self.blockSize != Self.blockSize - 8 {
      padding.append(0)
    }
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bitLength >> shift))
    }
    copy.update(padding)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    for index in copy.state.indices {
      let word = copy.state[index]
      for shift in stride(from: UInt32(24), through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return bytes
  }

  /// The digest of all bytes taken in so far, in lower-case hexadecimal (64 characters).
  package func hex() -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in finalize() {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  // MARK: - Compression

  private static let blockSize = 64

  /// The state that follows `state` when the 64 bytes of `bytes` from `offset` on are taken in.
  private static func mix(
    _ bytes: Span<UInt8>, at offset: Int, into state: InlineArray<8, UInt32>
  ) -> InlineArray<8, UInt32> {
    var schedule = InlineArray<64, UInt32>(repeating: 0)
    for t in 0..<16 {
      let at = offset &+ t &* 4
      schedule[t] =
        UInt32(bytes[at]) << 24 | UInt32(bytes[at &+ 1]) << 16 | UInt32(bytes[at &+ 2]) << 8 | UInt32(bytes[at &+ 3])
    }
    for t in 16..<64 {
      let a = schedule[t &- 15]
      let b = schedule[t &- 2]
      let s0 = rotate(a, by: 7) ^ rotate(a, by: 18) ^ (a &>> 3)
      let s1 = rotate(b, by: 17) ^ rotate(b, by: 19) ^ (b &>> 10)
      schedule[t] = schedule[t &- 16] &+ s0 &+ schedule[t &- 7] &+ s1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for t in 0..<64 {
      let s1 = rotate(e, by: 6) ^ rotate(e, by: 11) ^ rotate(e, by: 25)
      let choice = (e & f) ^ (~e & g)
      let first = h &+ s1 &+ choice &+ roundConstants[t] &+ schedule[t]
      let s0 = rotate(a, by: 2) ^ rotate(a, by: 13) ^ rotate(a, by: 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ s0 &+ majority)
    }
    return [
      state[0] &+ a, state[1] &+ b, state[2] &+ c, state[3] &+ d,
      state[4] &+ e, state[5] &+ f, state[6] &+ g, state[7] &+ h,
    ]
  }

  private static func rotate(_ word: UInt32, by count: UInt32) -> UInt32 {
    (word &>> count) | (word &<< (32 &- count))
  }

  private static let roundConstants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
