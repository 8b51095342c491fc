import PackagePlugin

/// Build-tool plugin: embeds the data files of a target as Swift source.
///
/// A target that uses it holds `.sql`, `.csv` or `.md` files, directly or through symbolic links, and at least one
/// Swift file, because SwiftPM drops a target without one. The plugin asks `EmbedTool` for one file,
/// `EmbeddedFiles.swift`, which declares `EmbeddedFiles` and `EmbeddedFile` in that target's module.
///
/// 1. Every embedded file is an input of the build command, so an edit runs it again.
/// 2. Every embedded file is an argument of the command, so an added or removed file runs it again.
@main
struct EmbedPlugin: BuildToolPlugin {
  /// The extensions of the files that are embedded. Other files of a target are ignored.
  private static let extensions = ["csv", "md", "sql"]

  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    guard let target = target.sourceModule else {
      Diagnostics.error("EmbedPlugin works on source targets only; \(target.name) is not one")
      return []
    }
    let inputs = target.sourceFiles.map(\.url)
      .filter { Self.extensions.contains($0.pathExtension) }
      .sorted { $0.path(percentEncoded: false) < $1.path(percentEncoded: false) }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(inputs.count) files of \(target.name)",
        executable: try context.tool(named: "EmbedTool").url,
        arguments: ([output] + inputs).map { $0.path(percentEncoded: false) },
        inputFiles: inputs,
        outputFiles: [output])
    ]
  }
}
