import Foundation
import Testing

@Suite struct `while the program is stopped` {
  /// A key, and a signal that somebody else sends.
  @Test(arguments: [true, false])
  func `what was typed is on the disk already`(isKey: Bool) throws {
    let terminal = try Terminal()
    try terminal.explore("--fresh")
    try terminal.type("remember me")
    let identifier = try terminal.programIdentifier()
    if isKey {
      try terminal.tmux("send-keys", "C-z")
    } else {
      try terminal.signal(SIGTSTP)
    }
    try terminal.wait(for: "Stopped")
    kill(pid_t(identifier), SIGKILL)
    try terminal.wait("the end of the program") { kill(pid_t(identifier), 0) != 0 }
    try terminal.shell("clear")
    try terminal.explore()
    #expect(try terminal.text.contains("remember me"))
    // with what led to it
    try terminal.press("Escape", "u")
    #expect(try !terminal.text.contains("remember me"))
  }
}
