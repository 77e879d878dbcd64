import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// transformers' zero-shot pipeline on small random models;
/// `Tests/Fixtures/parity/zero-shot/generate.py` asked it.
struct ZeroShotTests {
  struct Answer: Decodable {
    var text: String
    var labels: [String]
    var hypothesis: String
    var many: Bool
    var scores: [Float]
  }

  static let names = ["bert", "roberta", "deberta-v3", "bart"]

  static func path(_ name: String) -> String {
    fixture(name == "bart" ? "parity/encoder-decoders/bart" : "parity/zero-shot/\(name)").path
  }

  static func answers(_ name: String) throws -> [Answer] {
    let data = try Data(
      contentsOf: URL(filePath: fixture("parity/zero-shot/answers.json").path))
    return try #require(JSONDecoder().decode([String: [Answer]].self, from: data)[name])
  }

  static func open(
    _ name: String, _ labels: ZeroShotLabels, windows: WindowReading? = nil
  ) throws -> Model {
    var options = OpeningOptions()
    options.reading = ReadingOptions(labels: labels, windows: windows)
    return try ModelOpener(embedded: []).open(path(name), with: options)
  }

  @Test(arguments: names) func `scores are the pipeline's`(name: String) throws {
    let answers = try Self.answers(name)
    #expect(answers.count == 5)
    for answer in answers {
      let model = try Self.open(
        name,
        ZeroShotLabels(answer.labels, hypothesis: answer.hypothesis, isMany: answer.many))
      #expect(model.classifier.classes == answer.labels)
      let prediction = try model.predict(answer.text)
      #expect(
        largestDifference(prediction.probabilities, answer.scores) < 1e-5, "\(answer.text)")
      #expect(prediction.encoding.pieces.allSatisfy { $0.part == 0 })
    }
    // The last text is longer than the model takes with a hypothesis behind it.
    let last = try #require(answers.last)
    let model = try Self.open(name, ZeroShotLabels(last.labels))
    #expect(model.tokenizer.encode(last.text).truncation != nil)
  }

  @Test(arguments: names) func `gradients go through all hypotheses`(name: String) throws {
    let answer = try Self.answers(name)[0]
    let model = try Self.open(name, ZeroShotLabels(answer.labels, hypothesis: answer.hypothesis))
    let classifier = try #require(model.classifier.differentiable)
    let tensors = try Safetensors.tensors(
      in: ByteSource(path: fixture("parity/zero-shot/gradients.safetensors").path))
    let shape = try #require(tensors.shape(of: name))
    let expected = try tensors.values(name, shape: shape)
    let embeddings = try classifier.embeddings(for: [model.tokenizer.encode(answer.text).tokens])
    let found = try classifier.gradient(
      of: [Target(classIndex: 0, quantity: .probability)], at: embeddings)
    #expect(found.gradient.values.count == expected.count)
    let largest = expected.map(\.magnitude).max() ?? 0
    #expect(largestDifference(found.gradient.values, expected) < 1e-3 * largest)
    #expect(abs(found.scores[0] - answer.scores[0]) < 1e-5)
  }

  @Test(arguments: names)
  func `multipliers add up, and relevance and forgotten layers are there`(name: String) throws {
    let model = try Self.open(name, ZeroShotLabels(["good", "bad film", "story"]))
    let classifier = try #require(model.classifier.intervenable)
    let tokens = model.tokenizer.encode("a clever film, not bad").tokens
    let embeddings = try classifier.embeddings(for: [tokens])
    let baseline = try classifier.embeddings(for: [tokens.map { $0.replaced(by: 4) }])
    for quantity in [Target.Quantity.logit, .probability] {
      let target = Target(classIndex: 1, quantity: quantity)
      let found = try classifier.backward(.chords(from: baseline), of: [target], at: embeddings)
      let sum = found.contributions(at: embeddings, from: baseline)
      #expect(abs(sum - found.change(of: target, link: classifier.link)) < 5e-5)
    }
    let relevance = try classifier.backward(
      .relevance, of: [Target(classIndex: 1)], at: embeddings)
    #expect(relevance.gradient.values.contains { $0 != 0 })
    let other = try classifier.randomizingLayers(first: 1, seed: 5)
    #expect(other.classes == classifier.classes)
    let logits = try classifier.logits(for: [tokens])
    #expect(
      largestDifference(try other.logits(for: [tokens]).elements, logits.elements) > 1e-4)
  }

  @Test func `a row is computed as it is alone`() throws {
    let model = try Self.open("roberta", ZeroShotLabels(["good", "bad"]))
    let texts = ["", "a film", "nothing works " + String(repeating: "film ", count: 80)]
    let batch = texts.map { model.tokenizer.encode($0).tokens }
    let together = try model.classifier.logits(for: batch)
    for (row, tokens) in batch.enumerated() {
      let alone = try model.classifier.logits(for: [tokens])
      #expect(largestDifference(together[row: row], alone[row: 0]) < 1e-6)
    }
  }

  @Test func `labels that can't be answered for are refused by what is wrong`() throws {
    func problem(_ labels: ZeroShotLabels, _ path: String) -> LabelsProblem? {
      var options = OpeningOptions()
      options.reading.labels = labels
      do {
        _ = try ModelOpener(embedded: []).open(path, with: options)
      } catch ModelOpeningError.labels(_, let problem) {
        return problem
      } catch {
        Issue.record(error)
      }
      return nil
    }
    let bert = Self.path("bert")
    #expect(problem(ZeroShotLabels([]), bert) == LabelsProblem.none)
    #expect(problem(ZeroShotLabels(["a"]), bert) == .one("a"))
    #expect(problem(ZeroShotLabels(["a"], isMany: true), bert) == nil)
    #expect(problem(ZeroShotLabels(["a", "b", "a"]), bert) == .duplicate("a"))
    #expect(
      problem(ZeroShotLabels(["a", "b"], hypothesis: "It is."), bert)
        == .noPlace(hypothesis: "It is."))
    #expect(
      problem(ZeroShotLabels(["a", "b"]), fixture("parity/transformers/bert-multi-label").path)
        == .noEntailment(classes: ["toxic", "insult", "threat", "spam"]))
    #expect(
      problem(ZeroShotLabels(["a", "b"]), fixture("checkpoints/words-one-layer.pkl").path)
        == .readsOneText)
  }

  @Test func `without any name the last class is taken for an entailment, and that is said`() throws
  {
    let path = fixture("parity/transformers/roberta").path
    var options = OpeningOptions()
    options.reading.labels = ZeroShotLabels(["good", "bad"])
    let model = try ModelOpener(embedded: []).open(path, with: options)
    #expect(model.facts.notes.contains(.assumedEntailment("LABEL_2")))
    #expect(model.facts.notes.contains { $0.isWarning })
  }

  @Test func `a line behind a model says how it is read`() {
    let line = "my models/nli --labels good, not so good --hypothesis It's {}. --many"
    let argument = ModelArgument(line)
    #expect(argument.model == "my models/nli" && argument.tokenizer == nil)
    #expect(
      argument.reading.labels
        == ZeroShotLabels(["good", "not so good"], hypothesis: "It's {}.", isMany: true))
    #expect(argument.line == line)
    let other = ModelArgument("m --many --windows 128 --window-pooling max --labels a,b")
    #expect(other.model == "m" && other.reading.labels?.isMany == true)
    #expect(other.reading.windows == WindowReading(tokens: 128, pooling: .max))
    #expect(ModelArgument(other.line) == other)
    #expect(ModelArgument("m --windows").reading.windows == WindowReading())
    let decided = ModelArgument("m --labels a,b --many --threshold 0.25")
    #expect(decided.reading.threshold == 0.25 && decided.reading.labels?.isMany == true)
    #expect(ModelArgument(decided.line) == decided)
    #expect(ModelArgument("m --threshold 7").reading.threshold == nil)
    // A command would be given the option.
    var command = ModelArgument("exec:x")
    command.reading.threshold = 0.25
    #expect(command.line == "exec:x")
    #expect(ModelArgument("exec:x --labels a,b").reading == ReadingOptions())
    #expect(ModelArgument("a --labelsome/b").model == "a --labelsome/b")
  }
}
