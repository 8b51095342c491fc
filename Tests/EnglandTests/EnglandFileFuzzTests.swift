import Foundation
import RegistryFormats
import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// Real files, damaged at random: each is refused in a sentence or restated without loss.
@Suite(.tags(.slow), .inFullRuns) struct EnglandFileFuzzTests {
  static let files: [(file: String, code: String, date: String?, sums: [String])] = [
    ("analysts/nhsbsa_patient_list_2016_01.csv", "PCO Code", nil, ["Male 0-4", "Female 75+"]),
    ("analysts/prescribing_2017_09.csv", "PCO_CODE", "YEAR_MONTH", ["ITEMS", "NIC"]),
    ("analysts/prescribing_2014_padded_header.csv", "PRACTICE", "PERIOD", ["ITEMS", "NIC"]),
    ("analysts/gp_reg_pat_quin_age_2017_09.csv", "ORG_CODE", "EXTRACT_DATE", ["NUMBER_OF_PATIENTS"]),
    ("ods/practice_patients_2022-05-01.csv", "CCG_CODE", nil, ["NUMBER_OF_PATIENTS"]),
  ]

  @Test(.enabled(if: England.shared != nil, "the folder ../shared is not there"), arguments: 0..<5)
  func `A damaged file is refused or restated without loss`(number: Int) throws {
    let file = Self.files[number]
    let lines = try String(contentsOfFile: "\(England.shared ?? "")/real/\(file.file)", encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).prefix(25)
    let whole = Array((lines.joined(separator: "\n") + "\n").utf8)
    let day = try #require(Day("2016-01-01"))
    var request = RestateRequest(
      code: file.code, days: file.date.map { .column($0) } ?? .asAt(day), to: try #require(Day("2021-04-01")))
    request.sums = file.sums
    let registry = try England.open()
    let restater = try Restater(request, of: registry, register: "test", knownIn: latest)
    request.skipsMistakes = true
    let patient = try Restater(request, of: registry, register: "test", knownIn: latest)
    let folder = try TemporaryFolder()
    var seed = UInt64(number) &* 7_919 &+ 1
    func random(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    var restated = 0
    for round in 0..<rounds(6) {
      var bytes = whole
      for _ in 0..<(round == 0 ? 0 : 1 + random(3)) {
        let place = random(bytes.count)
        switch random(5) {
        case 0: bytes[place] = UInt8(random(256))
        case 1: bytes.insert([44, 59, 9, 10, 13, 34, 0xE9, 0, 32, 45, 42][random(11)], at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random(40)))
        case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + random(80))], at: random(bytes.count))
        default: bytes.removeSubrange(max(1, place)...)
        }
        if bytes.isEmpty { bytes = [10] }
      }
      let path = folder.file("damaged.csv")
      try Files.write(bytes, to: path)
      for one in [restater, patient] {
        do {
          let proof = try one.restate(path, to: MemorySink())
          restated += 1
          #expect(proof.totals.allSatisfy { $0.isBalanced })
          #expect(proof.rowsIn == proof.rowsMapped + proof.rowsPartlyUnmapped + proof.rowsUnmapped)
          for (index, total) in proof.totals.enumerated() {
            let lost = proof.missing.reduce(ExactDecimal(digits: 0, scale: 0)) { sum, missing in
              sum.adding(missing.amounts[index]) ?? sum
            }
            #expect(lost.scaled(to: total.unmapped.scale) == total.unmapped, "\(round)")
          }
        } catch let error as RowError {
          #expect(!error.message.isEmpty)
        } catch let error as FileFaults {
          #expect(!error.book.isEmpty)
        } catch let error as FileError {
          #expect(!"\(error)".isEmpty)
        }
      }
    }
    #expect(restated > 4)
  }
}
