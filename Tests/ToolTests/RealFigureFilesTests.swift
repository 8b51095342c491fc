import Foundation
import Testing

/// Files with figures as they were published. The totals were added up apart from this program.
@Suite(.enabled(if: RealFiles.areThere, "needs the reference material"))
struct RealFigureFilesTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func restate(_ file: String, _ words: String...) throws -> Run {
    try bench.orgreg(["restate", "\(RealFiles.folder)/\(file)", "--tolerance", "99%"] + words)
  }

  @Test func `The patient list of 2016 is brought to 106 bodies of 2021`() throws {
    let run = try restate(
      "analysts/nhsbsa_patient_list_2016_01.csv", "--code", "PCO Code", "--as-at", "2016-01-01", "--to", "2021-04-01",
      "--to-kind", "ccg", "--sum", "*Male *,*male *", "--drop", "Regional*", "--drop", "Area*", "--drop", "PCO Name",
      "--drop", "Practice*", "--tolerance", "1%")
    expectDone(run)
    #expect(run.lines.count == 107, "\(run)")
    #expect(run.stderr.contains("rows: 7705 in, 106 out; 7701 wholly mapped, 0 in part, 4 unmapped"), "\(run)")
    #expect(run.stderr.contains("Male 0-4: 1727060 in = "), "\(run)")
    #expect(run.stderr.contains("are padded with zeros"), "\(run)")
  }

  @Test func `Prescribing of 2017 and of 2014 is added up exactly`() throws {
    let run = try restate(
      "analysts/prescribing_2017_09.csv", "--code", "PCO_CODE", "--date", "YEAR_MONTH", "--to", "2023-04-01", "--sum",
      "ITEMS,NIC,ACTUAL_COST", "--drop", "REG*,AREA*,PCO_N*,PRAC*,ADD*,POST*,BNF*,CHEM*,QUAN*,TOTAL*,ADQ*,UNID*")
    expectDone(run)
    #expect(run.stderr.contains("ITEMS: 46895 in = 46895 out + 0 unmapped"), "\(run)")
    #expect(run.stderr.contains("NIC: 352697.84 in = 352697.84 out + 0 unmapped"), "\(run)")
    #expect(run.stderr.contains("ACTUAL_COST: 328908.73007 in = 328908.73007 out"), "\(run)")
    #expect(run.stderr.contains("months: 2017_09 is read as 2017-09-01"), "\(run)")
    let padded = try restate(
      "analysts/prescribing_2014_padded_header.csv", "--code", "SHA", "--date", "PERIOD", "--to", "2014-10-01", "--sum",
      "ITEMS,ACT COST", "--drop", "BNF*,PCT,PRACTICE,NIC,QUANTITY")
    #expect(padded.stderr.contains("ITEMS  : 1659 in = "), "\(padded)")
    #expect(padded.stderr.contains("ACT COST   : 11856.25 in = "), "\(padded)")
  }

  @Test func `Practices of 2022 lie where their groups lay`() throws {
    let run = try restate(
      "ods/practice_patients_2022-05-01.csv", "--code", "CCG_CODE", "--as-at", "2022-05-01", "--to", "2022-05-01",
      "--sum", "NUMBER_OF_PATIENTS", "--drop", "CODE", "--dependents", "drop")
    expectDone(run)
    #expect(run.stderr.contains("NUMBER_OF_PATIENTS: 61654788 in = 61654788 out + 0 unmapped"), "\(run)")
    #expect(run.lines.contains("00L,E38000130,333508"), "\(run)")
    let look = try bench.orgreg(
      "lint", "\(RealFiles.folder)/analysts/nhsbsa_patient_list_2016_01.csv", "--format", "csv")
    expectDone(look)
    #expect(look.stdout.contains("PCO Code,codes,"), "\(look)")
    #expect(look.stdout.contains("Male 0-4,numbers,"), "\(look)")
    #expect(look.stderr.contains("--code 'PCO Code' --as-at "), "\(look)")
  }

  @Test func `Names of a real file are found`() throws {
    let run = try bench.orgreg(
      "lint", "names", "\(RealFiles.folder)/analysts/gp_reg_pat_prac_map_2022_01.csv", "--name", "CCG_NAME", "--code",
      "CCG_CODE", "--as-at", "2022-01-01", "--format", "csv")
    let sure = run.lines.dropFirst().filter { $0.contains(",exact,") || $0.contains(",spelling,") }
    #expect(sure.count >= 104, "\(run)")
  }
}
