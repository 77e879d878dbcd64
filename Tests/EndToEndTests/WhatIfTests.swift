import Foundation
import Testing

@Suite(.serialized) struct `what if, in a terminal` {
  private static let text =
    "a brilliant story but dull"

  private func start(columns: Int = 120, rows: Int = 36, _ options: String = "") throws -> Terminal
  {
    let terminal = try Terminal(columns: columns, rows: rows)
    try terminal.explore("--fresh \(options) '\(Self.text)'")
    try terminal.press("Escape")
    return terminal
  }

  /// All that the panes ask for in the background.
  private func wait(_ terminal: Terminal, for text: String) throws {
    try terminal.wait(for: text)
  }

  @Test func `another word is typed in the place of one, and undone`() throws {
    let terminal = try start()
    try terminal.press("k", "w")
    try wait(terminal, for: "cosine")
    try terminal.type("gripping")
    try terminal.press("Enter")
    try wait(terminal, for: "1 change")
    #expect(try terminal.text.contains("gripping"))
    try terminal.press("u")
    try wait(terminal, for: "undone")
    #expect(try !terminal.text.contains("gripping"))
  }

  @Test func `the trajectory says where the decision fell`() throws {
    let terminal = try start()
    try terminal.press("d")
    try wait(terminal, for: "decided at dull")
    #expect(try terminal.text.contains("█████"))
    // what is typed is measured anew
    try terminal.press("i", "End")
    try terminal.type(" Superb, wonderful, a masterpiece.")
    try wait(terminal, for: "positive")
    #expect(try terminal.text.contains("Trajectory"))
  }

  @Test func `a flip is found, tried and taken back at 80 by 24`() throws {
    let terminal = try start(columns: 80, rows: 24)
    try terminal.press("f")
    try wait(terminal, for: "without dull")
    try terminal.press("Enter")
    try wait(terminal, for: "1 off")
    #expect(try terminal.text.contains("positive 0."))
    try terminal.press("u")
    try wait(terminal, for: "negative 0.")
    #expect(try !terminal.text.contains("1 off"))
  }

  @Test func `a phrase, the X-ray, typos and the history have their pages`() throws {
    let terminal = try start()
    try terminal.press("Home", "V", "Right", "V")
    try wait(terminal, for: "Shapley value")
    #expect(try terminal.text.contains("A  a brilliant"))
    try terminal.press("z")
    try wait(terminal, for: "replace_rep")
    try terminal.press("n")
    try wait(terminal, for: "flip the class")
    try terminal.press("H")
    try wait(terminal, for: "step 1 of 1")
    try terminal.press("Escape")
    #expect(try !terminal.text.contains("What if"))
  }

  @Test func `without colours and in plain letters the pages are readable`() throws {
    let terminal = try start("--plain")
    for key in ["d", "f", "P", "z", "n", "H", "B"] {
      try terminal.press(key)
      #expect(try terminal.text.unicodeScalars.allSatisfy { $0.isASCII })
    }
  }
}
