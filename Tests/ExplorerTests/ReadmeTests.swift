import Explorer
import Foundation
import Testing

private let root = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

private func page(_ path: String) throws -> String {
  try String(contentsOf: root.appending(path: path), encoding: .utf8)
}

/// The page's tables are the program's own: `RECORD_SNAPSHOTS=1` writes them, and fails while it does.
@Test func `docs keys shows the keys that there are`() throws {
  let text = try page("docs/keys.md")
  let start = try #require(text.range(of: "<!-- keys -->\n"))
  let end = try #require(text.range(of: "<!-- end of keys -->"))
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
    let changed =
      text[..<start.upperBound] + Keymap.standard.markdownTables + text[end.lowerBound...]
    try String(changed).write(
      to: root.appending(path: "docs/keys.md"), atomically: true, encoding: .utf8)
    Issue.record("recorded")
  } else {
    #expect(text[start.upperBound..<end.lowerBound] == Keymap.standard.markdownTables)
  }
}

/// README has a dozen of them, each as it stands in docs/keys.md.
@Test func `README names keys that there are`() throws {
  let text = try page("README.md")
  let start = try #require(text.range(of: "<!-- keys -->\n"))
  let end = try #require(text.range(of: "<!-- end of keys -->"))
  let rows = text[start.upperBound..<end.lowerBound].split(separator: "\n").dropFirst(2)
  let known = Set(Keymap.standard.bindings.map(\.markdownRow))
  #expect(rows.count >= 12)
  for row in rows { #expect(known.contains(String(row)), "\(row)") }
}
