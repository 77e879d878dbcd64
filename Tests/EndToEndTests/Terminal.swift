import Foundation
import Testing

/// A real terminal: a tmux server of its own with one shell, in which the program is started.
final class Terminal: Sendable {
  private let socket = "whylight-\(UUID().uuidString)"
  private let folder: TemporaryFolder
  private var idleFile: String { folder.file("idle") }

  /// - Parameters:
  ///   - term: `$TERM` as the program sees it.
  ///   - environment: set on top of an environment that has no locale but C.UTF-8 and an empty home.
  init(
    columns: Int = 120, rows: Int = 36, term: String = "tmux-256color",
    environment: [String: String] = [:]
  ) throws {
    folder = try TemporaryFolder()
    for name in ["home", "config", "state", "cache"] {
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: name), withIntermediateDirectories: true)
    }
    var variables = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": folder.file("home"), "XDG_CONFIG_HOME": folder.file("config"),
      "XDG_STATE_HOME": folder.file("state"), "XDG_CACHE_HOME": folder.file("cache"),
      "TERM": term, "LC_ALL": "C.UTF-8", "PS1": "shell> ",
    ]
    variables.merge(environment) { $1 }
    let assignments = variables.filter { !$0.value.isEmpty }
      .map { "\($0.key)=\(Self.quoted($0.value))" }.sorted().joined(separator: " ")
    try tmux(
      "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "env -i \(assignments) bash --norc --noprofile -i")
    try tmux("set-option", "-g", "escape-time", "0")
    try tmux("pipe-pane", "-o", "cat > \(Self.quoted(folder.file("stream")))")
    try wait(for: "shell>")
  }

  deinit { _ = try? tmux("kill-server") }

  // MARK: Starting

  /// Starts the explorer from the shell and waits until it has nothing to do.
  func explore(_ arguments: String = "", input: String? = nil) throws {
    try start(arguments, input: input)
    try waitUntilIdle()
  }

  /// Types the command into the shell and returns at once: until the program draws, the screen shows
  /// the command, with all that it names. Who waits for one of its words waits with `explore`.
  func start(_ arguments: String = "", input: String? = nil) throws {
    try? FileManager.default.removeItem(atPath: idleFile)
    let redirection = input.map { " < " + Self.quoted($0) } ?? ""
    try shell(
      "clear; \(Self.quoted(Program.path)) explore --idle-file \(Self.quoted(idleFile)) "
        + arguments + redirection)
  }

  /// Types a line into whatever reads, and Return.
  func shell(_ line: String) throws {
    try tmux("send-keys", "-l", line)
    try tmux("send-keys", "Enter")
  }

  // MARK: Doing

  /// Keys by tmux's names (`C-x`, `Escape`, `M-b`, `F1`), each followed by idleness.
  func press(_ keys: String...) throws {
    for key in keys {
      let before = idleCount
      try tmux("send-keys", key)
      try waitUntilIdle(after: before)
    }
  }

  /// Characters as typed, then idleness.
  func type(_ text: String) throws {
    let before = idleCount
    try tmux("send-keys", "-l", text)
    try waitUntilIdle(after: before)
  }

  /// Bytes as a terminal would send them: mouse reports, pastes.
  func send(bytes: String) throws {
    let before = idleCount
    for chunk in Array(bytes.utf8).chunked(by: 500) {
      try tmux(["send-keys", "-H"] + chunk.map { String($0, radix: 16) })
    }
    try waitUntilIdle(after: before)
  }

  func paste(_ text: String) throws { try send(bytes: "\u{1B}[200~\(text)\u{1B}[201~") }

  /// A click with the left button, cells counted from 0.
  func click(column: Int, row: Int) throws {
    try send(bytes: "\u{1B}[<0;\(column + 1);\(row + 1)M\u{1B}[<0;\(column + 1);\(row + 1)m")
  }

  func resize(columns: Int, rows: Int, waiting: Bool = true) throws {
    let before = idleCount
    try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    if waiting { try waitUntilIdle(after: before) }
  }

  // MARK: Seeing

  /// The screen's rows without trailing blanks.
  func screen() throws -> [String] {
    try tmux("capture-pane", "-p").split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// The screen with its escape sequences.
  func styledScreen() throws -> String { try tmux("capture-pane", "-p", "-e") }

  var text: String { get throws { try screen().joined(separator: "\n") } }

  /// All bytes that came out of the terminal's programs so far. They go through a process of their own
  /// into a file, so that the last ones may lag behind the program: this waits until none has come
  /// for half a second.
  func stream() throws -> [UInt8] {
    func read() -> Data { (try? Data(contentsOf: folder.url.appending(path: "stream"))) ?? Data() }
    var (bytes, since) = (read(), Date())
    try wait("the stream to stand still") {
      let now = read()
      if now.count != bytes.count { (bytes, since) = (now, Date()) }
      return Date().timeIntervalSince(since) > 0.5
    }
    return Array(bytes)
  }

  /// The bytes of each frame so far: what stands within synchronised updates.
  func frameSizes() throws -> [Int] {
    let text = String(decoding: try stream(), as: UTF8.self)
    return text.components(separatedBy: "\u{1B}[?2026h").dropFirst().map { part in
      part.range(of: "\u{1B}[?2026l").map { part[..<$0.lowerBound].utf8.count } ?? part.utf8.count
    }
  }

  /// tmux's own variables: `alternate_on`, `cursor_flag`, `mouse_any_flag` …
  func flag(_ name: String) throws -> String {
    try tmux("display-message", "-p", "#{\(name)}").trimmingCharacters(in: .newlines)
  }

  func file(_ name: String) -> String { folder.file(name) }

  // MARK: Waiting

  /// The program's own count of the times it had nothing to do; 0 before the first.
  private var idleCount: Int {
    guard let text = try? String(contentsOfFile: idleFile, encoding: .utf8) else { return 0 }
    return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
  }

  func waitUntilIdle(after count: Int = 0) throws {
    try wait("the program to be idle") { self.idleCount > count }
  }

  func wait(for text: String) throws {
    try wait("'\(text)' on the screen") { try self.text.contains(text) }
  }

  /// - Parameter seconds: only for what never comes: a machine may be slow, and tests run beside each other.
  func wait(
    _ what: String, seconds: Double = 120, until condition: () throws -> Bool
  ) throws {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while Date() < deadline {
      if try condition() { return }
      usleep(5_000)
    }
    throw WaitedInVain(what: what, screen: (try? text) ?? "")
  }

  struct WaitedInVain: Error, CustomStringConvertible {
    var what: String
    var screen: String
    var description: String { "waited in vain for \(what); the screen was:\n\(screen)" }
  }

  // MARK: tmux

  @discardableResult
  func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

  @discardableResult
  func tmux(_ arguments: [String]) throws -> String {
    var environment = ProcessInfo.processInfo.environment
    environment["TMUX"] = nil
    environment["LC_ALL"] = "C.UTF-8"
    let output = folder.file("tmux-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(atPath: output) }
    _ = try spawn(
      "tmux", ["-L", socket, "-f", "/dev/null"] + arguments, environment: environment,
      output: output)
    return String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
  }
}

extension Array {
  fileprivate func chunked(by count: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
  }
}

// MARK: - The program as a process

extension Terminal {
  /// The program's process: the one that was started with this terminal's idle file.
  func programIdentifier() throws -> Int {
    let marker = file("idle")
    let found = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int.init)
      .filter { identifier in
        guard let line = FileManager.default.contents(atPath: "/proc/\(identifier)/cmdline") else {
          return false
        }
        let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return words.first == Program.path && words.contains(marker)
      }
    return try #require(found.first, "the program runs")
  }

  /// Clock ticks of user and system time that a process has used.
  func ticks(of identifier: Int) throws -> Int {
    let line = try String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)
    let fields = line.drop { $0 != ")" }.split(separator: " ")
    return (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0)
  }

  /// What a process does: `R` runs, `S` sleeps, `T` is stopped.
  func state(of identifier: Int) throws -> Substring? {
    let line = try String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)
    return line.drop { $0 != ")" }.split(separator: " ").dropFirst().first
  }

  /// How often a process's first thread gave the processor back by itself: also when it was stopped.
  func switches(of identifier: Int) throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)
    let line = try #require(status.firstMatch(of: /(?m)^voluntary_ctxt_switches:\s+(\d+)/))
    return try #require(Int(line.1))
  }

  /// Sends a signal to the program.
  func signal(_ number: Int32) throws { kill(pid_t(try programIdentifier()), number) }

  /// A bracketed paste of a file's content, as tmux does it.
  func pasteFile(_ path: String) throws {
    try tmux("load-buffer", path)
    try tmux("paste-buffer", "-p")
  }
}
