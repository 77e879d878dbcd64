import Classifiers
import Documents
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

struct ExternalProcessTests {
  @Test func `a text is asked as it was typed, and without the words that are deleted`() throws {
    let script = try Script(Script.plain)
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
