extension DataFile.Stream {
  /// Some lines of a text, by their numbers from 1, without what ends them. A line that is not there is left out.
  package func lines(_ numbers: Set<Int>) throws(FileError) -> [Int: String] {
    let source = UTF8Source(try open(), path: name)
    var lines: [Int: String] = [:]
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var line: [UInt8] = []
    var number = 1
    func keep() {
      if numbers.contains(number), !line.isEmpty { lines[number] = String(decoding: line, as: UTF8.self) }
    }
    while true {
      let count = try source.read(into: &buffer, at: 0..<buffer.count)
      if count == 0 { break }
      for byte in buffer[..<count] {
        if byte == UInt8(ascii: "\n") {
          keep()
          line.removeAll(keepingCapacity: true)
          number += 1
        } else if byte != UInt8(ascii: "\r"), numbers.contains(number) {
          line.append(byte)
        }
      }
    }
    keep()
    return lines
  }
}
