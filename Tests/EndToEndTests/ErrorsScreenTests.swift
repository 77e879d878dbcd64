import Documents
import Foundation
import Glibc
import TerminalUI
import Testing

/// Rows on which the embedded model is sure, unsure and wrong; every third has a wrong label.
private func reviews(_ count: Int) -> String {
  let praise = ["a brilliant and moving film", "wonderful from start to end", "clever and fine"]
  let blame = ["dull and far too long", "what a boring mess", "painfully predictable"]
  let rows = (0..<count).map { row -> String in
    let isGood = row.isMultiple(of: 2)
    let text = (isGood ? praise : blame)[row / 2 % 3]
    let label = isGood == !row.isMultiple(of: 3) ? "positive" : "negative"
    return "\(text) number \(row),\(label)"
  }
  return "text,label\n" + rows.joined(separator: "\n") + "\n"
}

private func opened(
  _ rows: Int = 60, columns: Int = 120, height: Int = 36, arguments: String = "",
  environment: [String: String] = [:]
) throws -> Terminal {
  let terminal = try Terminal(columns: columns, rows: height, environment: environment)
  try Data(reviews(rows).utf8).write(to: URL(filePath: terminal.file("reviews.csv")))
  try terminal.explore("--fresh --data '\(terminal.file("reviews.csv"))' \(arguments)")
  return terminal
}

extension Terminal {
  /// The line of the row at the cursor.
  fileprivate var line: String {
    get throws {
      try #require(
        try screen().first { $0.dropFirst().first == "▸" || $0.dropFirst().first == ">" })
    }
  }

  fileprivate func leave() throws {
    try tmux("send-keys", "C-q")
    try wait("the shell") { try self.flag("alternate_on") == "0" }
  }

  fileprivate func text(of name: String) throws -> String {
    try String(contentsOfFile: file(name), encoding: .utf8)
  }
}

@Suite struct `errors in a terminal` {
  // Behaviour 11 of the forty.
  @Test func `a query shows only its rows, and an error in it has a caret`() throws {
    let terminal = try opened()
    #expect(try terminal.screen()[1].contains("60 of 60 rows"))
    try terminal.type("/gold!=pred p>0.8")
    try terminal.press("Enter")
    let counts = try terminal.screen()[1]
    #expect(counts.contains(" of 60 rows") && !counts.contains("60 of 60"))
    for line in try terminal.screen()[5...10] where line.contains("positive") {
      #expect(line.contains("negative"))
    }
    try terminal.type("/ q>1")
    try terminal.press("Enter")
    let screen = try terminal.screen()
    let place = try #require(screen[1].firstRange(of: "q>1"))
    let caret = try #require(screen[2].firstIndex(of: "^"))
    #expect(
      screen[1].distance(from: screen[1].startIndex, to: place.lowerBound)
        == screen[2].distance(from: screen[2].startIndex, to: caret))
    #expect(screen[2].contains("there is no field 'q'"))
  }

  // Behaviour 12.
  @Test func `thirty keys go thirty rows down with few bytes each`() throws {
    let terminal = try opened()
    try terminal.type("R")
    try terminal.type("ooooo")
    try terminal.type("o")
    for _ in 0..<12 { try terminal.press("j") }
    try terminal.press("g")
    let first = try terminal.line
    let before = try terminal.frameSizes().count
    for _ in 0..<30 { try terminal.press("j") }
    let there = try terminal.line
    #expect(there != first)
    let sizes = try terminal.frameSizes().dropFirst(before).sorted()
    let median = try #require(sizes.isEmpty ? nil : sizes[sizes.count / 2])
    print("bytes a frame on Errors: median \(median), largest \(sizes.last ?? 0)")
    #expect(median <= 300)
    // all at once: none is lost
    try terminal.press("g")
    try terminal.send(bytes: String(repeating: "j", count: 30))
    #expect(try terminal.line == there)
    try terminal.send(bytes: String(repeating: "k", count: 30))
    #expect(try terminal.line == first)
  }

  // Behaviour 13.
  @Test func `Enter opens the row with its label, and Esc returns to the same place`() throws {
    let terminal = try opened()
    try terminal.send(bytes: String(repeating: "j", count: 40))
    let screen = try terminal.screen()
    try terminal.press("Enter")
    #expect(try terminal.screen()[0].contains("gold "))
    #expect(try terminal.text.contains(" number "))
    try terminal.press("Escape")
    #expect(try terminal.screen() == screen)
  }

  // Behaviour 14.
  @Test func `a click selects, the wheel scrolls nine rows, a hint runs`() throws {
    let terminal = try opened()
    let target = try terminal.screen()[12]
    try terminal.click(column: 20, row: 12)
    #expect(try terminal.line.dropFirst(2).prefix(60) == target.dropFirst(2).prefix(60))
    let below = try terminal.screen()[16]
    try terminal.send(bytes: String(repeating: "\u{1B}[<65;20;12M", count: 3))
    #expect(try terminal.screen()[7].dropFirst(2).prefix(60) == below.dropFirst(2).prefix(60))
    let hints = try terminal.screen()[35]
    let hint = try #require(hints.firstRange(of: "/ filter"))
    try terminal.click(
      column: hints.distance(from: hints.startIndex, to: hint.lowerBound), row: 35)
    try terminal.type("p>0")
    #expect(try terminal.screen()[1].contains("/ p>0"))
  }

  // Behaviour 15.
  @Test func `a click at column 250 reaches what is there`() throws {
    let terminal = try opened(columns: 300)
    let screen = try terminal.screen()
    let row = try #require(screen.firstIndex { $0.contains("6 to 15 words") })
    let place = try #require(screen[row].firstRange(of: "6 to 15 words"))
    let start = screen[row].distance(from: screen[row].startIndex, to: place.lowerBound)
    #expect(start <= 250 && start > 223)
    try terminal.click(column: 250, row: row)
    try terminal.press("Enter")
    #expect(try terminal.screen()[1].contains("len>5 len<=15"))
  }

  // Behaviour 36.
  @Test func `y copies the rows by OSC 52, or into tmux's own buffer`() throws {
    let outside = try opened(environment: ["SSH_TTY": "/dev/pts/9"])
    try outside.type(" y")
    #expect(try outside.text.contains("(OSC 52)"))
    let stream = String(decoding: try outside.stream(), as: UTF8.self)
    let start = try #require(stream.range(of: "\u{1B}]52;c;", options: .backwards))
    let encoded = stream[start.upperBound...].prefix { $0 != "\u{7}" }
    #expect(encoded.utf8.count <= 75_000)
    let copied = try #require(Data(base64Encoded: String(encoded)))
    let lines = String(decoding: copied, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasPrefix("row\tgold\tpred"))

    let inside = try Terminal(environment: [:])
    let socket = try inside.flag("socket_path")
    try Data(reviews(20).utf8).write(to: URL(filePath: inside.file("reviews.csv")))
    try inside.shell("export TMUX=\(socket),1,0")
    try inside.explore("--fresh --data '\(inside.file("reviews.csv"))'")
    try inside.type(" y")
    try inside.wait("the copy") { try inside.text.contains("(tmux buffer)") }
    #expect(try inside.tmux("show-buffer").contains("row\tgold\tpred"))
    try inside.type("Y")
    try inside.wait("the command") {
      try inside.tmux("show-buffer").hasPrefix("whylight evaluate --data ")
    }
  }

  @Test func `the evidence of the rows in sight comes by itself`() throws {
    let terminal = try opened(columns: 200)
    #expect(try terminal.text.contains("top evidence"))
    try terminal.wait("evidence") { try terminal.line.contains("+") }
  }
}

@Suite struct `what is written about rows` {
  @Test func `a label and a note outlive the program, and go out into a file`() throws {
    let terminal = try opened()
    let row = try terminal.line
    try terminal.type("lneg")
    try terminal.press("Tab")
    try terminal.type("seems ironic")
    try terminal.press("Enter")
    #expect(try terminal.text.contains("label negative and note saved"))
    try terminal.type("k")
    #expect(try terminal.text.contains("note: seems ironic"))
    // a program that is killed has it written down already
    try terminal.shellAfterKill()
    try terminal.explore("--fresh --data '\(terminal.file("reviews.csv"))'")
    #expect(try terminal.line == row.replacing(" • ", with: " • ") || terminal.text.contains("•"))
    try terminal.type("/note~ironic")
    try terminal.press("Enter")
    #expect(try terminal.screen()[1].contains("1 of 60 rows"))
    try terminal.type("E")
    try terminal.press("C-u")
    try terminal.type(terminal.file("out.jsonl"))
    try terminal.press("Enter")
    try terminal.wait("the file") { try terminal.text.contains("wrote ") }
    let line = try JSON(Array(try terminal.text(of: "out.jsonl").utf8))
    #expect(line["note"] == .string("seems ironic") && line["new_label"] == .string("negative"))
    // a second time it asks
    try terminal.type("E")
    try terminal.press("C-u")
    try terminal.type(terminal.file("out.jsonl"))
    try terminal.press("Enter")
    try terminal.wait(for: "Overwrite? y/n")
    try terminal.type("n")
    #expect(try !terminal.text.contains("replace it"))
  }

  @Test func `a session that can't be kept is said where the screen stood`() throws {
    // a file stands where the folder would be, as on a disk that is full or read-only nothing is made
    let terminal = try Terminal(environment: ["XDG_STATE_HOME": "/dev/null"])
    try terminal.explore("--fresh 'a brilliant film'")
    try terminal.tmux("send-keys", "C-q")
    try terminal.wait(for: "the text could not be saved: can't write /dev/null/whylight/")
    try terminal.tmux("send-keys", "y")
    try terminal.wait(for: "shell>")
  }

  // Behaviour 37.
  @Test(arguments: [(Int32(0), 0), (SIGTERM, 143), (SIGHUP, 129)])
  func `the filter, the order and the row are there again`(_ signal: Int32, _ status: Int) throws {
    let terminal = try opened()
    try terminal.type("/p>0.5")
    try terminal.press("Enter")
    try terminal.type("oSjjj")
    try terminal.wait("slice") { try terminal.text.contains("p>0.5  ") }
    let before = try terminal.screen()
    try terminal.shellAfterLeaving {
      if signal == 0 { try terminal.tmux("send-keys", "C-q") } else { try terminal.signal(signal) }
    }
    try terminal.shell("echo status=$?")
    try terminal.wait(for: "status=\(status)")
    try terminal.explore()
    try terminal.wait("the same screen") {
      try terminal.screen().dropLast(2) == before.dropLast(2)
    }
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
    try terminal.explore("--fresh")
    #expect(try !terminal.text.contains("p>0.5"))
  }

  @Test func `the model of the last session is opened again, and the default where it is gone`()
    throws
  {
    let terminal = try Terminal()
    let fixture = Program.packageFolder.appending(path: "Tests/Fixtures/parity/transformers/bert")
    let copy = terminal.file("mine")
    try FileManager.default.copyItem(atPath: fixture.path, toPath: copy)
    try terminal.explore("--fresh --model '\(copy)' good")
    #expect(try terminal.screen()[0].contains("mine"))
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
    try terminal.explore()
    #expect(try terminal.screen()[0].contains("mine"))
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
    try FileManager.default.removeItem(atPath: copy)
    try terminal.explore()
    #expect(try terminal.text.contains("the last session's model"))
    #expect(try terminal.screen()[0].contains("sentiment"))
  }
}

extension Terminal {
  /// kill -9: the terminal is left as it is, so a new shell takes over.
  func shellAfterKill() throws {
    let identifier = pid_t(try programIdentifier())
    kill(identifier, SIGKILL)
    try wait("the end") { kill(identifier, 0) != 0 }
    try shell("reset")
    try wait(for: "shell>")
  }
}
