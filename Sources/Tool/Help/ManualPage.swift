import ArgumentParser
import RegistryFormats

/// The manual page of the tool, in roff, made from what the parser knows of the commands.
///
/// Kept here:
/// 1. Every command, argument and option that the help shows is in the page, in the order of the help.
/// 2. No character of a text is read as roff: see `escaped`.
enum ManualPage {
  static func text() throws -> String {
    let root = try JSONReader.read(Array(OrgReg._dumpHelp().utf8))["command"]
    let commands = root["subcommands"].elements
    var page = Page()
    page.macro("TH", "ORGREG", "1", "", OrgReg.configuration.version, "OrgRegistry")
    // No hyphens and no wide gaps, so that a reader can copy any word.
    page.line(".nh")
    page.line(".ad l")
    page.section("NAME")
    page.line("orgreg \\- " + escaped(root["abstract"].string))
    page.section("SYNOPSIS")
    page.line("\\fBorgreg\\fR \\fIcommand\\fR [\\fIargument\\fR ...]")
    page.line(".br")
    page.line("\\fBorgreg help\\fR [\\fItopic\\fR | \\fIcommand\\fR ...]")
    page.section("DESCRIPTION")
    page.discussion(root["discussion"].string)
    page.options(root["arguments"].elements)
    for group in OrgReg.configuration.groupedSubcommands {
      page.section("\(group.name) COMMANDS".uppercased())
      for type in group.subcommands {
        commands.first { $0["commandName"].string == type.configuration.commandName }.map { page.command($0) }
      }
    }
    return page.text
  }

  /// The text as roff prints it literally.
  fileprivate static func escaped(_ text: String) -> String {
    var roff = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": roff += "\\e"
      case "-": roff += "\\-"
      case "'": roff += "\\(aq"
      case "`": roff += "\\(ga"
      case "^": roff += "\\(ha"
      case "~": roff += "\\(ti"
      case _ where scalar.isASCII: roff.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        roff += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
      }
    }
    // A full stop at the beginning of a line would call a macro.
    return roff.hasPrefix(".") ? "\\&" + roff : roff
  }

  private struct Page {
    private(set) var text = ""

    mutating func line(_ line: String) { text += line + "\n" }

    mutating func macro(_ name: String, _ words: String...) {
      line(".\(name) " + words.map { "\"\(escaped($0).replacing("\"", with: "\\(dq"))\"" }.joined(separator: " "))
    }

    mutating func section(_ name: String) { macro("SH", name) }

    /// An entry of a list: a tag, which is roff, and a text.
    mutating func item(_ tag: String, _ description: String) {
      line(".TP")
      line(tag)
      line(escaped(description))
    }

    mutating func command(_ command: JSONValue) {
      let words = command["superCommands"].elements.map(\.string) + [command["commandName"].string]
      // Every command has these two options.
      let arguments = command["arguments"].elements.filter { !["version", "help"].contains($0["valueName"].string) }
      let named = arguments.filter { $0["kind"] != "positional" }
      let placed = arguments.filter { $0["kind"] == "positional" }
      macro("SS", (words + placed.map { "<\($0["valueName"].string)>" }).joined(separator: " "))
      line(escaped(command["abstract"].string))
      discussion(command["discussion"].string)
      options(placed + named)
      for subcommand in command["subcommands"].elements { self.command(subcommand) }
    }

    /// Prose is filled. Examples and tables stay as they are: their lines have two blanks in a row.
    mutating func discussion(_ discussion: String) {
      var isExample = false
      line(".PP")
      for text in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
        if text.contains("  ") != isExample {
          isExample.toggle()
          line(isExample ? ".nf" : ".fi")
        }
        line(text.isEmpty ? ".PP" : escaped(String(text)))
      }
      if isExample { line(".fi") }
    }

    mutating func options(_ arguments: [JSONValue]) {
      for argument in arguments where argument["shouldDisplay"] == true {
        var words = [argument["abstract"].string]
        let values = argument["allValues"].elements.map(\.string)
        if !values.isEmpty { words.append("(values: \(values.joined(separator: ", ")))") }
        if let value = argument["defaultValue"].text { words.append("(default: \(value))") }
        item(Self.tag(of: argument), words.filter { !$0.isEmpty }.joined(separator: " "))
      }
    }

    /// The names of an option and its value, or the name of an argument.
    private static func tag(of argument: JSONValue) -> String {
      let names = argument["names"].elements.map { name in
        "\\fB" + escaped((name["kind"] == "long" ? "--" : "-") + name["name"].string) + "\\fR"
      }
      let value = "\\fI" + escaped(argument["valueName"].string) + "\\fR"
      switch argument["kind"] {
      case "flag": return names.joined(separator: ", ")
      case "option": return names.joined(separator: ", ") + " " + value
      default: return value
      }
    }
  }
}
