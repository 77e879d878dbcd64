import Foundation
import Glibc
import Testing

extension Terminal {
  /// A shell that leaves the line modes as a stopped program left them, and in it another one without
  /// job control, which does not notice that its program stands still.
  fileprivate func enterShells() throws {
    // each in one line: a shell that ends may have read what comes after it
    try shell("exec sh -c 'echo outer-$((1+1)); exec dash -i'")
    try wait(for: "outer-2")
    try shell("sh -c 'echo inner-$((1+1)); exec dash -i +m'")
    try wait(for: "inner-2")
  }

  /// `R`, `S`, `T` …
  fileprivate func processState(of identifier: Int) throws -> Character? {
    let line = try String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)
    return line.drop { $0 != ")" }.dropFirst(2).first
  }

  fileprivate func parent(of identifier: Int) throws -> Int {
    let line = try String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)
    return try #require(Int(line.drop { $0 != ")" }.split(separator: " ")[2]))
  }

  /// Types a key, and waits until it lies in the terminal unread.
  fileprivate func typeAhead(_ key: String) throws {
    let descriptor = unsafe open(try flag("pane_tty"), O_RDONLY | O_NOCTTY | O_CLOEXEC)
    defer { close(descriptor) }
    try tmux("send-keys", key)
    try wait("an unread key") {
      var keys = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
      return unsafe poll(&keys, 1, 0) == 1 && keys[0].revents & Int16(POLLIN) != 0
    }
  }
}

@Suite struct `stopped from outside` {
  /// Both are there when the program goes on: it takes the terminal over, and before its next frame it
  /// has to give it back.
  @Test func `Ctrl-Z that is read together with SIGCONT gives the terminal back`() throws {
    let terminal = try Terminal()
    try terminal.enterShells()
    try terminal.explore("--fresh 'a brilliant film'")
    let program = try terminal.programIdentifier()
    let shell = try terminal.parent(of: program)
    for _ in 1...3 {
      try terminal.signal(SIGSTOP)
      try terminal.wait("the stop") { try terminal.processState(of: program) == "T" }
      try terminal.typeAhead("C-z")
      try terminal.signal(SIGCONT)
      // the program stops its shell too, so it is through with the terminal
      try terminal.wait("the stop of all") { try terminal.processState(of: shell) == "T" }
      try terminal.wait(for: "shell>")
      #expect(try terminal.flag("alternate_on") == "0" && terminal.flag("mouse_any_flag") == "0")
      #expect(try terminal.flag("cursor_flag") == "1")
      try terminal.shell("stty -a | tr ' ;' '\\n\\n' | grep -cx -e echo -e icanon -e isig -e icrnl")
      try terminal.wait("the shell's line modes") { try terminal.screen().contains("4") }
      try terminal.shell("clear; fg")
      try terminal.wait("the explorer") { try terminal.flag("alternate_on") == "1" }
      try terminal.wait(for: "brilliant")
    }
  }
}
