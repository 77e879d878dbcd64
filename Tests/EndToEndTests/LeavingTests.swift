import Foundation
import Glibc
import Testing

private func model(_ name: String) -> String {
  let fixtures = Program.packageFolder.appending(path: "Tests/Fixtures")
  return fixtures.appending(path: name).path(percentEncoded: false)
}

/// So long that a small model computes for a while.
private let longText = (0..<200).map { ["good", "film", "but", "dull", "never"][$0 % 5] }
  .joined(separator: " ")

@Suite struct `leaving while a model computes` {
  /// Every kind of model that there is a small one of with its tokenizer.
  static let models = [
    "parity/transformers/bert", "parity/transformers/roberta", "parity/transformers/distilbert",
    "parity/transformers/albert", "parity/transformers/deberta-v3", "",
  ]

  @Test(arguments: models) func `ends with status 0`(_ name: String) throws {
    let terminal = try Terminal()
    let argument = name.isEmpty ? "" : "--model '\(model(name))'"
    for run in 1...3 {
      try terminal.start("--fresh \(argument) '\(longText)'")
      try terminal.wait("the prediction") { try terminal.text.contains(/0\.\d\d/) }
      try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "a", "C-q") }
      try terminal.shell("echo run-\(run) status=$?")
      try terminal.wait("status 0") { try terminal.text.contains("run-\(run) status=0") }
    }
  }

  /// In the middle of its work, at another place each time, by each way to end it.
  @Test(arguments: ["parity/transformers/bert", "parity/transformers/deberta-v3"])
  func `has the status of what ended it`(_ name: String) throws {
    let terminal = try Terminal()
    for run in 0..<10 {
      try terminal.start("--fresh --model '\(model(name))' '\(longText)'")
      try terminal.wait("the prediction") { try terminal.text.contains(/0\.\d\d/) }
      let signal = [nil, SIGTERM, SIGHUP][run % 3]
      let typed = [String](repeating: "a", count: run)
      try terminal.shellAfterLeaving {
        if let signal {
          if !typed.isEmpty { try terminal.tmux(["send-keys"] + typed) }
          try terminal.signal(signal)
        } else {
          try terminal.tmux(["send-keys"] + typed + ["C-q"])
        }
      }
      try terminal.shell("echo run-\(run) status=$?")
      try terminal.wait("its status") {
        try terminal.text.contains("run-\(run) status=\(signal.map { 128 + $0 } ?? 0)")
      }
    }
  }

  /// A library's exit handler takes its memory from a worker that is still at it, so none may run. The
  /// system's loader notes in a file which handlers it calls.
  @Test(arguments: ["Ctrl-Q", "q", "Ctrl-C twice", "a signal"])
  func `runs no exit handler`(_ way: String) throws {
    let terminal = try Terminal(environment: [
      "LD_DEBUG": "files", "LD_DEBUG_OUTPUT": "/dev/null",
    ])
    let notes = terminal.file("loader")
    try terminal.shell("export LD_DEBUG_OUTPUT='\(notes)'")
    try terminal.explore("--fresh 'a brilliant film'")
    let identifier = try terminal.programIdentifier()
    try terminal.shellAfterLeaving {
      switch way {
      case "Ctrl-Q": try terminal.tmux("send-keys", "C-q")
      case "q": try terminal.tmux("send-keys", "Tab", "q")
      case "Ctrl-C twice": try terminal.tmux("send-keys", "C-c", "C-c")
      default: try terminal.signal(SIGTERM)
      }
    }
    let noted = try String(contentsOfFile: "\(notes).\(identifier)", encoding: .utf8)
    #expect(noted.contains("calling init") && !noted.contains("calling fini"))
  }
}

@Suite struct `the text that was typed` {
  /// What is in the file of the session.
  private func saved(_ terminal: Terminal) -> String {
    let file = terminal.file("state/whylight/session.json")
    return (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
  }

  @Test func `is in the file without a quit, and comes back after a kill`() throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    try terminal.type("my review of an hour")
    try terminal.wait("the text in the file", seconds: 30) {
      saved(terminal).contains("my review of an hour")
    }
    try terminal.shellAfterKill()
    try terminal.explore()
    #expect(try terminal.text.contains("my review of an hour"))
    let attributes = try FileManager.default.attributesOfItem(
      atPath: terminal.file("state/whylight/session.json"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP])
  func `comes back after a crash that comes with the last key`(_ signal: Int32) throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    let count = 60
    try terminal.type((1...count).map { "word\($0)" }.joined(separator: " "))
    try terminal.shellAfterLeaving { try terminal.signal(signal) }
    #expect(try terminal.text.contains("Your text is kept"))
    try terminal.explore()
    let text = try terminal.text
    #expect(
      text.contains("word\(count)") && text.contains("the text from before the crash is back"))
    // once it is in the session, the file of the crash goes
    try terminal.wait("the session") { saved(terminal).contains("word\(count)") }
    try terminal.wait("no file of a crash") {
      try FileManager.default.contentsOfDirectory(atPath: terminal.file("state/whylight"))
        .allSatisfy { !$0.hasSuffix(".rescue") }
    }
  }

  @Test func `of two explorers at once is kept by both`() throws {
    let first = try Terminal()
    let state = ["XDG_STATE_HOME": first.file("state")]
    let second = try Terminal(environment: state)
    try first.explore("--fresh")
    try second.explore("--fresh")
    try first.type("the first one's text")
    try second.type("the second one's text")
    try second.shellAfterLeaving { try second.tmux("send-keys", "C-q") }
    try first.shellAfterLeaving { try first.tmux("send-keys", "C-q") }
    let third = try Terminal(environment: state)
    try third.explore()
    // the text that was edited last, and the other one in the history
    #expect(try third.text.contains("the second one's text"))
    try third.press("Escape")
    try third.type("H")
    #expect(try third.text.contains("the first one's text"))
  }

  @Test func `is asked about where it can't be saved`() throws {
    let terminal = try Terminal()
    // what no file can be moved to
    try FileManager.default.createDirectory(
      atPath: terminal.file("state/whylight/session.json/full"), withIntermediateDirectories: true)
    try terminal.explore("--fresh")
    try terminal.type("my text")
    try terminal.press("C-q")
    #expect(try terminal.text.contains("the text could not be saved: "))
    try terminal.press("n")
    #expect(try terminal.text.contains("my text"))
    try terminal.press("C-q")
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "y") }
  }

  @Test func `goes through a link, which stays one`() throws {
    let terminal = try Terminal()
    let folder = terminal.file("state/whylight")
    let place = terminal.file("home/dotfiles.json")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/session.json", withDestinationPath: place)
    // the first time the link leads nowhere
    for text in ["first text", "second text"] {
      try terminal.explore("--fresh '\(text)'")
      try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
      #expect(try String(contentsOfFile: place, encoding: .utf8).contains(text))
      let link = try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/session.json")
      #expect(link == place)
    }
  }

  @Test(arguments: ["{\"text\": 1", "", "{\"version\": 999, \"text\": \"of the future\"}"])
  func `of a file that can't be read is kept aside`(_ content: String) throws {
    let terminal = try Terminal()
    let folder = terminal.file("state/whylight")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(content.utf8).write(to: URL(filePath: folder + "/session.json"))
    try terminal.explore()
    #expect(
      try terminal.text.contains("session.json can't be read; it is now session.json.unreadable"))
    try terminal.type(" and more")
    try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
    let kept = try String(contentsOfFile: folder + "/session.json.unreadable", encoding: .utf8)
    #expect(kept == content)
    #expect(saved(terminal).contains("and more"))
  }

  @Test func `of the version before comes back`() throws {
    let terminal = try Terminal()
    let folder = terminal.file("state/whylight")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(#"{"text": "an older session", "cursor": 2}"#.utf8)
      .write(to: URL(filePath: folder + "/session.json"))
    try terminal.explore()
    #expect(try terminal.text.contains("an older session"))
  }
}
