import Foundation
import Glibc
import Testing

private let program = "'" + Program.path + "'"

@Test func `too few open files are one line in place of a crash`() throws {
  let folder = try TemporaryFolder()
  let status = try spawn(
    "/bin/sh", ["-c", "ulimit -n 12; exec \(program) predict x"],
    environment: ProcessInfo.processInfo.environment, error: folder.file("error"))
  let error = try String(contentsOfFile: folder.file("error"), encoding: .utf8)
  #expect(status == 1)
  #expect(
    error == "whylight: at most 12 files may be open at once here; 64 are needed (ulimit -n)\n")
}

@Suite struct `limits of the system` {
  @Test func `files that may not grow are one line in place of a blank screen`() throws {
    let terminal = try Terminal()
    try terminal.shell("clear; (ulimit -f 0; exec \(program) --fresh)")
    try terminal.wait(for: "(ulimit -f)")
    try terminal.wait(for: "shell>")
  }

  @Test func `a size that nobody has is no reason not to start`() throws {
    let terminal = try Terminal()
    try terminal.shell("shopt -u checkwinsize; export LINES=99999 COLUMNS=99999")
    try terminal.explore("--fresh")
    #expect(try terminal.text.contains("sentiment"))
  }

  @Test func `the log is begun anew at its limit, and what is kept is the user's alone`() throws {
    let folder = try TemporaryFolder()
    let state = folder.url.appending(path: "whylight")
    try FileManager.default.createDirectory(
      at: state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let log = state.appending(path: "whylight.log").path
    try Data(count: 1 << 20).write(to: URL(filePath: log))
    let terminal = try Terminal(environment: ["XDG_STATE_HOME": folder.url.path])
    try terminal.explore("--fresh")
    var facts = stat()
    #expect(unsafe stat(log + ".1", &facts) == 0 && facts.st_size == 1 << 20)
    #expect(unsafe stat(log, &facts) == 0 && facts.st_size < 1 << 20)
    #expect(facts.st_mode & 0o777 == 0o600)
    #expect(unsafe stat(state.path, &facts) == 0 && facts.st_mode & 0o777 == 0o700)
  }

  /// Ten megabytes for each answer.
  @Test func `a program that floods its standard error fills two logs at most`() throws {
    let terminal = try Terminal()
    let script = terminal.file("loud.py")
    try Data(
      """
      import json, sys
      for line in sys.stdin:
          request = json.loads(line)
          sys.stderr.write(("e" * 99 + "\\n") * 100000)
          sys.stderr.flush()
          print(json.dumps({"classes": ["neg", "pos"], "id": request["id"],
                            "probabilities": [[.1, .9]] * len(request["texts"])}), flush=True)
      """.utf8
    ).write(to: URL(filePath: script))
    let log = terminal.file("state/whylight/whylight.log")
    func bytes(_ path: String) -> Int? {
      try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    }
    try terminal.explore("--fresh --model \"exec:python3 '\(script)'\"")
    // until the second log has been begun and is past its half
    for word in 1...200 where bytes(log + ".1") == nil || bytes(log) ?? 0 < 1 << 19 {
      try terminal.type("good\(word) ")
    }
    // the line that reaches the limit is written to its end
    let limit = 1_048_576 + 5_000
    let sizes = try [log, log + ".1"].map { try #require(bytes($0)) }
    #expect(sizes.allSatisfy { $0 <= limit }, "\(sizes)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: terminal.file("state/whylight"))
        .filter { $0.hasPrefix("whylight.log") }.count == 2)
  }
}
