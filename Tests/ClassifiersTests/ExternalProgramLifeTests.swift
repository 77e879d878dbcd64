import Classifiers
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

/// How a program is started, waited for and ended.
struct ExternalProgramLifeTests {
  @Test func `a program that ends is started again and asked again`() throws {
    let script = try Script(
      "if starts < 4 and 'crash' in str(request): os._exit(3)\n" + Script.plain)
    let model = try script.open()
    let prediction = try model.predict("crash")
    #expect(abs(prediction.probabilities[0] - 1 / 6) < 1e-6)
    #expect(try script.lines("starts").count == 4)
  }

  /// A fork copies the locks of the C library as other threads hold them.
  @Test(.timeLimit(.minutes(5)))
  func `programs start while other threads start theirs`() async throws {
    let answer = #"{"classes": ["a", "b"], "probabilities": [[0.25, 0.75]]}"#
    let isOpen = try await withThrowingTaskGroup(of: [Bool].self) { group in
      for _ in 0..<4 {
        group.addTask {
          try (0..<10).map { _ in
            let model = try ModelOpener(embedded: []).open(
              "exec:while read -r x; do echo '\(answer)'; done")
            return model.classifier.classes == ["a", "b"]
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(isOpen == Array(repeating: true, count: 40))
  }

  @Test func `four starts without an answer are the end`() throws {
    let script = try Script("if 'crash' in str(request): os._exit(3)\n" + Script.plain)
    let model = try script.open()
    let error = ExternalProcessError.gaveUp(starts: 4, last: .ended(status: 3))
    #expect(throws: error) { try model.predict("crash") }
    #expect(throws: error) { try model.predict("fine") }
    #expect(try script.lines("starts").count == 4)
  }

  @Test func `a program that ends as it starts is started three times more`() throws {
    let script = try Script("if starts < 4: os._exit(3)\n" + Script.plain)
    #expect(try script.open().classifier.classes == ["no", "yes"])
    #expect(try script.lines("starts").count == 4)
    // What the shell does not find will not be there the next time.
    #expect(throws: ModelOpeningError.external(command: "no-such-command", .ended(status: 127))) {
      try ModelOpener(embedded: []).open("exec:no-such-command")
    }
  }

  /// Asks for what the program does not answer, and lets the time limit pass once it has been asked.
  private func predictInVain(_ model: Model, at gate: String, by clock: StoppedClock) throws {
    let reached = Mutex<Int32>(-1)
    // Not a task: other tests may keep the threads of all tasks busy.
    Thread.detachNewThread {
      // Waits until the program reads, and so until the request is under way.
      let end = unsafe open(gate, O_WRONLY | O_CLOEXEC)
      reached.withLock { $0 = end }
      clock.advance(by: ExternalProcess.usualTimeLimit)
    }
    // What is closed earlier would be an answer.
    defer { close(reached.withLock { $0 }) }
    _ = try model.predict("wait")
  }

  private static let waiting =
    "if 'wait' in str(request): open(folder + '/gate').read()\n" + Script.plain

  private let silence = ExternalProcessError.timedOut(after: ExternalProcess.usualTimeLimit)

  @Test func `an answer that takes too long is told at once, and the next text is answered`()
    throws
  {
    let script = try Script(Self.waiting)
    let (gate, clock) = (try script.makePipe("gate"), StoppedClock())
    let model = try script.open(by: clock)
    for _ in 0..<2 {
      // Not asked again: that would take as long.
      #expect(throws: silence) { try predictInVain(model, at: gate, by: clock) }
      #expect(try abs(model.predict("ab").probabilities[0] - 1 / 3) < 1e-6)
    }
    // An answer between them: they are not four in a row.
    #expect(try script.lines("starts").count == 3)
  }

  @Test func `four silences in a row are the end`() throws {
    let script = try Script(Self.waiting)
    let (gate, clock) = (try script.makePipe("gate"), StoppedClock())
    let model = try script.open(by: clock)
    for _ in 0..<4 {
      #expect(throws: silence) { try predictInVain(model, at: gate, by: clock) }
    }
    #expect(throws: ExternalProcessError.gaveUp(starts: 4, last: silence)) {
      try model.predict("fine")
    }
    #expect(try script.lines("starts").count == 4)
  }

  @Test func `the program and what it started end with the model`() throws {
    // Both hold the writing end of a pipe, whose end is told when the last of them is gone.
    let script = try Script(
      "import subprocess\nlife = open(folder + '/life', 'w')\n"
        + "child = subprocess.Popen(['sleep', '1000'], stdout=life)\n" + Script.plain)
    let life = try script.makePipe("life")
    let reader = unsafe open(life, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    var model: Model? = try script.open()
    #expect(model != nil)
    let process = try #require(try script.lines("starts").compactMap { pid_t($0) }.first)
    #expect(kill(process, 0) == 0)
    model = nil
    #expect(kill(process, 0) != 0)
    _ = fcntl(reader, F_SETFL, 0)
    var byte: UInt8 = 0
    let count = unsafe read(reader, &byte, 1)
    #expect(count == 0)
  }

  @Test func `an answer that nobody waits for any more is not the next one's`() async throws {
    let script = try Script(Self.waiting)
    let gate = try script.makePipe("gate")
    let model = try script.open()
    let task = Task.detached { try model.predict("wait") }
    let writer = Mutex<Int32>(-1)
    // Not a task: other tests may keep the threads of all tasks busy until the answer is overdue.
    Thread.detachNewThread {
      // Waits until the program reads, and so until the request is under way.
      let end = unsafe open(gate, O_WRONLY)
      writer.withLock { $0 = end }
      task.cancel()
    }
    await #expect(throws: CancellationError.self) { _ = try await task.value }
    close(writer.withLock { $0 })
    let next = try model.predict("ab").probabilities[0]
    #expect(abs(next - 1 / 3) < 1e-6)
  }

  @Test func `what leaves the program's session ends with the model too`() throws {
    let script = try Script(
      """
      if starts == 1 and 'hello' in request:
          life = os.open(folder + '/life', os.O_WRONLY)
          if os.fork() == 0:
              os.setsid()
              if os.fork() > 0: os._exit(0)
              for fd in (0, 1, 2): os.close(fd)
              while True: time.sleep(1000)
          os.close(life)
          os.wait()
      \(Script.plain)
      """, imports: "time")
    let life = try script.makePipe("life")
    let reader = unsafe open(life, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    var model: Model? = try script.open()
    #expect(model != nil)
    _ = fcntl(reader, F_SETFL, 0)
    model = nil
    // The end of the pipe: nobody holds its other end any more.
    var byte: UInt8 = 0
    let count = unsafe read(reader, &byte, 1)
    #expect(count == 0)
  }

  @Test func `the program has no terminal and the signals as by default`() throws {
    let script = try Script(
      """
      try: tty = os.open("/dev/tty", os.O_RDWR)
      except OSError: tty = -1
      signals = [l for l in open("/proc/self/status") if l.startswith(("SigBlk", "SigIgn"))]
      # 32 and 33 belong to the C library
      signals = [l[:8] + "%x\\n" % (int(l[8:], 16) & ~(3 << 31)) for l in signals]
      open(folder + "/facts", "w").write("%s\\n%s" % (tty, "".join(signals)))
      \(Script.plain)
      """)
    _ = try script.open()
    let facts = try script.lines("facts")
    // Python itself ignores SIGPIPE and SIGXFSZ: bits 12 and 24.
    #expect(
      facts == ["-1", "SigBlk:\t0", "SigIgn:\t1001000"])
  }
}
