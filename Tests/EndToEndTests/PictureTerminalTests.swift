import Foundation
import Testing

/// A terminal of 120x36 cells that says that it shows sixels, as xterm does: asked for a cell's size it is
/// silent, and only the window's size in pixels tells it. Prints the first sixel's parameters.
private let silentTerminal = """
  import fcntl, os, pty, select, signal, struct, sys, termios, time
  process, terminal = pty.fork()
  if process == 0:
      os.execv(sys.argv[1], sys.argv[1:])
  fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 964, 616))
  seen, end, isAnswered = b"", time.monotonic() + 60, False
  while time.monotonic() < end:
      if not select.select([terminal], [], [], 1)[0]:
          continue
      try:
          seen += os.read(terminal, 65536)
      except OSError:
          break
      if not isAnswered and b"\\x1b[c" in seen:
          isAnswered = bool(os.write(terminal, b"\\x1b[?63;1;2;4c"))
      start = seen.find(b"\\x1bP0;1;0q")
      if start >= 0 and b"#" in seen[start:]:
          print(seen[start + 2:].split(b"#")[0].decode())
          break
  os.kill(process, signal.SIGTERM)
  while True:
      try:
          os.read(terminal, 65536)
      except OSError:
          break
  os.waitpid(process, 0)
  """

@Test func `sixels need no answer about a cell's size where the window tells it`() throws {
  let folder = try TemporaryFolder()
  var environment = ProcessInfo.processInfo.environment
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
