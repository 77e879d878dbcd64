import Foundation
import TerminalUI
import Testing

@Suite struct `sizes of the screen` {
  @Test func `each size has its layout and the way back leads to the same picture`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film but dull'")
    let first = try terminal.screen()
    try terminal.resize(columns: 80, rows: 24)
    let medium = try terminal.screen()
    #expect(medium.count >= 24 && medium.allSatisfy { DisplaySafe.columns(of: $0) <= 80 })
    #expect(medium.joined().contains("brilliant"))
    try terminal.resize(columns: 60, rows: 16)
    #expect(try terminal.text.contains("brilliant"))
    try terminal.resize(columns: 40, rows: 10)
    #expect(try terminal.text.contains("60×16"))
    try terminal.resize(columns: 120, rows: 36)
    #expect(try terminal.screen() == first)
  }

  @Test func `the program can be left where there is no room`() throws {
    let terminal = try Terminal(columns: 40, rows: 10)
    try terminal.explore("--fresh")
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
  }

  @Test func `many resizes end in the right picture with few frames`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film'")
    let first = try terminal.screen()
    let before = try terminal.frameSizes().count
    for step in 0..<20 {
      try terminal.resize(columns: 90 + step, rows: 30, waiting: false)
      try terminal.wait("a frame of that width") {
        try terminal.screen().contains { DisplaySafe.columns(of: $0) == 90 + step }
      }
    }
    try terminal.resize(columns: 120, rows: 36)
    try terminal.wait("the first picture") { try terminal.screen() == first }
    #expect(try terminal.frameSizes().count - before <= 40)
  }

  @Test func `moving the selection sends a few bytes a key and arrives where it should`() throws {
    let terminal = try Terminal()
    let words = (1...60).map { "word\($0)" }.joined(separator: " ")
    try terminal.explore("--fresh '\(words)'")
    try terminal.press("Escape", "Tab")
    try terminal.type("og")
    let before = try terminal.frameSizes().count
    for _ in 0..<30 { try terminal.press("j") }
    #expect(try terminal.screen().contains { $0.contains("▸") && $0.contains("31  word31") })
    let sizes = try terminal.frameSizes().dropFirst(before).sorted()
    let median = try #require(sizes.isEmpty ? nil : sizes[sizes.count / 2])
    print("bytes a frame while the selection moves: median \(median), largest \(sizes.last ?? 0)")
    #expect(median <= 300)
    // all at once: none is lost
    try terminal.type("g")
    try terminal.send(bytes: String(repeating: "j", count: 30))
    #expect(try terminal.screen().contains { $0.contains("▸") && $0.contains("31  word31") })
  }
}

@Suite struct `coming and going` {
  @Test func `suspended, the shell is usable, and resumed, the screen has the new size`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film'")
    #expect(try terminal.flag("alternate_on") == "1")
    let identifier = try terminal.programIdentifier()
    try terminal.tmux("send-keys", "C-z")
    try terminal.wait("the shell") { try terminal.flag("alternate_on") == "0" }
    #expect(try terminal.flag("cursor_flag") == "1" && terminal.flag("mouse_any_flag") == "0")
    try terminal.shell("echo hi-$((40+2))")
    try terminal.wait(for: "hi-42")
    try terminal.resize(columns: 100, rows: 32, waiting: false)
    let switches = try terminal.switches(of: identifier)
    try terminal.shell("bg")
    try terminal.wait("it was continued and has stopped itself again") {
      let isStopped = try terminal.state(of: identifier) == "T"
      return try isStopped && terminal.switches(of: identifier) > switches
    }
    #expect(try terminal.flag("alternate_on") == "0")
    try terminal.shell("fg")
    try terminal.wait("the explorer") { try terminal.flag("alternate_on") == "1" }
    try terminal.wait(for: "brilliant")
    try terminal.wait("the new size") {
      try terminal.screen().contains { DisplaySafe.columns(of: $0) == 100 }
    }
  }

  /// All that end a process and that a program may handle, but for crashes; the last are the first and
  /// the last real-time signal.
  @Test(arguments: [
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGIO, SIGPWR,
    SIGSTKFLT, 34, 64,
  ])
  func `a signal restores the terminal, saves the session and shows in the status`(
    _ signal: Int32
  ) throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    try terminal.type("remember me")
    try terminal.shellAfterLeaving { try terminal.signal(signal) }
    try terminal.shell("echo status=$?; stty -a | tr ' ;' '\\n\\n' | grep -x echo")
    try terminal.wait("the status and an echo") {
      let text = try terminal.text
      return text.contains("status=\(128 + signal)")
        && text.split(separator: "\n").contains("echo")
    }
    #expect(try terminal.flag("mouse_any_flag") == "0" && terminal.flag("cursor_flag") == "1")
    let sessions = try FileManager.default.subpathsOfDirectory(atPath: terminal.file("state"))
    let file = try #require(sessions.first { $0.hasSuffix(".json") })
    let session = try String(contentsOfFile: terminal.file("state/" + file), encoding: .utf8)
    #expect(session.contains("remember me"))
  }

  @Test func `ended while it is stopped, it saves the text and leaves the shell alone`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    try terminal.type("remember me")
    let identifier = try terminal.programIdentifier()
    try terminal.tmux("send-keys", "C-z")
    try terminal.wait(for: "Stopped")
    // the shell's own `wait` does not wait for what was stopped
    try terminal.shell("clear; kill %1")
    try terminal.wait("the end of the program") { kill(pid_t(identifier), 0) != 0 }
    #expect(try terminal.flag("alternate_on") == "0" && terminal.flag("mouse_any_flag") == "0")
    try terminal.explore()
    #expect(try terminal.text.contains("remember me"))
  }

  @Test func `Ctrl-C twice leaves with status 0 and the text is there again`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    try terminal.type("remember me")
    try terminal.shellAfterLeaving {
      try terminal.press("C-c")
      try terminal.tmux("send-keys", "C-c")
    }
    try terminal.shell("echo status=$?")
    try terminal.wait(for: "status=0")
    try terminal.explore()
    #expect(try terminal.text.contains("remember me"))
  }

  @Test(arguments: ["trap", "oob", "worker", "abort", "overflow", "workeroverflow"])
  func `a crash leaves a usable terminal and one line with the log`(_ kind: String) throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    try terminal.press("Escape")
    try terminal.type(":debug crash \(kind)")
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "Enter") }
    try terminal.shell("echo status=$?; stty -a | tr ' ;' '\\n\\n' | grep -x echo")
    try terminal.wait("an exit by a signal") {
      let text = try terminal.text
      return text.contains("status=1") && text.split(separator: "\n").contains("echo")
    }
    let text = try terminal.text
    #expect(text.contains("log"))
    #expect(!text.contains("Press space"))
    #expect(try terminal.flag("cursor_flag") == "1")
  }
}

@Suite struct `a terminal that was lost` {
  @Test func `is given back after a kill`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    let identifier = pid_t(try terminal.programIdentifier())
    kill(identifier, SIGKILL)
    try terminal.wait("the end") { kill(pid_t(identifier), 0) != 0 }
    #expect(try terminal.flag("alternate_on") == "1" && terminal.flag("mouse_any_flag") == "1")
    try terminal.shell(
      "'\(Program.path)' reset-terminal; stty -a | tr ' ;' '\\n\\n' | grep -x echo")
    try terminal.wait("an echo") { try terminal.screen().contains("echo") }
    #expect(try terminal.flag("alternate_on") == "0" && terminal.flag("mouse_any_flag") == "0")
    #expect(try terminal.flag("cursor_flag") == "1")
  }
}

@Suite struct `all kinds of terminals` {
  @Test(arguments: ["xterm-unheard-of", "nonsense"])
  func `an unknown terminal is taken for an xterm and the user is told`(_ term: String) throws {
    let terminal = try Terminal(term: term)
    try terminal.explore("--fresh 'a brilliant film'")
    let text = try terminal.text
    #expect(text.contains("no terminfo for \(term), using xterm-256color"))
    #expect(text.contains("positive"))
  }

  @Test func `a dumb terminal is refused with advice`() throws {
    let terminal = try Terminal(term: "dumb")
    try terminal.start("--fresh")
    try terminal.wait(for: "shell>")
    try terminal.shell("echo status=$?")
    try terminal.wait(for: "status=2")
    #expect(try terminal.text.contains("explain"))
  }

  @Test(arguments: ["xterm", "vt100", "linux"])
  func `few or no colours show signs`(_ term: String) throws {
    let terminal = try Terminal(term: term)
    try terminal.explore("--fresh 'a brilliant film but dull'")
    let text = try terminal.text
    #expect(text.contains("++") && text.contains("--"))
  }

  @Test func `NO_COLOR means no colour in the whole stream, and --color wins over it`() throws {
    func colorSequences(_ arguments: String) throws -> [String] {
      let terminal = try Terminal(environment: ["NO_COLOR": "1"])
      // the shell's own output is not the program's
      try terminal.explore("--fresh \(arguments) 'a brilliant film but dull'")
      // with its last bytes, before the shell's first ones
      try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
      return SGR.colors(in: try terminal.stream())
    }
    #expect(try colorSequences("").isEmpty)
    #expect(try !colorSequences("--color=always").isEmpty)
  }

  @Test func `true colour is used where the environment offers it, unless told otherwise`() throws {
    func colors(_ arguments: String) throws -> [String] {
      let terminal = try Terminal(environment: ["COLORTERM": "truecolor"])
      try terminal.explore("--fresh \(arguments) 'a brilliant film but dull'")
      return SGR.colors(in: try terminal.stream())
    }
    #expect(try colors("").contains { $0.hasPrefix("48;2;") })
    let indexed = try colors("--color=256")
    #expect(!indexed.contains { $0.hasPrefix("48;2;") })
    #expect(indexed.contains { $0.hasPrefix("48;5;") })
  }

  @Test func `a terminal that turns out to show true colour gets it`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh 'a brilliant film but dull'")
    let before = try terminal.screen()
    func directColors() throws -> [String] {
      SGR.colors(in: try terminal.stream()).filter {
        $0.hasPrefix("48;2;") && $0 != "48;2;1;2;3"
      }
    }
    #expect(try directColors().isEmpty)
    try terminal.send(bytes: "\u{1B}P1$r0;48:2::1:2:3m\u{1B}\\")
    try terminal.wait("true colours") { try !directColors().isEmpty }
    let after = try terminal.screen()
    #expect(Array(after.dropFirst()) == Array(before.dropFirst()))
    #expect(after[0].contains("true colour"))
    // the screen is still given back whole
    try terminal.type("!")
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
    try terminal.shell("stty -a | tr ' ;' '\\n\\n' | grep -x echo")
    try terminal.wait("an echo") { try terminal.screen().contains("echo") }
  }

  @Test(arguments: ["--color=256", "--color=never"])
  func `colours that were chosen are not raised`(_ choice: String) throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh \(choice) 'a brilliant film'")
    try terminal.send(bytes: "\u{1B}P1$r0;48:2::1:2:3m\u{1B}\\")
    #expect(!SGR.colors(in: try terminal.stream()).contains { $0.hasPrefix("48;2;") })
  }

  @Test func `without a locale the text is drawn in UTF-8 all the same`() throws {
    let terminal = try Terminal(term: "xterm-256color", environment: ["LC_ALL": ""])
    try terminal.explore("--fresh 'é 中 😀 film'")
    #expect(try terminal.text.contains("é 中 😀 film"))
    for line in try terminal.screen() where "│┃".contains(line.last ?? " ") {
      #expect(DisplaySafe.columns(of: line) == 120)
    }
  }

  @Test func `plain mode is ASCII and parks the cursor on what has the focus`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh --plain 'a brilliant film but dull'")
    let text = try terminal.text
    #expect(!text.unicodeScalars.contains { !$0.isASCII })
    #expect(text.contains("++") && text.contains("--"))
    #expect(try terminal.flag("cursor_flag") == "1")
    let before = try terminal.flag("cursor_y")
    try terminal.press("Tab")
    #expect(try terminal.flag("cursor_flag") == "1")
    #expect(try terminal.flag("cursor_y") != before)
    let (column, shown) = (try terminal.flag("cursor_x"), try terminal.text)
    try terminal.type("h")
    #expect(try terminal.flag("cursor_x") != column)
    #expect(try terminal.text != shown)
  }
}

@Suite struct `themes and files` {
  @Test func `a changed theme is shown at once and a bad one keeps the old`() throws {
    let terminal = try Terminal()
    let folder = terminal.file("config/whylight/themes")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let shipped = Program.packageFolder.appending(path: "themes/dark.toml")
    let original = try String(contentsOf: shipped, encoding: .utf8)
    let file = folder + "/mine.toml"
    try original.write(toFile: file, atomically: true, encoding: .utf8)
    try terminal.explore("--fresh --theme mine 'a brilliant film'")
    let painted = StyledScreen(try terminal.styledScreen()).backgrounds(of: "brilliant")
    let level = try #require(painted.first { $0.hasPrefix("5;") }).dropFirst(2)
    let changed = original.replacing(try Regex("\\b\(level)\\b"), with: "99")
    try changed.write(toFile: file, atomically: true, encoding: .utf8)
    try terminal.wait("the new colour") {
      StyledScreen(try terminal.styledScreen()).backgrounds(of: "brilliant").contains("5;99")
    }
    try "name = \n".write(toFile: file, atomically: true, encoding: .utf8)
    try terminal.wait(for: "mine.toml:1")
    #expect(
      StyledScreen(try terminal.styledScreen()).backgrounds(of: "brilliant").contains("5;99"))
  }

  @Test func `a piped file is the text and the keys still work`() throws {
    let terminal = try Terminal()
    let file = terminal.file("text")
    try "from a file\n".write(toFile: file, atomically: true, encoding: .utf8)
    try terminal.explore("--fresh", input: file)
    #expect(try terminal.text.contains("from a file"))
    try terminal.press("C-e")
    try terminal.type(" and keys")
    #expect(try terminal.text.contains("and keys"))
  }

  @Test func `a megabyte, a NUL and invalid UTF-8 are read and the keys still work`() throws {
    let terminal = try Terminal()
    let file = terminal.file("text")
    let text = String(repeating: "a fine film, not dull. ", count: 45_000)
    try (Data([0x61, 0x00, 0xFF, 0x20]) + Data(text.utf8)).write(to: URL(filePath: file))
    try terminal.start("--fresh", input: file)
    try terminal.wait(for: "a fine film")
    try terminal.tmux("send-keys", "C-Home")
    try terminal.tmux("send-keys", "-l", "zebra ")
    try terminal.wait(for: "zebra")
  }

  @Test func `a model that can't be read is said and the text stays`() throws {
    let terminal = try Terminal()
    let file = terminal.file("broken.pkl")
    try Data([0x50, 0x4B, 0x03, 0x04, 0x00]).write(to: URL(filePath: file))
    try terminal.explore("--fresh --model '\(file)' 'keep this text'")
    let text = try terminal.text
    #expect(text.contains("keep this text"))
    #expect(text.contains("broken.pkl"))
  }
}

/// The colour changes in a stream of bytes.
private enum SGR {
  static func colors(in bytes: [UInt8]) -> [String] {
    let text = String(decoding: bytes, as: UTF8.self)
    // what stands before the program's alternate screen is the shell's
    guard let start = text.range(of: "\u{1B}[?1049h") else { return [] }
    return text[start.upperBound...].matches(of: /\u{1B}\[([0-9;:]*)m/)
      .flatMap { changes(in: String($0.output.1)) }.filter(isColor)
  }

  /// Several changes may be said in one: `0;1;38;5;117` is `0`, `1` and `38;5;117`.
  private static func changes(in parameters: String) -> [String] {
    var rest = parameters.split(separator: ";")[...]
    var changes: [String] = []
    while let first = rest.first {
      let isLong = first == "38" || first == "48"
      let kind = rest.dropFirst().first
      let count = !isLong ? 1 : kind == "5" ? 3 : kind == "2" ? 5 : 1
      changes.append(rest.prefix(count).joined(separator: ";"))
      rest = rest.dropFirst(count)
    }
    return changes
  }

  private static func isColor(_ parameters: String) -> Bool {
    parameters.split(separator: ";").compactMap { Int($0) }.contains { code in
      (30...49).contains(code) || (90...107).contains(code)
    }
  }
}

extension Terminal {
  /// Does something that ends the program, and waits for the shell's prompt on the main screen.
  func shellAfterLeaving(_ body: () throws -> Void) throws {
    try body()
    try wait("the shell") {
      try flag("alternate_on") == "0"
        && screen().last { !$0.isEmpty }?.hasSuffix("shell>") == true
    }
  }
}
