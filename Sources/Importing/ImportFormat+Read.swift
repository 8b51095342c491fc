import RegistryFormats
import ODS
import ONS
import Reconcile

extension ImportFormat {
  /// Reads a file. A form that is read as a stream is only read up to its first record.
  /// - Parameters:
  ///   - bytes: the file as it is.
  ///   - text: the same in UTF-8.
  func read(
    _ name: String, _ bytes: PeekedSource, _ text: UTF8Source, _ options: ImportOptions
  ) throws(Refusal) -> any SourceContents {
    switch self {
    case .odsCSV:
      let file = try ODSFile(name: name, reader: CSVReader(text), acceptingDamage: options.acceptsDamage)
      return ODSBodies(file, kind: options.kind)
    case .odsMembership: return try ODSMembership(name: name, reader: CSVReader(text))
    case .odsSuccession: return try ODSSuccession(name: name, reader: CSVReader(text))
    case .onsCodeHistory: return try ONSCodeHistory(name: name, bytes: try wholeText(text, name))
    case .onsLookup: return try ONSLookup(name: name, reader: CSVReader(text), issued: options.issued)
    case .odsXML: return ODSRegister(try ODSXMLFile(name: name, source: bytes))
    }
  }
}

/// Reads a text that must be parsed as a whole.
private func wholeText(_ source: UTF8Source, _ name: String) throws(Refusal) -> [UInt8] {
  let limit = 256 << 20
  var text: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while text.count <= limit {
    do {
      let count = try source.read(into: &buffer, at: buffer.indices)
      if count == 0 { return text }
      text += buffer[..<count]
    } catch {
      throw Refusal("\(error); nothing was changed")
    }
  }
  throw Refusal("\(name): larger than 256 MB, which no file of this form is; nothing was changed")
}
