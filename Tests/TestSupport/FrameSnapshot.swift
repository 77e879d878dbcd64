import Foundation
public import TerminalUI

extension Frame {
  /// The frame as text to review: `|` before the characters of a row, `~` before its heat where it has
  /// any (`1`...`5` for, `a`...`e` against, `A`...`E` without a sign) and, if asked for, `:` before its
  /// attributes (`b`old, `u`nderline, `r`everse, `*` several).
  public func snapshot(showsAttributes: Bool = false) -> String {
    var lines: [String] = []
    for row in 0..<size.rows {
      let cells = self.cells[(row * size.columns)..<((row + 1) * size.columns)]
      lines.append(trimmed("|", cells.map(\.cluster)))
      let heat = trimmed("~", cells.map { heatCode($0.style.role) })
      if heat != "~" { lines.append(heat) }
      let attributes = trimmed(":", cells.map { attributeCode($0.style.attributes) })
      if showsAttributes, attributes != ":" { lines.append(attributes) }
    }
    if let cursor { lines.append("cursor \(cursor.column),\(cursor.row)") }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Compares a frame with `Snapshots/NAME.txt` beside the calling test. Returns nil when they are the
/// same, else what to look at. With `RECORD_SNAPSHOTS=1` it writes the file and returns a problem too.
public func snapshotProblem(
  _ frame: Frame, _ name: String, showsAttributes: Bool = false, testFile: String = #filePath
) -> String? {
  let folder = URL(filePath: testFile).deletingLastPathComponent().appending(path: "Snapshots")
  let file = folder.appending(path: name + ".txt")
  let found = frame.snapshot(showsAttributes: showsAttributes)
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(found.utf8).write(to: file)
      return "recorded \(name); run again without RECORD_SNAPSHOTS"
    } catch { return "could not record \(name): \(error)" }
  }
  guard let data = try? Data(contentsOf: file) else {
    return "no snapshot \(name) yet (RECORD_SNAPSHOTS=1 makes it); found:\n\(found)"
  }
  // Bytes, because String == takes a composed and a decomposed letter for the same.
  guard data != Data(found.utf8) else { return nil }
  return "\(name) differs; expected:\n\(String(decoding: data, as: UTF8.self))found:\n\(found)"
}

private func trimmed(_ mark: String, _ codes: [String]) -> String {
  let end = codes.lastIndex { $0 != " " && $0 != "" } ?? -1
  return mark + codes[...end].joined()
}

private func heatCode(_ role: Role) -> String {
  let (level, letters): (Int, [String])
  switch role {
  case .heat(let value): (level, letters) = (abs(value), value < 0 ? against : wanted)
  case .intensity(let value): (level, letters) = (value, unsigned)
  default: return " "
  }
  return letters.indices.contains(level) ? letters[level] : "?"
}

private let against = [" ", "a", "b", "c", "d", "e"]
private let wanted = [" ", "1", "2", "3", "4", "5"]
private let unsigned = [" ", "A", "B", "C", "D", "E"]

private func attributeCode(_ attributes: Attributes) -> String {
  switch attributes {
  case []: " "
  case .bold: "b"
  case .underline: "u"
  case .reverse: "r"
  default: "*"
  }
}
