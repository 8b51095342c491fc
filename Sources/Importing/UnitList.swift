package import RegistryFormats

/// A list of units that move: a CSV file with the columns `unit` and, if several bodies get some, `to`.
package struct UnitList {
  package let units: [(code: String, successor: String)]

  /// - Parameters:
  ///   - name: shown in messages.
  ///   - only: the body that gets all of them if the file has no column `to`.
  package init(name: String, bytes: [UInt8], only: String?) throws(Refusal) {
    var reader = CSVReader(bytes: bytes)
    guard try Self.next(&reader, name) else { throw Refusal("\(name): the file is empty") }
    let header = reader.texts()
    let line = reader.line
    guard let unit = header.firstIndex(of: "unit") else {
      throw Refusal(
        "\(name):\(line): there is no column 'unit' (there are: \(header.joined(separator: ", ")))")
    }
    let destination = header.firstIndex(of: "to")
    var units: [(code: String, successor: String)] = []
    while try Self.next(&reader, name) {
      if reader.isBlank { continue }
      guard reader.fieldCount == header.count else {
        throw Refusal(
          "\(name):\(reader.line): \(reader.fieldCount) fields, the header names \(header.count)")
      }
      guard let successor = destination.map({ reader.text($0) }) ?? only else {
        throw Refusal("\(name):\(line): several bodies get units: the column 'to' must say which")
      }
      units.append((reader.text(unit), successor))
    }
    self.units = units
  }

  private static func next(_ reader: inout CSVReader, _ name: String) throws(Refusal) -> Bool {
    do {
      return try reader.next()
    } catch {
      throw Refusal(error.inFile(name))
    }
  }
}
