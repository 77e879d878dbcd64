import Classifiers
import Documents
import Foundation
import Glibc
import Synchronization
import Tensors
import TestSupport
import Testing
import Tokenizers

/// A folder with a program in it, which goes when its owner goes.
private final class Script: Sendable {
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

  func open(timeLimit: Duration = .seconds(60)) throws -> Model {
    try ModelOpener(embedded: []).open(command, with: OpeningOptions(timeLimit: timeLimit))
  }

  func lines(_ name: String) throws -> [String] {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }
}

private let plain = #"say({"classes": ["no", "yes"], "probabilities": rows(request)})"#

private func fault(_ body: String, timeLimit: Duration = .seconds(60)) -> ExternalProcessError? {
  do {
    let script = try Script(body)
    return try withExtendedLifetime(script) {
      _ = try script.open(timeLimit: timeLimit).predict("a b")
      return nil
    }
  } catch let error as ExternalProcessError {
    return error
  } catch ModelOpeningError.external(_, let error) {
    return error
  } catch {
    Issue.record(error)
    return nil
  }
}

struct ExternalProcessTests {
  @Test func `a text is asked as it was typed, and without the words that are deleted`() throws {
    let script = try Script(plain)
    let model = try script.open()
    let text = "  It's  not bad,\nat all. "
    let prediction = try model.predict(text)
    #expect(abs(prediction.probabilities[0] - 1 / Float(1 + text.count)) < 1e-6)
    #expect(model.classifier.classes == ["no", "yes"])
    let words = prediction.encoding.pieces.map(\.text)
    #expect(words == ["It's", "not", "bad", ",", "at", "all", "."])
    let ids = prediction.encoding.ids
    _ = try model.classifier.logits(for: [Array(ids[1...2]), Array(ids[..<1]) + ids[5...], []])
    let requests = try script.lines("requests").map { try JSON(Array($0.utf8)) }
    #expect(requests[0]["hello"]?["protocol"] == .integer(1))
    #expect(requests[0]["texts"] == .array([.string("")]))
    #expect(
      requests[1] == .object([.init("texts", .array([.string(text)])), .init("id", .integer(1))]))
    #expect(requests.map { $0["id"] } == [.integer(0), .integer(1), .integer(2)])
    let rows: [JSON] = [.string("not bad"), .string("  It's all. "), .string("")]
    #expect(requests[2]["texts"] == .array(rows))
  }

  @Test func `a program's own tokens are asked for and sent back`() throws {
    let script = try Script(
      """
      tokens = [["[CLS]"] + t.lower().replace("bad", "ba ##d").split() for t in request.get("texts", [])]
      say({"name": "mine", "classes": [0, 1], "probabilities": rows(request), "tokens": tokens,
           "takes_tokens": True, "mask": "[MASK]", "multi_label": True, "batch": 2})
      """)
    let model = try script.open()
    #expect(model.name == "mine" && model.classifier.link == .sigmoid)
    let encoding = model.tokenizer.encode("Not  bad x")
    #expect(encoding.pieces.map(\.text) == ["[CLS]", "not", "ba", "##d", "x"])
    #expect(encoding.pieces.map(\.utf8Range) == [0..<0, 0..<3, 5..<7, 7..<8, 9..<10])
    #expect(encoding.pieces.map(\.word) == [nil, 0, 1, 1, 2])
    #expect(encoding.pieces.map(\.isFrame) == [true, false, false, false, false])
    let mask = try #require(model.tokenizer.roles.mask)
    var row = encoding.ids
    row[2] = mask
    let logits = try model.classifier.logits(for: [row, encoding.ids, row])
    #expect(logits.rows == 3)
    let requests = try script.lines("requests").map { try JSON(Array($0.utf8)) }
    // The text's own row is known since its tokens were asked for.
    let masked = ["[CLS]", "not", "[MASK]", "##d", "x"].map(JSON.string)
    #expect(requests.last?["tokens"] == .array([.array(masked), .array(masked)]))
    #expect(requests.count == 3)
    let prediction = try model.predict(model.tokenizer.encode(words: ["a", "b"]))
    #expect(abs(prediction.probabilities[1] - 2.0 / 3) < 1e-6)
  }

  @Test func `offsets count characters and place the tokens`() throws {
    let script = try Script(
      """
      n = len(request["texts"])
      say({"classes": ["a"], "probabilities": [[1]] * n, "tokens": [["é", "b"]] * n,
           "offsets": [[[0, 1], [2, 9]]] * n})
      """)
    let encoding = try script.open().tokenizer.encode("é bb")
    #expect(encoding.pieces.map(\.utf8Range) == [0..<2, 3..<5])
  }

  @Test func `a program that ends is started again and asked again`() throws {
    let script = try Script(
      "if starts < 4 and 'crash' in str(request): os._exit(3)\n" + plain)
    let model = try script.open()
    let prediction = try model.predict("crash")
    #expect(abs(prediction.probabilities[0] - 1 / 6) < 1e-6)
    #expect(try script.lines("starts").count == 4)
  }

  @Test func `four starts without an answer are the end`() throws {
    let script = try Script("if 'crash' in str(request): os._exit(3)\n" + plain)
    let model = try script.open()
    let error = ExternalProcessError.gaveUp(starts: 4, last: .ended(status: 3))
    #expect(throws: error) { try model.predict("crash") }
    #expect(throws: error) { try model.predict("fine") }
    #expect(try script.lines("starts").count == 4)
  }

  @Test func `a program that ends as it starts is started three times more`() throws {
    let script = try Script("if starts < 4: os._exit(3)\n" + plain)
    #expect(try script.open().classifier.classes == ["no", "yes"])
    #expect(try script.lines("starts").count == 4)
    // What the shell does not find will not be there the next time.
    #expect(throws: ModelOpeningError.external(command: "no-such-command", .ended(status: 127))) {
      try ModelOpener(embedded: []).open("exec:no-such-command")
    }
  }

  /// Short, as two tests wait for it to pass; long enough for a shell to answer on a busy machine.
  private let shortLimit = Duration.seconds(6)

  private func shellProgram(in folder: URL) throws -> Model {
    let program = """
      echo start >> '\(folder.path)/starts'
      while read -r line; do
        case "$line" in
          *wait*) read -r nothing < '\(folder.path)/gate' ;;
        esac
        echo '{"classes": ["a"], "probabilities": [[1]]}'
      done
      """
    let made = unsafe mkfifo(folder.appending(path: "gate").path, 0o600)
    #expect(made == 0)
    try Data(program.utf8).write(to: folder.appending(path: "program.sh"))
    return try ModelOpener(embedded: []).open(
      "exec:exec sh '\(folder.path)/program.sh'", with: OpeningOptions(timeLimit: shortLimit))
  }

  @Test func `an answer that takes too long is told at once, and the next text is answered`()
    throws
  {
    let script = try Script(plain)
    let model = try shellProgram(in: script.folder)
    for _ in 0..<2 {
      // Not asked again: that would take as long.
      #expect(throws: ExternalProcessError.timedOut(after: shortLimit)) {
        try model.predict("wait")
      }
      #expect(try model.predict("fine").probabilities == [1])
    }
    // An answer between them: they are not four in a row.
    #expect(try script.lines("starts").count == 3)
  }

  @Test func `four silences in a row are the end`() throws {
    let script = try Script(plain)
    let model = try shellProgram(in: script.folder)
    let silence = ExternalProcessError.timedOut(after: shortLimit)
    for _ in 0..<4 {
      #expect(throws: silence) { try model.predict("wait") }
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
        + "child = subprocess.Popen(['sleep', '1000'], stdout=life)\n" + plain)
    let life = script.folder.appending(path: "life").path
    let made = unsafe mkfifo(life, 0o600)
    #expect(made == 0)
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
    let script = try Script(
      "if 'wait' in str(request): open(folder + '/gate').read()\n" + plain)
    let gate = script.folder.appending(path: "gate").path
    let made = unsafe mkfifo(gate, 0o600)
    #expect(made == 0)
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

  @Test(
    arguments: [
      ("say([])", ExternalProcessError.notAnObject(found: "a list")), ("say({})", .noClasses),
      ("say({'classes': []})", .noClasses),
      ("os._exit(7)", .gaveUp(starts: 4, last: .ended(status: 7))),
      ("os.kill(os.getpid(), 9)", .gaveUp(starts: 4, last: .ended(status: -9))),
      ("say({'error': 'no weights'})", .refused(message: "no weights")),
      (
        "say({'classes': [None]})",
        .wrongPart(name: "classes[0]", expected: "a string", found: "null")
      ),
      (
        "say({'classes': ['a'], 'batch': 0})",
        .wrongPart(name: "batch", expected: "a whole number from 1 to 4096", found: "a number")
      ),
    ])
  func `a first answer that can't be used is told`(body: String, error: ExternalProcessError) {
    #expect(fault(body) == error)
  }

  @Test(
    arguments: [
      ("[]", ExternalProcessError.wrongCount(of: "probabilities", expected: 1, found: 0)),
      ("[[1]]", .wrongCount(of: "probabilities[0]", expected: 2, found: 1)),
      ("[3]", .wrongPart(name: "probabilities[0]", expected: "a list", found: "a number")),
      (
        "[['a', 'b']]",
        .wrongPart(name: "probabilities[0]", expected: "numbers", found: "a string")
      ),
      ("[[0.5, 0.6]]", .wrongSum(row: 0, sum: 1.1)),
      ("[[-1, 2]]", .noProbability(row: 0, value: -1)),
      (
        "None",
        .wrongPart(
          name: "probabilities", expected: "a list of lists of numbers", found: "null")
      ),
    ])
  func `probabilities that are none are told`(value: String, error: ExternalProcessError) {
    #expect(fault("say({'classes': ['a', 'b'], 'probabilities': \(value)})") == error)
  }

  @Test func `silence, other classes and a message are told`() {
    let silent = "say({'classes': ['a']}) if 'hello' in request else None"
    let limit = Duration.milliseconds(200)
    #expect(fault(silent, timeLimit: .seconds(1)) == .timedOut(after: .seconds(1)))
    let other = "say({'classes': ['a' if 'hello' in request else 'b'], 'probabilities': [[1]]})"
    #expect(fault(other) == .otherClasses(expected: ["a"], found: ["b"]))
    let message = "say({'classes': ['a']} if 'hello' in request else {'error': 'too long'})"
    #expect(fault(message) == .refused(message: "too long"))
    #expect(throws: ModelOpeningError.external(command: " ", .noCommand)) {
      try ModelOpener(embedded: []).open("exec: ", with: OpeningOptions(timeLimit: limit))
    }
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
      \(plain)
      """, imports: "time")
    let life = script.folder.appending(path: "life").path
    let made = unsafe mkfifo(life, 0o600)
    #expect(made == 0)
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
      \(plain)
      """)
    _ = try script.open()
    let facts = try script.lines("facts")
    // Python itself ignores SIGPIPE and SIGXFSZ: bits 12 and 24.
    #expect(
      facts == ["-1", "SigBlk:\t0", "SigIgn:\t1001000"])
  }

  @Test(
    arguments: [
      // Two lines for each request, at once and one after the other.
      (#"print(json.dumps(answer) + "\n" + json.dumps(answer), flush=True)"#, "{\"classes\""),
      (#"say(answer); say(answer)"#, "{\"classes\""),
      (#"print(json.dumps(answer) + "\nnoise", end="", flush=True)"#, "noise"),
    ])
  func `what the program writes unasked is told and never taken for an answer`(
    answering: String, start: String
  ) throws {
    let script = try Script(
      "answer = {'classes': ['no', 'yes'], 'probabilities': rows(request)}\n" + answering)
    var found: ExternalProcessError?
    do {
      let model = try script.open()
      // Not before the second line is there; a request then finds it.
      for text in ["a", "bb", "ccc"] { _ = try model.predict(text) }
    } catch let error as ExternalProcessError {
      found = error
    } catch ModelOpeningError.external(_, let error) {
      found = error
    }
    guard case .unasked(let unasked)? = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(unasked.hasPrefix(start))
  }

  @Test func `blank lines between the answers mean nothing`() throws {
    let script = try Script(
      "print('\\n' + json.dumps({'classes': ['no', 'yes'], 'probabilities': rows(request)})"
        + " + '\\r\\n\\n', flush=True)")
    let model = try script.open()
    for text in ["a", "bb", "ccc"] {
      #expect(try abs(model.predict(text).probabilities[0] - 1 / Float(1 + text.count)) < 1e-6)
    }
  }

  @Test func `an answer with another request's number is refused, and the next one is right`()
    throws
  {
    let script = try Script(
      """
      wrong = request.get("texts") == ["bad"]
      say({"classes": ["no", "yes"], "probabilities": rows(request),
           "id": request["id"] - wrong})
      """)
    let model = try script.open()
    #expect(try abs(model.predict("a").probabilities[0] - 1 / 2) < 1e-6)
    #expect(throws: ExternalProcessError.otherRequest(expected: 2, found: "1")) {
      try model.predict("bad")
    }
    #expect(try abs(model.predict("good").probabilities[0] - 1 / 5) < 1e-6)
    #expect(try script.lines("starts").count == 2)
  }

  @Test func `standard error comes in lines, and a flood of it is cut`() throws {
    let script = try Script(
      """
      sys.stderr.write("one\\rtwo\\n" + ("x" * 99 + "\\n") * 20000 + "last\\n")
      sys.stderr.flush()
      \(plain)
      """)
    let remarks = Mutex<[ProgramRemark]>([])
    var opener = ModelOpener(embedded: [])
    opener.remark = { remark in remarks.withLock { $0.append(remark) } }
    _ = try opener.open(script.command)
    let told = remarks.withLock { $0 }
    #expect(told.prefix(2) == [.line("one"), .line("two")])
    let bytes = told.reduce(0) { sum, remark in
      if case .line(let line) = remark { sum + line.utf8.count + 1 } else { sum }
    }
    #expect(bytes <= 65 << 10)
    guard case .omitted(let omitted)? = told.last else {
      Issue.record("\(String(describing: told.last))")
      return
    }
    #expect(bytes + omitted >= 2_000_000)
  }

  @Test func `the last words of a program that ends are told`() throws {
    let remarks = Mutex<[ProgramRemark]>([])
    var opener = ModelOpener(embedded: [])
    opener.remark = { remark in remarks.withLock { $0.append(remark) } }
    #expect(throws: ModelOpeningError.self) {
      try opener.open("exec:printf 'no such file' >&2; exit 127")
    }
    #expect(remarks.withLock { $0 } == [.line("no such file")])
  }

  @Test func `no damage to an answer does more than to be refused`() throws {
    let whole = Array(
      #"{"classes": ["a", "b"], "probabilities": [[0.25, 0.75]], "tokens": [["x"]]}"#.utf8)
    var state: UInt64 = 1
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let lines = (0..<2000).map { _ in
      var bytes = whole
      for _ in 0..<(1 + next(3)) { bytes[next(bytes.count)] = UInt8(next(256)) }
      return bytes.filter { $0 != 10 } + [10]
    }
    let script = try Script("")
    let file = script.folder.appending(path: "answers")
    try Data(whole + [10] + lines.joined()).write(to: file)
    let command =
      "exec:while read -r x; do IFS= read -r y <&3; printf '%s\\n' \"$y\"; done 3<'\(file.path)'"
    let model = try ModelOpener(embedded: []).open(command)
    var refused = 0
    for index in lines.indices {
      do {
        // Each text is another, or its answer would be known.
        _ = try model.classifier.logits(for: [model.tokenizer.encode(words: ["\(index)"]).ids])
      } catch is ExternalProcessError {
        refused += 1
      }
    }
    #expect((lines.count / 4..<lines.count).contains(refused))
  }
}
