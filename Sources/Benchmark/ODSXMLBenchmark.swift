import CExpat
import RegistryFormats
import Glibc
import ODS

/// Reads an ODS XML file of full size, beside expat alone, which does nothing with it. Both read the same file.
struct ODSXMLBenchmark {
  let tool: String
  let scratch: String

  func run() {
    let file = "\(scratch)/full.xml"
    print("making a file of \(ODSDocument.organisationCount) organisations ...")
    do {
      let size = try write(file)
      var (own, expat): ([Double], [Double]) = ([], [])
      for _ in 0..<5 {
        expat.append(try Self.milliseconds { try Self.expat(file) })
        own.append(try Self.milliseconds { try Self.organisations(file) })
      }
      Benchmark.line(
        "reading \(size / 1_000_000) MB of ODS XML, beside expat alone", own, expat, promised: "below 2")
      importing(file, beside: expat)
    } catch {
      print(error)
    }
  }

  private func importing(_ file: String, beside expat: [Double]) {
    let register = "\(scratch)/register.sqlite"
    let command = [tool, "import", "ods-xml", file, "--yes", "--registry", register]
    var (first, again): ([Double], [Double]) = ([], [])
    for _ in 0..<3 {
      Process.run(["rm", "-f", register, "\(register)-wal", "\(register)-shm"])
      Process.run([tool, "init", "--registry", register])
      first.append(Process.run(command))
      again.append(Process.run(command))
    }
    Benchmark.line("importing it, beside expat alone", first, expat, promised: "at most 3")
    // The promise is half of that of the first import: most of the time of both goes into reading.
    Benchmark.line("importing it again, beside expat alone", again, expat, promised: "at most 1.5")
    print("peak memory of an import: \(Process.peakMegabytes(command)) MB (promised: under 300)")
  }

  /// - Returns: the size in bytes.
  private func write(_ path: String) throws -> Int {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw FileError(path: path, operation: .create, errno: errno) }
    let sink = FileSink(descriptor: descriptor, path: path, closing: true)
    try ODSDocument.write(to: sink)
    return lseek(descriptor, 0, SEEK_CUR)
  }

  private static func milliseconds(_ work: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let elapsed = try clock.measure(work).components
    return Double(elapsed.seconds) * 1_000 + Double(elapsed.attoseconds) / 1e15
  }

  /// Runs expat with handlers that do nothing and a buffer as large as that of `XMLReader`.
  private static func expat(_ path: String) throws {
    guard let parser = XML_ParserCreate(nil) else { return print("out of memory") }
    defer { XML_ParserFree(parser) }
    XML_SetElementHandler(parser, { _, _, _ in }, { _, _ in })
    XML_SetCharacterDataHandler(parser) { _, _, _ in }
    let file = try Files.open(path)
    var buffer = [UInt8](repeating: 0, count: XMLReader.Options().bufferSize)
    while true {
      let count = try file.read(into: &buffer, at: buffer.indices)
      let status = buffer.withUnsafeBytes { bytes in
        XML_Parse(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(count), count == 0 ? 1 : 0)
      }
      guard status == XML_STATUS_OK else { return print("expat cannot read \(path)") }
      if count == 0 { return }
    }
  }

  private static func organisations(_ path: String) throws {
    var file = try ODSXMLFile(name: path, source: try Files.open(path))
    var (organisations, rejects) = (0, 0)
    while let entry = try file.next() {
      if case .organisation = entry { organisations += 1 } else { rejects += 1 }
    }
    if organisations != ODSDocument.organisationCount || rejects != 0 {
      print(
        "read \(organisations) organisations and \(rejects) rejects instead of \(ODSDocument.organisationCount) and 0")
    }
  }
}
