/// A picture, with the words that replace it where it cannot be seen.
///
/// Kept here:
/// 1. A picture has a title and a description.
/// 2. A picture names classes, not colours. One style sheet colours them for light and dark backgrounds and for paper.
package struct Figure: Sendable {
  /// A short word, unique in a report.
  package let name: String
  package let title: String
  /// What the picture shows, in a sentence or two.
  package let description: String
  let width: Double
  let height: Double
  let content: SVG

  /// The picture alone: a whole SVG file.
  package var file: String {
    element(namespace: " xmlns=\"http://www.w3.org/2000/svg\"", style: "<style>\n\(Figure.style)\n</style>\n")
  }

  /// The picture inside an HTML page that has `Figure.style`.
  var inline: String { element(namespace: "", style: "") }

  private func element(namespace: String, style: String) -> String {
    let size = (SVG.number(width), SVG.number(height))
    return """
      <svg\(namespace) class="figure" role="img" aria-labelledby="\(name)-title \(name)-description" \
      viewBox="0 0 \(size.0) \(size.1)" width="\(size.0)" height="\(size.1)">
      <title id="\(name)-title">\(escapedMarkup(title))</title>
      <desc id="\(name)-description">\(escapedMarkup(description))</desc>
      \(style)\(content.text)</svg>

      """
  }

  /// Colours that people with colour blindness can tell apart (blue, orange and green of Okabe and Ito), for light and
  /// for dark backgrounds.
  static let style = """
    .figure { background: #fff; color: #1b1b1b; font: 12px Arial, "Liberation Sans", Helvetica, sans-serif; }
    .figure text { fill: currentColor; }
    .figure .bold { font-weight: bold; }
    .figure .small { font-size: 11px; }
    .figure .faint { fill: #51606c; }
    .figure .halo { paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round; }
    .figure .grid { stroke: #d5dbe0; stroke-width: 1; }
    .figure .axis { stroke: #51606c; stroke-width: 1; }
    .figure .box { fill: #eef3f8; stroke: #33536e; stroke-width: 1; }
    .figure .thick { stroke-width: 4; }
    .figure .link { fill: none; stroke: #51606c; stroke-width: 1.5; }
    .figure .dashed { stroke-dasharray: 5 4; }
    .figure .line { fill: none; stroke: #0072b2; stroke-width: 2; }
    .figure .area { fill: #cfe3f1; }
    .figure .bar { fill: #cfe3f1; stroke: #0072b2; stroke-width: 1; }
    .figure .other { fill: #fbe3c4; stroke: #a85b00; stroke-width: 1; }
    .figure .plain { fill: #fff; stroke: #51606c; stroke-width: 1; }
    .figure .band { fill: #7fa8c4; fill-opacity: 0.45; }
    .figure .band.part { fill: #d98a2b; fill-opacity: 0.55; }
    .figure .node { fill: #0072b2; }
    .figure .good { fill: #0072b2; stroke: #fff; stroke-width: 1; }
    .figure .bad { fill: #fff; stroke: #a85b00; stroke-width: 2; }
    @media screen and (prefers-color-scheme: dark) {
    .figure { background: #15191d; color: #e8edf1; }
    .figure .faint { fill: #a9b6c0; }
    .figure .halo { stroke: #15191d; }
    .figure .grid { stroke: #333d46; }
    .figure .axis, .figure .link { stroke: #a9b6c0; }
    .figure .box { fill: #22303c; stroke: #8fb3d1; }
    .figure .line { stroke: #6cb6e6; }
    .figure .area { fill: #1f3a4d; }
    .figure .bar { fill: #1f3a4d; stroke: #6cb6e6; }
    .figure .other { fill: #4a3416; stroke: #f0a94b; }
    .figure .plain { fill: #15191d; stroke: #a9b6c0; }
    .figure .band { fill: #6d93ad; fill-opacity: 0.5; }
    .figure .band.part { fill: #d08a35; fill-opacity: 0.6; }
    .figure .node { fill: #6cb6e6; }
    .figure .good { fill: #6cb6e6; stroke: #15191d; }
    .figure .bad { fill: #15191d; stroke: #f0a94b; }
    }
    """
}
