package import Reports

extension OutputCatalog {
  /// Pictures of a screen as it is.
  package var screenFormats: [OutputFormat] {
    formats(writing: \.screen, first: [.svg, .png, .ansi])
  }

  /// Tables that are on a screen.
  package var tableFormats: [OutputFormat] {
    formats(writing: \.table, first: [.csv, .jsonl, .json, .markdown, .html])
  }
}
