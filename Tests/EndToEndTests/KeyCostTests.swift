import Testing

/// What a key costs on the line, all frames until the program is idle again: over a slow connection it
/// is what is felt.
@Suite struct `bytes of a key` {
  private static let text =
    "The acting is brilliant and the score is gorgeous, but the story never quite works and the "
    + "ending is painfully predictable."

  /// The least over keys: on a busy machine what a key asks for arrives in more frames than on an idle one.
  private func least(_ sizes: [Int]) -> Int { sizes.min() ?? .max }
  /// Half of the keys take no more: texts differ in length.
  private func median(_ sizes: [Int]) -> Int {
    sizes.isEmpty ? .max : sizes.sorted()[sizes.count / 2]
  }

  private func bytes(_ terminal: Terminal, _ keys: [String]) throws -> [Int] {
    var sizes: [Int] = []
    for key in keys {
      let before = try terminal.frameSizes().reduce(0, +)
      try terminal.press(key)
      sizes.append(try terminal.frameSizes().reduce(0, +) - before)
    }
    return sizes
  }

  /// The frame that answers a key, and the preview that follows once the cursor rests.
  @Test(arguments: [(80, 24), (120, 36), (200, 60)])
  func `a cursor key on Errors moves the mark and the preview, whatever the width`(
    _ columns: Int, _ rows: Int
  ) throws {
    let terminal = try Terminal(columns: columns, rows: rows, term: "xterm-256color")
    // the sample that comes with the program
    try terminal.explore("--fresh ''")
    try terminal.press("Escape", "2", "Enter")
    try terminal.wait(for: "200 of 200 rows")
    let down = median(try bytes(terminal, Array(repeating: "j", count: 9)))
    let up = median(try bytes(terminal, Array(repeating: "Up", count: 9)))
    print("bytes a cursor key on Errors, \(columns)x\(rows): down \(down), up \(up)")
    // the budget of a cursor key on every screen
    #expect(down <= 300 && up <= 300)
  }

  @Test func `typing, trying and choosing repaint what changed, and once`() throws {
    let terminal = try Terminal(term: "xterm-256color")
    try terminal.explore("--fresh '\(Self.text)'")
    let typed = least(try bytes(terminal, ["a", "g", "o", "o", "d", "x", "y"]))
    try terminal.press("Escape")
    let tried = least(try bytes(terminal, ["Space", "Space", "Space", "Space", "Space"]))
    let moved = least(try bytes(terminal, ["h", "h", "h", "h", "h", "h", "h"]))
    let chosen = least(try bytes(terminal, ["x", "x", "x", "x", "x"]))
    print("bytes a key: typed \(typed), tried \(tried), moved \(moved), chosen \(chosen)")
    // half as much again as was measured
    #expect(typed <= 2600 && tried <= 2500 && moved <= 300 && chosen <= 4200)
  }
}
