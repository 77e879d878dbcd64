import Classifiers
import Foundation
import Glibc
import Synchronization

/// A folder with a program in it, which goes when its owner goes.
final class Script: Sendable {
  let folder: URL

  /// - Parameter body: Python that may call `answer(request)`, which keeps each request in a file.
  init(_ body: String, imports: String = "json") throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "whylight-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let program = """
      import json, os, sys, \(imports)
      folder = os.path.dirname(os.path.abspath(__file__))
      def say(answer): print(json.dumps(answer), flush=True)
      def rows(request):
          items = request.get("texts", request.get("tokens"))
          return [[1 / (1 + len(item)), len(item) / (1 + len(item))] for item in items]
      open(folder + "/starts", "a").write(str(os.getpid()) + "\\n")
      for line in sys.stdin:
          request = json.loads(line)
          open(folder + "/requests", "a").write(line)
          starts = len(open(folder + "/starts").readlines())
      \(body.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
      """
    try Data(program.utf8).write(to: folder.appending(path: "program.py"))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var command: String { "exec:exec python3 '\(folder.path)/program.py'" }

  /// - Parameter clock: what the time limit goes by, where it matters.
  func open(by clock: StoppedClock? = nil) throws -> Model {
    try ModelOpener(embedded: [], by: clock).open(command)
  }

  /// A pipe of that name in the folder, which the program opens and waits at.
  func makePipe(_ name: String) throws -> String {
    let path = folder.appending(path: name).path
    guard unsafe mkfifo(path, 0o600) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
    return path
  }

  func lines(_ name: String) throws -> [String] {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }
}

extension Script {
  /// Answers with two classes, by the length of the text.
  static let plain = #"say({"classes": ["no", "yes"], "probabilities": rows(request)})"#
}

/// Time that passes when a test says so.
final class StoppedClock: Sendable {
  private let start = ContinuousClock.now
  private let passed = Mutex(Duration.zero)

  var now: ContinuousClock.Instant { start + passed.withLock { $0 } }

  func advance(by duration: Duration) { passed.withLock { $0 += duration } }
}

extension ModelOpener {
  init(embedded: [Embedded], by clock: StoppedClock?) {
    self.init(embedded: embedded)
    if let clock { now = { clock.now } }
  }
}
