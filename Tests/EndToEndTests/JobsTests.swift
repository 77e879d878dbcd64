import Foundation
import Testing

/// So long that LIME's five thousand variants of it take a while on any machine.
private let longText = (0..<300).map { ["good", "film", "but", "dull", "never"][$0 % 5] }
  .joined(separator: " ")

extension Terminal {
  /// What the status row counts while an explanation is computed: `1,200 of 5,001 passes`.
  fileprivate var passes: String? {
    get throws {
      try screen().first { $0.contains(" of ") && $0.contains(" passes in ") }
        .flatMap { $0.split(separator: " of ").first }.map(String.init)
    }
  }

  fileprivate func startLIME() throws {
    // idle it is only when all of this long text is explained
    try start("--fresh '\(longText)'")
    try wait("the prediction") { try self.text.contains("negative 0.") }
    try tmux("send-keys", "Escape")
    try wait("commands") { try self.screen().last { !$0.isEmpty }?.contains(" edit") == true }
    // the map that is to come back
    try wait("a whole map", seconds: 240) {
      try self.screen().contains {
        $0.contains("Why negative?") && $0.contains(" gap ") && !$0.contains("refining")
      }
    }
    try tmux("send-keys", "-l", ":explainer lime")
    try wait("the palette") { try self.text.contains("explainer lime") }
    try tmux("send-keys", "Enter")
  }
}

@Suite struct `long jobs` {
  // Behaviour 20 of the forty.
  @Test func `a long explanation counts, can be left, and then nothing is computed`() throws {
    // so small that nothing is measured of the maps beside
    let terminal = try Terminal(columns: 80, rows: 24)
    try terminal.startLIME()
    var counts: Set<String> = []
    try terminal.wait("a count that moves") {
      if let count = try terminal.passes { counts.insert(count) }
      return counts.count >= 3
    }
    #expect(try terminal.screen().contains { $0.contains(" left; ") && $0.contains("stops") })
    // not idle before the pass under way has ended
    try terminal.press("Escape")
    try terminal.wait(for: "cancelled after")
    let screen = try terminal.text
    #expect(screen.contains(" as before"))
    #expect(screen.contains("Why negative?") && !screen.contains("? · LIME"))
    let identifier = try terminal.programIdentifier()
    let ticks = try terminal.ticks(of: identifier)
    try spendTimeOnAnotherExplanation()
    #expect(try terminal.ticks(of: identifier) - ticks <= 1)
  }

  @Test func `explain says before a long run how long it takes, and then how far it is`() throws {
    let terminal = try Terminal()
    let words = terminal.file("words.txt")
    let text = Array(repeating: longText, count: 5).joined(separator: " ")
    try Data(text.utf8).write(to: URL(filePath: words))
    let table = terminal.file("table.csv")
    try terminal.shell(
      "clear; '\(Program.path)' explain --method saliency --method lime --format csv"
        + " --input '\(words)' --output '\(table)'")
    var stream = ""
    try terminal.wait("a count", seconds: 120) {
      stream = String(decoding: try terminal.stream(), as: UTF8.self)
      return stream.contains(/lime: [\d,]+ of about [\d,]+ passes   [^\e]+ left/)
    }
    let before = try #require(
      stream.firstRange(of: /lime: [\d,]+ passes of \d[\d.]* m?s[^\e]*, about [^\e]+/))
    let count = try #require(stream.firstRange(of: /lime: [\d,]+ of about/))
    #expect(before.upperBound <= count.lowerBound)
    #expect(!stream.contains("saliency: 1 pass"))
    try terminal.tmux("send-keys", "C-c")
    // nothing half written is left
    try terminal.wait("the shell") { try terminal.screen().contains("shell>") }
    #expect(!FileManager.default.fileExists(atPath: table))
  }

  @Test func `a long run says in one line what it costs where nobody sees a line change`() throws {
    let terminal = try Terminal()
    let words = terminal.file("words.txt")
    let text = Array(repeating: longText, count: 5).joined(separator: " ")
    try Data(text.utf8).write(to: URL(filePath: words))
    let (table, errors) = (terminal.file("table.csv"), terminal.file("errors.txt"))
    try terminal.shell(
      "clear; '\(Program.path)' explain --method lime --format csv"
        + " --input '\(words)' --output '\(table)' 2> '\(errors)'")
    var said = ""
    try terminal.wait("a line", seconds: 120) {
      said = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
      return said.contains("\n")
    }
    #expect(said.contains(/^whylight: lime: [\d,]+ passes of \d[\d.]* m?s[^\n]*, about [^\n]+\n$/))
    try terminal.tmux("send-keys", "C-c")
    try terminal.wait("the shell") { try terminal.screen().contains("shell>") }
  }

  // Behaviour 21.
  @Test func `a key during a long explanation shows at once and ends it`() throws {
    let terminal = try Terminal()
    try terminal.startLIME()
    try terminal.wait("the count") { try terminal.passes != nil }
    try terminal.tmux("send-keys", "-l", "i")
    try terminal.tmux("send-keys", "Home")
    try terminal.tmux("send-keys", "-l", "zebra ")
    try terminal.wait(for: "zebra good film")
    // the older map is marked until the new one is there, and its paint is on no other word
    try terminal.wait("a mark or a newer count") {
      let text = try terminal.text
      return try text.contains("◐") || terminal.passes != nil
    }
    // the count of the older job may stand there until the newer map's first picture
    try terminal.wait("the newer count") {
      let text = try terminal.text
      return try text.contains("last edit changed") && !text.contains("◐")
        && terminal.passes != nil
    }
    try terminal.tmux("send-keys", "C-c")
    try terminal.wait(for: "cancelled after")
  }

  @Test func `a kill in the middle of scoring loses the batch under way at most`() throws {
    let terminal = try Terminal()
    let rows = (0..<4000).map { row in
      "a \(row % 2 == 0 ? "brilliant" : "dull") film about number \(row),positive"
    }
    let file = terminal.file("many.csv")
    try Data(("text,label\n" + rows.joined(separator: "\n") + "\n").utf8)
      .write(to: URL(filePath: file))
    try terminal.start("--fresh --data '\(file)'")
    try terminal.wait("some rows") { try terminal.scoredRows > 200 }
    let shown = try terminal.scoredRows
    try terminal.shellAfterKill()
    #expect(try keptAnswers(terminal) >= shown)
    try terminal.start("--fresh --data '\(file)'")
    try terminal.wait("the rows of before") { try terminal.scoredRows > 200 }
    try terminal.tmux("send-keys", "Escape")
    try terminal.wait(for: "stopped after")
    try terminal.tmux("send-keys", "-l", "r")
    try terminal.wait("all rows", seconds: 300) {
      try terminal.screen()[1].contains("4,000 of 4,000 rows")
    }
  }
}

/// How many answers the store holds, as another program reads it.
private func keptAnswers(_ terminal: Terminal) throws -> Int {
  let query = """
    import sqlite3, sys
    store = sqlite3.connect(sys.argv[1])
    print(store.execute("SELECT count(*) FROM prediction").fetchone()[0])
    """
  let output = terminal.file("count")
  let status = try spawn(
    "python3", ["-c", query, terminal.file("cache/whylight/predictions.sqlite")],
    environment: ProcessInfo.processInfo.environment, output: output)
  #expect(status == 0)
  let text = try String(contentsOfFile: output, encoding: .utf8)
  return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
}

extension Terminal {
  /// Of the count in the second row: `1,280 of 4,000 scored`, in the end `4,000 of 4,000 rows`.
  fileprivate var scoredRows: Int {
    get throws {
      let words = (try screen().dropFirst().first ?? "").split(separator: " ")
      guard let end = words.firstIndex(where: { ["scored", "rows"].contains($0) }), end > 0 else {
        return 0
      }
      let isScored = words[end] == "scored" && end > 2 && words[end - 2] == "of"
      let number = words[isScored ? end - 3 : end - 1]
      return Int(number.replacingOccurrences(of: ",", with: "")) ?? 0
    }
  }
}
