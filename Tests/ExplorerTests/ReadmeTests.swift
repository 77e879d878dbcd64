import Explorer
import Foundation
import Testing

/// README's key table is the program's own: `RECORD_SNAPSHOTS=1` writes it, and fails while it does.
@Test func `README shows the keys that there are`() throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "README.md")
  let text = try String(contentsOf: file, encoding: .utf8)
  let start = try #require(text.range(of: "<!-- keys -->\n"))
  let end = try #require(text.range(of: "<!-- end of keys -->"))
  let table = text[start.upperBound..<end.lowerBound]
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
    let changed =
      text[..<start.upperBound] + Keymap.markdownTable + text[end.lowerBound...]
    try String(changed).write(to: file, atomically: true, encoding: .utf8)
    Issue.record("recorded")
  } else {
    #expect(table == Keymap.markdownTable)
  }
}
