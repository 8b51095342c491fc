import Foundation

/// Files and answers of the services, in the folder of reference material beside the package.
enum RealFiles {
  static let folder = "\(Workbench.package)/../shared/real"
  static let areThere = FileManager.default.fileExists(atPath: folder)

  static func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }
}

/// The records of a CSV file in which every field is quoted and no field contains a line end.
func quotedRecords(_ text: String) -> [[String]] {
  text.replacing("\r\n", with: "\n").split(separator: "\n").map { line in
    line.dropFirst().dropLast().components(separatedBy: "\",\"").map { $0.replacing("\"\"", with: "\"") }
  }
}
