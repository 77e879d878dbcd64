package import Reports

extension OutputCatalog {
  /// The formats that a picture of the screen can be written in.
  package var screenFormats: [OutputFormat] {
    formats(writing: \.screen, first: [.svg, .png, .ansi])
  }

  /// The formats that a table on a screen can be written in.
  package var tableFormats: [OutputFormat] {
    formats(writing: \.table, first: [.csv, .jsonl, .json, .markdown, .html])
  }
}
