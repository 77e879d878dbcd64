import Foundation

/// A page of the documentation.
struct Document {
  /// From the package's folder.
  let path: String
  let text: String

  init(path: String) throws {
    self.path = path
    text = try String(contentsOf: Program.packageFolder.appending(path: path), encoding: .utf8)
  }

  /// README and everything below docs/ and .github/.
  static func all() throws -> [Document] {
    let files = FileManager.default
    let found = try ["docs", ".github"].flatMap { folder in
      try files.subpathsOfDirectory(
        atPath: Program.packageFolder.appending(path: folder).path(percentEncoded: false)
      ).map { "\(folder)/\($0)" }
    }
    return try (["README.md"] + found.filter { $0.hasSuffix(".md") }.sorted()).map(Document.init)
  }

  var withoutComments: String {
    text.replacing(#/<!--.*?-->/#.dotMatchesNewlines(), with: "")
  }

  /// Without blocks of code.
  var prose: String {
    withoutComments.replacing(
      #/^```.*?^```/#.dotMatchesNewlines().anchorsMatchLineEndings(), with: "")
  }

  /// What stands in backticks within the prose.
  var quoted: [String] { prose.matches(of: #/`([^`\n]+)`/#).map { String($0.output.1) } }

  /// The lines of the blocks of code.
  var code: [String] {
    withoutComments.matches(
      of: #/^```\w*\n(.*?)^```/#.dotMatchesNewlines().anchorsMatchLineEndings()
    )
    .flatMap { $0.output.1.split(separator: "\n").map(String.init) }
  }

  /// Headings as GitHub makes anchors of them.
  var anchors: Set<String> {
    Set(
      prose.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
        let title = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
        return String(
          title.compactMap { character -> Character? in
            if character == " " { return "-" }
            return character.isLetter || character.isNumber || "-_".contains(character)
              ? character : nil
          })
      })
  }

  /// What stands between two comments, `<!-- NAME -->` and `<!-- end of NAME -->`.
  func part(_ name: String) -> Substring? {
    guard let start = text.range(of: "<!-- \(name) -->\n"),
      let end = text.range(of: "<!-- end of \(name) -->"), start.upperBound <= end.lowerBound
    else { return nil }
    return text[start.upperBound..<end.lowerBound]
  }
}
