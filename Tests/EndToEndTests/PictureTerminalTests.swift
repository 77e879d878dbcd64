import Foundation
import Testing

/// A terminal of 120x36 cells that says that it shows sixels, as xterm does: asked for a cell's size it is
/// silent, and only the window's size in pixels tells it. Prints the first sixel's parameters.
private let silentTerminal = """
  import fcntl, os, pty, select, struct, subprocess, sys, termios, time
  terminal, end_of_program = pty.openpty()
  fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 964, 616))
  def take_terminal():
      os.setsid()
      fcntl.ioctl(end_of_program, termios.TIOCSCTTY, 0)
  program = subprocess.Popen(
      sys.argv[1:], stdin=end_of_program, stdout=end_of_program, stderr=end_of_program,
      preexec_fn=take_terminal)
  os.close(end_of_program)
  seen, limit, is_answered = b"", time.monotonic() + 300, False
  def read():
      global seen
      try:
          seen += os.read(terminal, 65536)
          return True
      except OSError:
          return False
  while time.monotonic() < limit:
      if not select.select([terminal], [], [], 1)[0]:
          continue
      if not read():
          sys.exit(f"the program ended: {program.wait()} {seen[-300:]}")
      if not is_answered and b"\\x1b[c" in seen:
          is_answered = bool(os.write(terminal, b"\\x1b[?63;1;2;4c"))
      start = seen.find(b"\\x1bP0;1;0q")
      if start >= 0 and b"#" in seen[start:]:
          print(seen[start + 2:].split(b"#")[0].decode())
          break
  else:
      sys.exit(f"no picture, asked: {is_answered} {seen[-300:]}")
  program.terminate()
  while read():
      pass
  program.wait()
  """

@Test func `sixels need no answer about a cell's size where the window tells it`() throws {
  let folder = try TemporaryFolder()
  var environment = ProcessInfo.processInfo.environment
  // pictures are asked for where there are colours, whatever the test itself was started with
  environment["NO_COLOR"] = nil
  environment["TERM"] = "xterm-256color"
  environment["HOME"] = folder.file("")
  for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
    environment[name] = folder.file(name)
  }
  let status = try spawn(
    "python3",
    ["-c", silentTerminal, Program.path, "explore", "--fresh", "--model", "molecules", "c1ccccc1"],
    environment: environment, output: folder.file("output"), error: folder.file("error"))
  let sixel = try String(contentsOfFile: folder.file("output"), encoding: .utf8)
    .trimmingCharacters(in: .whitespacesAndNewlines)
  let error = try String(contentsOfFile: folder.file("error"), encoding: .utf8)
  #expect(status == 0, "\(error)")
  // 964 / 120 is 8 pixels, 616 / 36 is 17: whole cells
  let size = sixel.split(separator: ";").suffix(2).compactMap { Int($0) }
  #expect(sixel.hasPrefix("0;1;0q\"1;1;") && size.count == 2, "\(sixel)")
  #expect(size.allSatisfy { $0 > 0 } && size.first.map { $0 % 8 } == 0)
  #expect(size.last.map { $0 % 17 } == 0)
}

/// tmux shows no pictures, or sixels if it was built to: it is asked, answers, and gets what it shows.
@Test func `in tmux a molecule is drawn, and no sequence is left on the screen`() throws {
  let terminal = try Terminal(columns: 120, rows: 36)
  try terminal.explore("--fresh --model molecules 'Clc1ccccc1'")
  func sent() throws -> String { String(decoding: try terminal.stream(), as: UTF8.self) }
  func isDrawn() throws -> Bool {
    let isBraille = try terminal.text.unicodeScalars.contains { (0x2801...0x28FF) ~= $0.value }
    return try sent().contains("\u{1B}P0;1;0q") != isBraille
  }
  #expect(try isDrawn())
  for key in ["O", "C", "Escape", "F5", "Escape"] {
    try terminal.press(key)
    let text = try terminal.text
    let remains = ["_G", "Gi=", "a=q", "\"1;1;", "[c", "16t", "?62", "?1;2"].filter(text.contains)
    #expect(remains.isEmpty, "\(remains) after \(key):\n\(text)")
  }
  try terminal.resize(columns: 80, rows: 24)
  #expect(try isDrawn())
  try terminal.shellAfterLeaving { try terminal.tmux("send-keys", "C-q") }
  // An answer that comes late would stand behind the prompt, as typed.
  #expect(try terminal.screen().last { !$0.isEmpty } == "shell>")
  #expect(try sent().contains("\u{1B}[16t"), "the terminal was not asked")
  #expect(try !sent().contains("\u{1B}_Ga=T"), "a picture that tmux does not show was sent")
}
