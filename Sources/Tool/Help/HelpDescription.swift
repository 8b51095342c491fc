import ArgumentParser
import RegistryFormats

/// The commands as JSON, so that a program in R or Python can wrap the tool without reading its help.
///
/// Kept here:
/// 1. Every command, argument and option that the help shows is in it, in the order of the help.
enum HelpDescription {
  static func json() throws -> JSONValue {
    let root = try JSONReader.read(Array(OrgReg._dumpHelp().utf8))["command"]
    let described = root["subcommands"].elements
    var commands: [JSONValue] = []
    for group in OrgReg.configuration.groupedSubcommands {
      for type in group.subcommands {
        guard let command = described.first(where: { $0["commandName"].string == type.configuration.commandName })
        else { continue }
        commands += flattened(command, group.name, [])
      }
    }
    return [
      "tool": "orgreg", "version": .string(OrgReg.configuration.version),
      "exit_statuses": .array(
        ExitStatus.allCases.map { ["status": .integer(Int($0.rawValue)), "meaning": .string($0.meaning)] }),
      "commands": .array(commands),
    ]
  }

  /// A command that can be called, or all below one that only groups others.
  private static func flattened(_ command: JSONValue, _ group: String, _ above: [String]) -> [JSONValue] {
    let words = above + [command["commandName"].string]
    let below = command["subcommands"].elements
    guard below.isEmpty else { return below.flatMap { flattened($0, group, words) } }
    let arguments = command["arguments"].elements.filter { argument in
      argument["shouldDisplay"] == true && !["version", "help"].contains(argument["valueName"].string)
    }
    return [
      [
        "words": .strings(words), "group": .string(group), "abstract": command["abstract"],
        "discussion": command["discussion"], "arguments": .array(arguments.map(described)),
        "columns": TableColumns.all[words.joined(separator: " ")].map(JSONValue.strings) ?? nil,
      ]
    ]
  }

  private static func described(_ argument: JSONValue) -> JSONValue {
    let names = argument["names"].elements.map { ($0["kind"] == "long" ? "--" : "-") + $0["name"].string }
    return [
      "kind": argument["kind"] == "positional" ? "argument" : argument["kind"],
      "names": .strings(names), "value": argument["kind"] == "flag" ? nil : argument["valueName"],
      "is_optional": argument["isOptional"], "is_repeating": argument["isRepeating"],
      "default": argument["defaultValue"], "values": argument["allValues"], "help": argument["abstract"],
    ]
  }
}
