import Testing

/// What a key costs on the line, all frames until the program is idle again: over a slow connection it
/// is what is felt.
@Suite struct `bytes of a key` {
  private static let text =
    "The acting is brilliant and the score is gorgeous, but the story never quite works and the "
    + "ending is painfully predictable."

  /// The least over keys: on a busy machine what a key asks for arrives in more frames than on an idle one.
  private func bytes(_ terminal: Terminal, _ keys: [String]) throws -> Int {
    var sizes: [Int] = []
    for key in keys {
      let before = try terminal.frameSizes().reduce(0, +)
      try terminal.press(key)
      sizes.append(try terminal.frameSizes().reduce(0, +) - before)
    }
    return sizes.min() ?? .max
  }

  @Test func `typing, trying and choosing repaint what changed, and once`() throws {
    let terminal = try Terminal(term: "xterm-256color")
    try terminal.explore("--fresh '\(Self.text)'")
    let typed = try bytes(terminal, ["a", "g", "o", "o", "d", "x", "y"])
    try terminal.press("Escape")
    let tried = try bytes(terminal, ["Space", "Space", "Space", "Space", "Space"])
    let moved = try bytes(terminal, ["h", "h", "h", "h", "h", "h", "h"])
    let chosen = try bytes(terminal, ["x", "x", "x", "x", "x"])
    print("bytes a key: typed \(typed), tried \(tried), moved \(moved), chosen \(chosen)")
    // half as much again as was measured
    #expect(typed <= 2600 && tried <= 2500 && moved <= 300 && chosen <= 4200)
  }
}
