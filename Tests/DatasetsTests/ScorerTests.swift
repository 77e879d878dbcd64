import Classifiers
import Datasets
import Synchronization
import TestSupport
import Testing
import Tokenizers

private func example(_ index: Int, _ text: String) -> DatasetLine {
  .example(Example(index: index, line: index + 2, content: .text(text), gold: .one(0)))
}

private func scored(
  _ lines: [DatasetLine], _ model: Model, memory: (any PredictionMemory)? = nil
) throws -> [(index: Int, logits: [Float]?)] {
  let answers = Mutex<[(index: Int, logits: [Float]?)]>([])
  var scorer = Scorer(model, memory: memory) { line in
    answers.withLock { answers in
      switch line {
      case .bad(let row): answers.append((row.index, nil))
      case .scored(let example, let answer): answers.append((example.index, answer.logits))
      }
    }
  }
  for line in lines { try scorer.add(line) }
  try scorer.finish()
  return answers.withLock { $0 }
}

private let words = ["a", "bb", "ccc", "dddd", "Eeeee"]

/// Texts of all lengths in no order.
private let texts = (0..<3000).map { index in
  (0..<(index * 7 % 11)).map { words[(index + $0) % words.count] }.joined(separator: " ")
}

@Test func `answers come in the order of the rows and are those of a row alone`() throws {
  let model = Model.tiny()
  var lines = texts.enumerated().map { example($0.offset, $0.element) }
  lines[5] = .bad(BadRow(index: 5, line: 7, problem: .notUTF8))
  let answers = try scored(lines, model)
  #expect(answers.map(\.index) == Array(0..<3000))
  #expect(answers[5].logits == nil)
  for index in stride(from: 0, to: 3000, by: 97) where index != 5 {
    #expect(answers[index].logits == (try model.predict(texts[index])).logits)
  }
}

@Test func `no call carries more rows than the model wants`() throws {
  let largest = Mutex(0)
  let calls = Mutex(0)
  let model = Model.tiny(
    TinyClassifier(callSize: 16) { rows in
      largest.withLock { $0 = max($0, rows) }
      calls.withLock { $0 += 1 }
    })
  _ = try scored(texts.prefix(100).enumerated().map { example($0.offset, $0.element) }, model)
  #expect(largest.withLock { $0 } == 16)
  #expect(calls.withLock { $0 } == 7)
}

private final class Notebook: PredictionMemory {
  let known = Mutex<[String: ModelAnswer]>([:])

  func recall(_ contents: [TextRecord.Content]) -> [ModelAnswer?] {
    known.withLock { known in contents.map { known["\($0)"] } }
  }
  func remember(_ contents: [TextRecord.Content], answers: [ModelAnswer]) {
    known.withLock { known in
      for (content, answer) in zip(contents, answers) { known["\(content)"] = answer }
    }
  }
}

@Test func `what was said before is not asked again`() throws {
  let asked = Mutex(0)
  let model = Model.tiny(TinyClassifier { rows in asked.withLock { $0 += rows } })
  let memory = Notebook()
  let lines = texts.prefix(50).enumerated().map { example($0.offset, $0.element) }
  let first = try scored(Array(lines.prefix(20)), model, memory: memory)
  #expect(asked.withLock { $0 } == 20)
  let second = try scored(lines, model, memory: memory)
  #expect(asked.withLock { $0 } <= 50)
  #expect(second.prefix(20).map(\.logits) == first.map(\.logits))
  let third = try scored(lines, model, memory: memory)
  #expect(third.map(\.logits) == second.map(\.logits))
}

/// Reads no more than so many words of a text.
private struct ShortTokenizer: Tokenizer {
  let limit: Int
  private let whole = TinyTokenizer()

  init(limit: Int) { self.limit = limit }

  var vocabulary: [String] { whole.vocabulary }
  var roles: TokenRoles { whole.roles }
  func encode(words: [String]) -> Encoding { encode(words.joined(separator: " ")) }
  func encode(_ text: String, pair: String?) -> Encoding {
    var encoding = whole.encode(text, pair: pair)
    let count = encoding.pieces.count
    guard count > limit else { return encoding }
    let cut = encoding.pieces[limit].utf8Range.lowerBound..<text.utf8.count
    encoding.pieces.removeLast(count - limit)
    encoding.truncation = Truncation(
      tokens: count, read: limit, side: .right, rest: .unread, utf8Range: cut)
    return encoding
  }
}

@Test func `what was cut off a text is told of new rows and of remembered ones`() throws {
  let tiny = Model.tiny()
  let model = Model(
    name: "short", architecture: "tiny", classifier: tiny.classifier,
    tokenizer: ShortTokenizer(limit: 3), facts: tiny.facts)
  let lines = ["a bb", "a bb ccc dddd", "a", "a bb ccc"].enumerated().map {
    example($0.offset, $0.element)
  }
  let memory = Notebook()
  let cut = [
    nil, Truncation(tokens: 5, read: 3, side: .right, rest: .unread, utf8Range: 5..<13), nil,
    Truncation(tokens: 4, read: 3, side: .right, rest: .unread, utf8Range: 5..<8),
  ]
  for _ in 0..<2 {
    let found = Mutex<[Truncation?]>([])
    let tally = Mutex(EvaluationTally(classes: ["a", "b", "c"], link: .softmax, topLosses: 5))
    var scorer = Scorer(model, memory: memory) { line in
      guard case .scored(let example, let answer) = line else { return }
      found.withLock { $0.append(answer.truncation) }
      let judgement = Judgement(answer, gold: example.gold, rule: model.rule)
      tally.withLock { $0.add(example, judgement) }
    }
    for line in lines { try scorer.add(line) }
    try scorer.finish()
    #expect(found.withLock { $0 } == cut)
    let evaluation = tally.withLock { $0.evaluation }
    #expect(evaluation.truncatedRows == 2 && evaluation.rows == 4)
    #expect(evaluation.topLosses.count { $0.judgement.truncation != nil } == 2)
  }
  #expect(memory.known.withLock { $0.count } == 4)
}
