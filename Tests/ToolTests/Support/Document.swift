import Foundation
import Testing

/// The README or a guide.
struct Document: CustomTestStringConvertible {
  /// A command, and the output that the document shows for it, if any.
  struct Example {
    let command: String
    let output: String?

    /// The console block of a command that prints `output`.
    func block(_ output: String) -> String {
      "```console\n$ \(command)\n\(output)\(output.isEmpty ? "" : "\n")```\n"
    }
  }

  let path: String
  let text: String

  static let readme = Document(path: "\(Workbench.package)/README.md")

  /// The guides, each by the link that gives it its topic.
  static let guides: [Document] = {
    let folder = "\(Workbench.package)/Sources/GuideFiles"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().map { Document(path: "\(folder)/\($0)") }
  }()

  static let all = [readme] + guides

  private init(path: String) {
    self.path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }

  var testDescription: String { path.replacing("\(Workbench.package)/", with: "") }

  /// The contents of fenced blocks, for example those that open with "```sh".
  func blocks(_ language: String, after mark: String = "") -> [String] {
    text.components(separatedBy: "\(mark)```\(language)\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```\n").first }
  }

  /// The console blocks marked as output, and the lines of sh blocks that call the tool, in the order of the document.
  var examples: [Example] {
    var examples: [Example] = []
    var language = ""
    var mark = ""
    var block: [String] = []
    for line in text.components(separatedBy: "\n") {
      if !language.isEmpty, line != "```" {
        block.append(line)
      } else if line == "```" {
        if language == "sh" { examples += Self.commands(block).filter { $0.hasPrefix("orgreg ") }.map(Self.unseen) }
        if language == "console", mark == "<!-- output -->" { examples += [Self.seen(block)] }
        language = ""
      } else if line.hasPrefix("```") {
        language = String(line.dropFirst(3))
        block = []
      } else {
        mark = line
      }
    }
    return examples
  }

  private static func unseen(_ command: String) -> Example { Example(command: command, output: nil) }

  private static func seen(_ block: [String]) -> Example {
    let command = commands(block)[0]
    let output = block.dropFirst(command.components(separatedBy: "\n").count)
    return Example(command: String(command.dropFirst("$ ".count)), output: output.joined(separator: "\n"))
  }

  /// The commands in these lines. A command may go on in the next line.
  private static func commands(_ lines: [String]) -> [String] {
    var commands: [String] = []
    var isOpen = false
    for line in lines {
      if isOpen { commands[commands.count - 1] += "\n" + line } else { commands.append(line) }
      isOpen = line.hasSuffix("\\") || line.hasSuffix("|")
    }
    return commands
  }
}
