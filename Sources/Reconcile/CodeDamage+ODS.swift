package import RegistryFormats

extension CodeDamage {
  /// What is wrong with a code of the Organisation Data Service, as a sentence. Nil if nothing is.
  /// - Parameter mayBeShort: whether two digits can be a code, as they could until 2002.
  package static func flaw(ofODSCode code: String, mayBeShort: Bool = false) -> String? {
    if let damage = finding(in: code) { return damage }
    let isWritten = code.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
    guard isWritten, (1...9).contains(code.utf8.count) else { return "'\(code)' is not an ODS code" }
    guard mayBeShort || !mayHaveLostZeros(code) else {
      return "'\(code)' is shorter than any code of a body: has a spreadsheet dropped its zeros?"
    }
    return nil
  }
}
