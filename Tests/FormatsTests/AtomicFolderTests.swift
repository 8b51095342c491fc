import RegistryFormats
import Foundation
import Testing

@Suite struct AtomicFolderTests {
  private let above = "\(NSTemporaryDirectory())/AtomicFolderTests-\(UUID().uuidString)"

  init() throws { try Files.createDirectories(above) }

  private func entries(_ folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(above)/\(folder)").sorted()
  }

  private func fill(_ folder: AtomicFolder) throws {
    for name in ["a.csv", "b.csv"] {
      let file = try folder.file(name)
      try file.write("of \(name)")
      try folder.finish(file)
    }
  }

  @Test(arguments: ["new", "new/", "empty", "empty//"]) func `A folder appears with all its files`(name: String) throws
  {
    try Files.createDirectories("\(above)/empty")
    let folder = try AtomicFolder("\(above)/\(name)")
    try fill(folder)
    #expect(try entries().filter { !$0.hasSuffix(".tmp") } == ["empty"])
    try folder.commit()
    #expect(try entries(name) == ["a.csv", "b.csv"])
    #expect(try entries().allSatisfy { !$0.hasSuffix(".tmp") })
    #expect(try Files.read("\(above)/\(name)/b.csv") == Array("of b.csv".utf8))
  }

  @Test func `Nothing is left of one that was given up`() throws {
    do { try fill(try AtomicFolder("\(above)/new")) }
    #expect(try entries() == [])
  }

  @Test func `What is there already is not replaced`() throws {
    try Files.createDirectories("\(above)/full/inside")
    try Files.write([1], to: "\(above)/file")
    for name in ["full", "file"] {
      #expect(throws: FileError(path: "\(above)/\(name)", flaw: .folderTaken, operation: .create)) {
        try AtomicFolder("\(above)/\(name)")
      }
    }
    let late = try AtomicFolder("\(above)/late")
    try fill(late)
    try Files.createDirectories("\(above)/late/inside")
    #expect(throws: FileError(path: "\(above)/late", operation: .rename, errno: ENOTEMPTY)) { try late.commit() }
    #expect(try entries("late") == ["inside"])
  }

  @Test func `The folder above must be there, and a file has one name`() throws {
    #expect(throws: FileError(path: "\(above)/no/such", operation: .create, errno: ENOENT)) {
      try AtomicFolder("\(above)/no/such")
    }
    let folder = try AtomicFolder("\(above)/new")
    try fill(folder)
    #expect(throws: FileError(path: "\(above)/new/a.csv", operation: .create, errno: EEXIST)) {
      _ = try folder.file("a.csv")
    }
  }

  @Test func `What passes through a hashing sink is counted and hashed`() throws {
    let memory = MemorySink()
    let sink = HashingSink(memory)
    try sink.write("ab")
    try sink.write("c")
    #expect(sink.count == 3 && memory.text == "abc")
    #expect(sink.sha256 == SHA256.hex(of: Array("abc".utf8)))
  }
}
