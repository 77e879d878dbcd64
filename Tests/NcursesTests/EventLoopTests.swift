import Foundation
import Ncurses
import Synchronization
import TerminalUI
import Testing

/// A terminal that is a pipe for keys and another for signals.
private final class PipeScreen: LoopScreen {
  let keys = Pipe()
  let signalPipe = Pipe()
  var size = Size(columns: 80, rows: 24)
  var canSuspend = true
  var foreground = [true]
  var calls: [String] = []

  var inputDescriptor: CInt { keys.fileHandleForReading.fileDescriptor }
  var signals: SignalPipe {
    let descriptor = signalPipe.fileHandleForReading.fileDescriptor
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    return SignalPipe(descriptor: descriptor)
  }

  func type(_ text: String) { keys.fileHandleForWriting.write(Data(text.utf8)) }
  func signal(_ numbers: CInt...) {
    signalPipe.fileHandleForWriting.write(Data(numbers.map { UInt8($0) }))
  }

  func takeWindowSize() -> Size {
    calls.append("size")
    return size
  }
  func suspend() -> Bool {
    calls.append("suspend")
    return canSuspend
  }
  func resume() -> Bool {
    calls.append("resume")
    return foreground.count > 1 ? foreground.removeFirst() : foreground[0]
  }
}

private typealias Loop = EventLoop<String>

@Suite struct EventLoopTests {
  private let screen = PipeScreen()
  private let mailbox = Mailbox<String>()

  private func loop(watch: FolderWatch? = nil, idleFile: String? = nil) -> Loop {
    Loop(
      screen: screen, mailbox: mailbox, signals: screen.signals, watch: watch, idleFile: idleFile,
      escapeDelay: .milliseconds(5))
  }

  /// Runs until an event is what is waited for; everything that came, as text.
  private func run(
    _ loop: Loop, until: (Loop.Event) -> Bool, timer: Duration? = nil
  ) -> (events: [String], end: Loop.End) {
    var seen: [String] = []
    let end = loop.run { events in
      seen += events.map { "\($0)" }
      if events.contains(where: until) { return .stop }
      return .wait(until: timer.map { ContinuousClock.now + $0 })
    }
    return (seen, end)
  }

  @Test func `before it is stopped, by a key or by a signal, the program is told`() {
    let screen = screen
    func loop() -> Loop {
      Loop(
        screen: screen, mailbox: mailbox, signals: screen.signals, escapeDelay: .milliseconds(5),
        beforeSuspension: { screen.calls.append("told") })
    }
    var isAsked = false
    _ = loop().run { events in
      defer { isAsked = true }
      return isAsked ? .stop : .suspend
    }
    #expect(Array(screen.calls.prefix(2)) == ["told", "suspend"])
    screen.calls = []
    screen.signal(SIGTSTP)
    _ = run(loop(), until: { if case .resumed = $0 { true } else { false } })
    #expect(Array(screen.calls.prefix(2)) == ["told", "suspend"])
  }

  private func isKey(_ event: Loop.Event, _ code: Key.Code) -> Bool {
    if case .terminal(.key(let key)) = event { key.code == code } else { false }
  }

  @Test func `keys that are there at once come in one batch`() {
    screen.type("ab\u{1B}[A")
    var batches: [Int] = []
    let end = loop().run { events in
      batches.append(events.count)
      return events.isEmpty ? .wait() : .stop
    }
    #expect(batches == [0, 3] && end == .stopped)
  }

  @Test func `a terminal's answers about pictures are no keys, whenever they come`() {
    screen.type("a\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[6;18;9t\u{1B}[?62;4cb")
    let (events, _) = run(loop(), until: { isKey($0, .character("b")) })
    #expect(events.count == 5)
    #expect(events[1].contains("pictures") && events[1].contains("kitty"))
    #expect(events[2].contains("cellSize(width: 9, height: 18)"))
    #expect(events[3].contains("sixel"))
  }

  @Test func `Escape is a key once nothing has followed`() {
    screen.type("\u{1B}")
    let (events, end) = run(loop(), until: { isKey($0, .escape) })
    #expect(events.count == 1 && end == .stopped)
  }

  @Test func `every message of every thread arrives, each thread's in order`() {
    let mailbox = mailbox
    for worker in 0..<4 {
      Thread.detachNewThread {
        for number in 0..<250 { mailbox.post("\(worker) \(number)") }
      }
    }
    var found: [[Int]] = Array(repeating: [], count: 4)
    let end = loop().run { events in
      for case .message(let text) in events {
        let parts = text.split(separator: " ").compactMap { Int($0) }
        found[parts[0]].append(parts[1])
      }
      return found.joined().count == 1000 ? .stop : .wait(isBusy: true)
    }
    #expect(found == Array(repeating: Array(0..<250), count: 4) && end == .stopped)
  }

  @Test func `a timer comes when nothing else does`() {
    let start = ContinuousClock.now
    let (events, _) = run(
      loop(),
      until: { if case .timer = $0 { true } else { false } }, timer: .milliseconds(20))
    #expect(events == ["timer"])
    #expect(ContinuousClock.now - start >= .milliseconds(20))
  }

  @Test func `a burst of resizes is one event with the last size`() {
    screen.signal(SIGWINCH, SIGWINCH, SIGWINCH)
    screen.size = Size(columns: 100, rows: 30)
    let (events, _) = run(
      loop(), until: { if case .terminal(.resize) = $0 { true } else { false } })
    #expect(events.count == 1 && screen.calls == ["size"])
    #expect(events[0].contains("100"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `a signal to end comes through after the keys before it`(number: CInt) {
    screen.type("a")
    screen.signal(number)
    let (events, end) = run(loop(), until: { _ in false })
    #expect(end == .signal(number) && events.count == 1)
  }

  @Test func `a terminal that went away ends the loop`() {
    screen.type("a")
    screen.keys.fileHandleForWriting.closeFile()
    let (events, end) = run(loop(), until: { _ in false })
    #expect(end == .terminalLost && events.count == 1)
  }

  @Test func `suspended by key or by signal it comes back with the size of now`() {
    screen.type("z")
    screen.size = Size(columns: 90, rows: 20)
    var names: [String] = []
    _ = loop().run { events in
      names += events.map { "\($0)".prefix { $0 != "(" }.description }
      if events.contains(where: { isKey($0, .character("z")) }) { return .suspend }
      if names.count == 3 { screen.signal(SIGTSTP) }
      return names.count >= 5 ? .stop : .wait()
    }
    #expect(names == ["terminal", "resumed", "terminal", "resumed", "terminal"])
    #expect(
      screen.calls == ["suspend", "resume", "size", "suspend", "resume", "size"])
  }

  @Test func `continued in the background it stays stopped`() {
    screen.foreground = [false, false, true]
    screen.signal(SIGCONT)
    let (events, _) = run(loop(), until: { if case .resumed = $0 { true } else { false } })
    #expect(screen.calls == ["resume", "suspend", "resume", "suspend", "resume", "size"])
    #expect(events.count == 2)
  }

  @Test func `without a shell that could continue it nothing is stopped`() {
    screen.canSuspend = false
    screen.signal(SIGTSTP)
    let (events, _) = run(
      loop(), until: { if case .suspensionRefused = $0 { true } else { false } })
    #expect(events == ["suspensionRefused"])
  }

  @Test func `the idle file counts when there is nothing left to do and not before`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    @Sendable func count() -> String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }
    let mailbox = mailbox
    var counts: [String] = []
    let thread = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
    @Sendable func isAsleep() -> Bool {
      let line = try? String(contentsOfFile: "/proc/\(thread)/stat", encoding: .utf8)
      return line?.split(separator: ") ").last?.hasPrefix("S") == true
    }
    screen.type("a")
    _ = loop(idleFile: file.path).run { events in
      counts.append(count())
      switch counts.count {
      case 1: return .wait()
      case 2:  // busy until the message comes
        Thread.detachNewThread {
          // all that the loop ever sleeps in is its wait for events
          while !isAsleep() { usleep(1000) }
          mailbox.post("done")
        }
        return .wait(isBusy: true)
      case 3:  // idle until the next message comes
        Thread.detachNewThread {
          while count() != "1\n" { usleep(1000) }
          mailbox.post("more")
        }
        return .wait()
      default: return .stop
      }
    }
    #expect(counts == ["", "", "", "1\n"])
  }

  @Test func `files that come, change and go are reported, in a folder that comes later too`()
    throws
  {
    let top = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: top, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: top) }
    let folder = top.appending(path: "config/themes")
    let file = folder.appending(path: "x.toml")
    let watch = FolderWatch(folders: [folder.path])
    let steps: [() throws -> Void] = [
      { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) },
      { try Data("a".utf8).write(to: file) },
      { try Data("b".utf8).write(to: file, options: .atomic) },
      { try FileManager.default.removeItem(at: file) },
    ]
    for step in steps {
      try step()
      let (events, end) = run(
        loop(watch: watch), until: { if case .filesChanged = $0 { true } else { false } },
        timer: .seconds(10))
      #expect(events.contains("filesChanged") && end == .stopped)
    }
  }
}

@Suite struct TerminalChoiceTests {
  private func choose(
    _ environment: [String: String], _ color: ColorChoice = .auto, knows: [String: TerminalEntry]
  ) throws -> TerminalChoice {
    try TerminalChoice(
      ScreenOptions(color: color), environment: { environment[$0] }, probe: { knows[$0] })
  }

  private let debian = [
    "xterm-256color": TerminalEntry(colors: 256), "xterm": TerminalEntry(colors: 8),
    "vt100": TerminalEntry(colors: 0), "dumb": TerminalEntry(colors: 0, canPlaceCursor: false),
    "whylight-direct": TerminalEntry(colors: 1 << 24, hasDirectColors: true),
  ]

  @Test(arguments: [
    ("xterm-256color", "", "", true), ("xterm-256color", "/tmp/tmux", "", false),
    ("xterm-256color", "", "12.tty", false), ("tmux-256color", "", "", false),
    ("screen", "", "", false), ("linux", "", "", false),
  ])
  func `kitty's protocol is asked for where nothing stands between`(
    term: String, tmux: String, screen: String, isAsked: Bool
  ) throws {
    let entry = TerminalEntry(colors: 256)
    let known = Dictionary(Set([term, "xterm-256color"]).map { ($0, entry) }) { first, _ in first }
    let choice = try choose(["TERM": term, "TMUX": tmux, "STY": screen], knows: known)
    #expect(choice.mayAskForKitty == isAsked)
  }

  @Test(arguments: [
    ("xterm-256color", ColorChoice.auto, "", "xterm-256color", TerminalAbilities.Colors.indexed256),
    ("xterm-256color", .auto, "truecolor", "whylight-direct", .direct),
    ("xterm-256color", .indexed, "truecolor", "xterm-256color", .indexed256),
    ("xterm-256color", .never, "truecolor", "xterm-256color", .none),
    ("xterm-256color", .sixteen, "", "xterm-256color", .ansi8),
    ("xterm", .auto, "", "xterm", .ansi8),
    ("xterm", .indexed, "", "xterm-256color", .indexed256),
    ("xterm", .direct, "", "whylight-direct", .direct),
    ("vt100", .auto, "", "vt100", .none),
    ("vt100", .always, "", "xterm", .ansi8),
  ])
  func `the entry can say what was asked for`(
    term: String, color: ColorChoice, colorTerm: String, name: String,
    colors: TerminalAbilities.Colors
  ) throws {
    let choice = try choose(["TERM": term, "COLORTERM": colorTerm], color, knows: debian)
    #expect(choice.name == name && choice.colors == colors && choice.notice == nil)
  }

  @Test func `NO_COLOR counts where it is not empty and nobody asked for colours`() throws {
    let plain = ["TERM": "xterm-256color", "NO_COLOR": "1", "COLORTERM": "truecolor"]
    #expect(try choose(plain, knows: debian).colors == .none)
    #expect(try choose(plain, .always, knows: debian).colors == .direct)
    #expect(try choose(plain, .indexed, knows: debian).colors == .indexed256)
    let empty = ["TERM": "xterm-256color", "NO_COLOR": ""]
    #expect(try choose(empty, knows: debian).colors == .indexed256)
  }

  @Test(arguments: ["xterm-kitty", "nonsense", ""])
  func `a terminal that nobody knows is taken for an xterm, with a notice`(term: String) throws {
    let choice = try choose(["TERM": term], knows: debian)
    #expect(choice.name == "xterm-256color" && choice.colors == .indexed256)
    #expect(choice.notice == .unknownTerminal(name: term, used: "xterm-256color"))
  }

  @Test func `a terminal that can't place its cursor is refused`() {
    #expect(throws: ScreenError.unusableTerminal(name: "dumb")) {
      try choose(["TERM": "dumb"], knows: debian)
    }
    #expect(throws: ScreenError.unusableTerminal(name: "nonsense")) {
      try choose(["TERM": "nonsense"], knows: [:])
    }
  }

  @Test func `the entry that comes with the program is read without a file`() throws {
    let entry = try #require(TerminalEntry(named: "whylight-direct"))
    #expect(entry == TerminalEntry(colors: 1 << 24, hasDirectColors: true))
    #expect(TerminalEntry(named: "no-such-terminal") == nil)
  }
}
