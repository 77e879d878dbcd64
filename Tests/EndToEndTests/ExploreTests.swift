import Foundation
import TerminalUI
import Testing

/// The five paints of the default dark theme in 256 colours, weakest first.
private let inFavour = ["94", "130", "173", "215", "222"].map { "5;" + $0 }
private let against = ["24", "31", "68", "75", "117"].map { "5;" + $0 }

extension Terminal {
  fileprivate func styled() throws -> StyledScreen { StyledScreen(try styledScreen()) }

  /// The probability shown first for a class on the screen.
  fileprivate func probability(of name: String) throws -> Double? {
    for line in try screen() {
      guard let found = line.range(of: name + " ") else { continue }
      let rest = line[found.upperBound...].drop { $0 == " " }
      if let number = Double(rest.prefix { $0.isNumber || $0 == "." }) { return number }
    }
    return nil
  }
}

@Suite struct `typing in the explorer` {
  @Test func `the first frame stands before the model is there, with title and hints`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    let stream = String(decoding: try terminal.stream(), as: UTF8.self)
    let loading = try #require(stream.range(of: "loading"))
    let loaded = try #require(stream.range(of: "awd-lstm"))
    #expect(loading.lowerBound < loaded.lowerBound)
    let screen = try terminal.screen()
    #expect(screen[0].contains("Explore"))
    #expect(screen[35].contains("Quit") || screen[35].contains("quit"))
  }

  @Test func `nothing is sent and nothing computed while nobody types`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film'")
    let identifier = try terminal.programIdentifier()
    let (bytes, ticks) = (try terminal.stream().count, try terminal.ticks(of: identifier))
    try spendTimeOnAnotherExplanation()
    #expect(try terminal.stream().count == bytes)
    #expect(try terminal.ticks(of: identifier) - ticks <= 1)
  }

  @Test func `words are painted for and against, and the bar follows`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    try terminal.type("a brilliant film")
    #expect(!Set(inFavour).isDisjoint(with: try terminal.styled().backgrounds(of: "brilliant")))
    let before = try #require(try terminal.probability(of: "positive"))
    try terminal.type(" but dull")
    // what is predicted is explained: dull speaks for the class that it turned the prediction to
    #expect(!Set(inFavour).isDisjoint(with: try terminal.styled().backgrounds(of: "dull")))
    #expect(!Set(against).isDisjoint(with: try terminal.styled().backgrounds(of: "brilliant")))
    let after = try #require(try terminal.probability(of: "positive"))
    #expect(after < before)
  }

  @Test func `the mouse selects a word, and what is typed replaces it`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film'")
    let screen = try terminal.screen()
    let row = try #require(screen.firstIndex { $0.contains("a brilliant film") })
    let start = try #require(screen[row].range(of: "brilliant")).lowerBound
    let column = screen[row].distance(from: screen[row].startIndex, to: start) + 1
    try terminal.send(
      bytes: "\u{1B}[<0;\(column);\(row + 1)M\u{1B}[<32;\(column + 5);\(row + 1)M"
        + "\u{1B}[<32;\(column + 9);\(row + 1)M\u{1B}[<0;\(column + 9);\(row + 1)m")
    try terminal.wait(for: "9 selected")
    try terminal.type("dull")
    try terminal.wait(for: "a dull film")
  }

  @Test func `the next explainer and the next class change the map`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film but dull'")
    #expect(try terminal.text.contains("Why negative? · integrated gradients"))
    let first = try terminal.styled().backgrounds(of: "brilliant")
    try terminal.press("C-t")
    #expect(try terminal.text.contains("Why positive? · integrated gradients"))
    let second = try terminal.styled().backgrounds(of: "brilliant")
    #expect(!Set(against).isDisjoint(with: first) && !Set(inFavour).isDisjoint(with: second))
    try terminal.press("C-x")
    #expect(try !terminal.text.contains("Why positive? · integrated gradients"))
    #expect(try terminal.text.contains("Why positive? · "))
  }

  @Test func `each explainer changes a word's paint or says that it is the same`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film but dull'")
    func paints() throws -> [Set<String>] {
      try ["a", "brilliant", "film", "but", "dull"].map {
        try terminal.styled().backgrounds(of: $0)
      }
    }
    for _ in 0..<4 {
      let before = try paints()
      try terminal.press("C-x")
      #expect(try paints() != before || terminal.text.contains("the same picture"))
    }
  }

  @Test func `readline keys work in the editor`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    try terminal.type("one two three")
    try terminal.press("C-a")
    try terminal.type("nought ")
    #expect(try terminal.text.contains("nought one two three"))
    try terminal.press("C-e", "C-w")
    #expect(try terminal.text.contains("nought one two") && !terminal.text.contains("three"))
    try terminal.press("M-b", "M-b", "C-k")
    #expect(try terminal.text.contains("nought") && !terminal.text.contains("one two"))
    try terminal.press("C-y")
    #expect(try terminal.text.contains("nought one two"))
    try terminal.press("C-u")
    #expect(try !terminal.text.contains("nought"))
    try terminal.type("ab")
    try terminal.press("Home")
    try terminal.type("x")
    try terminal.press("End")
    try terminal.type("y c")
    try terminal.press("C-Left")
    try terminal.type("z")
    try terminal.press("C-Right")
    try terminal.type("d")
    #expect(try terminal.text.contains("xaby zcd"))
  }

  @Test func `undo and redo go by words`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    try terminal.type("abc def")
    try terminal.press("Escape", "u")
    #expect(try terminal.text.contains("abc") && !terminal.text.contains("def"))
    try terminal.press("u")
    #expect(try !terminal.text.contains("abc"))
    try terminal.press("C-r", "C-r")
    #expect(try terminal.text.contains("abc def"))
  }

  @Test func `a paste is one step, escapes in it are marks`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    try terminal.type("before ")
    try terminal.paste("first\tline\nsecond \u{1B}[31m line\nthird")
    let text = try terminal.text
    for word in ["first", "second", "third", "^["] { #expect(text.contains(word)) }
    try terminal.press("C-_")
    let undone = try terminal.text
    #expect(undone.contains("before") && !undone.contains("first") && !undone.contains("third"))
  }

  @Test func `a large paste asks first and the screen still answers`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    let large = terminal.file("large")
    try String(repeating: "a fine film indeed. ", count: 10_000).write(
      toFile: large, atomically: true, encoding: .utf8)
    try terminal.pasteFile(large)
    try terminal.wait(for: "Paste 200 KB")
    try terminal.tmux("send-keys", "y")
    try terminal.wait(for: "a fine film indeed.")
    // whether or not the model has read it all
    try terminal.tmux("send-keys", "C-a")
    try terminal.tmux("send-keys", "-l", "zebra ")
    try terminal.wait(for: "zebra")
  }

  @Test func `odd clusters keep the border straight and the cursor steps over each once`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    try terminal.paste("👍🏽 ❤️ 👨‍👩‍👧 e\u{301} ｶﾞ 🇫🇷 \u{200B} \u{202E} END")
    let screen = try terminal.screen()
    let row = try #require(screen.first { $0.contains("END") })
    #expect(row.contains("200B") && row.contains("202E"))
    // every bordered row is as wide as the screen, whatever stands in it
    for line in screen where "│┃".contains(line.last ?? " ") {
      #expect(DisplaySafe.columns(of: line) == 120)
    }
    // nine clusters and the eight spaces between them, then END: Home is 20 steps away
    for _ in 0..<20 { try terminal.press("Left") }
    try terminal.type("Q")
    #expect(try terminal.text.contains("Q"))
    try terminal.press("C-a")
    try terminal.type("W")
    #expect(try terminal.text.contains("WQ"))
  }

  @Test func `nothing of a hostile text reaches the terminal`() throws {
    let terminal = try Terminal()
    let file = terminal.file("hostile")
    try Data(
      "evil \u{1B}]52;c;ZXZpbA==\u{7} \u{1B}]0;title\u{7} \u{1B}[2J \u{9B}31m end".utf8
    ).write(to: URL(filePath: file))
    try terminal.explore("--fresh", input: file)
    try terminal.wait(for: "end")
    let stream = String(decoding: try terminal.stream(), as: UTF8.self)
    #expect(!stream.contains("\u{1B}]52") && !stream.contains("\u{1B}]0;title"))
    #expect(!stream.contains("\u{9B}"))
    #expect(try terminal.text.contains("^[") && terminal.text.contains("evil"))
  }

  @Test func `a stale map is marked and no other word inherits its paint`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant and gorgeous film'")
    // all keys at once: whatever is on the screen in between must not paint the new word
    try terminal.send(bytes: "\u{1}dull ")
    #expect(Set(inFavour).isDisjoint(with: try terminal.styled().backgrounds(of: "dull")))
    #expect(!Set(inFavour).isDisjoint(with: try terminal.styled().backgrounds(of: "brilliant")))
    #expect(try !terminal.text.contains("◐"))
  }
}

@Suite struct `help and palette` {
  @Test func `the help lists every binding, filters, and leaves the screen as it was`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film'")
    try terminal.press("Escape")
    let before = try terminal.screen()
    try terminal.type("?")
    #expect(try terminal.text.contains("trajectory: after which word"))
    try terminal.type("G")
    #expect(try terminal.text.contains("close"))
    try terminal.type("/theme")
    let filtered = try terminal.text
    #expect(filtered.contains("choose a theme") && !filtered.contains("character left"))
    try terminal.press("Escape")
    if try terminal.screen() != before { try terminal.press("Escape") }
    #expect(try terminal.screen() == before)
  }

  @Test func `F1 opens the same help from the editor and types nothing`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    try terminal.type("abc")
    let before = try terminal.screen()
    try terminal.press("F1")
    #expect(try terminal.text.contains("What you see"))
    try terminal.press("Escape")
    #expect(try terminal.screen() == before)
  }

  @Test func `a command is completed with Tab and its values cycle`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film'")
    try terminal.press("Escape")
    try terminal.type(":the")
    try terminal.press("Tab")
    #expect(try terminal.text.contains(":theme"))
    try terminal.press("Escape")
    try terminal.type(":expl")
    try terminal.press("Tab", "Tab", "Tab", "Enter")
    #expect(try !terminal.text.contains("integrated gradients → "))
  }

  @Test func `the palette finds fuzzily and marks the letters`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film'")
    try terminal.press("C-p")
    try terminal.type("grcm")
    let text = try terminal.text
    #expect(text.lowercased().contains("grad-cam") || text.contains("Grad-CAM"))
    try terminal.press("Enter")
    #expect(try terminal.text.lowercased().contains("? · grad-cam"))
  }

  @Test func `the palette leads to Compare, digits lead to the screens`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film but dull'")
    try terminal.press("C-p")
    try terminal.type("cmp")
    let screen = try terminal.screen()
    let prompt = try #require(screen.firstIndex { $0.contains("> cmp") })
    #expect(screen[prompt + 1].contains("Compare"))
    try terminal.press("Enter")
    let compared = try terminal.text
    for part in ["Compare → negative", "Agreement", "Which explainer fits", "occlusion", "without"]
    {
      #expect(compared.contains(part))
    }
    try terminal.type("4")
    #expect(try terminal.text.contains("key to prediction"))
    try terminal.type("1")
    #expect(try terminal.text.contains("Why negative? · integrated gradients"))
  }
}

@Suite struct `models and what if` {
  @Test func `another model is opened by its path and a broken one leaves it open`() throws {
    let terminal = try Terminal()
    let source = Program.packageFolder.appending(path: "Sources/EmbeddedModels/sentiment")
    let good = URL(filePath: terminal.file("good-model"))
    try FileManager.default.copyItem(at: source, to: good)
    let cut = URL(filePath: terminal.file("cut-model"))
    try FileManager.default.copyItem(at: source, to: cut)
    let weights = cut.appending(path: "model.safetensors")
    try Data(contentsOf: weights).prefix(1_000_000).write(to: weights)
    try terminal.explore("--fresh 'a brilliant film'")
    try terminal.press("Escape")
    try terminal.type("O" + terminal.file("cut-"))
    try terminal.press("Tab")
    #expect(try terminal.text.contains("cut-model/"))
    try terminal.press("Enter")
    #expect(try terminal.text.contains("cut short"))
    #expect(try terminal.text.contains("sentiment stays open"))
    try terminal.press("Escape")
    try terminal.type("O" + terminal.file("good-model"))
    try terminal.press("Enter")
    #expect(try terminal.text.contains("model: sentiment"))
    // the last ones are offered
    try terminal.type("O")
    #expect(try terminal.text.contains("/good-model"))
  }

  @Test func `the map's trust is measured beside random scores`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film but dull'")
    let text = try terminal.text
    for part in ["p lost without ↑", "p lost alone ↓", "as removing ↑", "random scores (right)"] {
      #expect(text.contains(part))
    }
  }

  @Test func `a word that is switched off changes the prediction and comes back`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film'")
    let before = try #require(try terminal.probability(of: "positive"))
    try terminal.press("Escape", "Home", "Right")
    try terminal.press("Space")
    let text = try terminal.text
    #expect(text.contains("1 word off") && text.contains("brilliant  switched off"))
    let without = try #require(try terminal.probability(of: "positive"))
    #expect(without < before)
    try terminal.press("Space")
    #expect(try terminal.probability(of: "positive") == before)
  }
}
