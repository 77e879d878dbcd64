import Classifiers
import Datasets
import Synchronization
import Testing

private let rows = """
  text,label
  a bb ccc,bad
  Dddd eeeee,good
  ,bad
  x,nobody
  bb Bb bb bbb,good

  """

private func dataset(_ text: String, _ model: Model) throws -> (TemporaryFile, Dataset) {
  let file = try TemporaryFile(text)
  return (file, try DatasetSource(TableFile(path: file.path)).open(for: model))
}

@Suite struct `the evaluation of a data set` {
  private let model = Model.tiny(classes: ["bad", "good"])

  @Test func `counts each row once, and says which could not be read`() throws {
    let (file, dataset) = try dataset(rows, model)
    defer { _ = file }
    var seen: [(index: Int, predicted: Gold)] = []
    var run = EvaluationRun(model, memory: nil, topLosses: 2)
    run.row = { seen.append(($0.index, $1.predicted)) }
    let progress = Mutex<[(rows: Int, share: Double?)]>([])
    let result = try run.evaluate(dataset) { rows, share in
      progress.withLock { $0.append((rows, share)) }
    }
    #expect(result.evaluation.rows == 4 && result.evaluation.badRowCount == 1)
    #expect(result.evaluation.badRows.map(\.line) == [5])
    #expect(seen.map(\.index) == [0, 1, 2, 4])
    let texts = ["a bb ccc", "Dddd eeeee", "", "bb Bb bb bbb"]
    let predicted: [Gold] = try texts.map { .one(try model.predict($0).classIndex) }
    #expect(seen.map(\.predicted) == predicted)
    #expect(result.evaluation.topLosses.count == 2)
    #expect(result.facts.columns.text == "text" && result.condition == nil)
    let told = progress.withLock { $0 }
    #expect(told.reduce(0) { $0 + $1.rows } == 4)
    #expect(told.allSatisfy { (0...1).contains($0.share ?? -1) })
  }

  @Test func `counts only rows that match a query`() throws {
    let (file, dataset) = try dataset(rows, model)
    defer { _ = file }
    var seen: [String] = []
    var run = EvaluationRun(model, memory: nil, topLosses: 0)
    run.condition = try Query("gold=good")
    run.row = { example, _ in seen.append(example.text) }
    let result = try run.evaluate(dataset)
    #expect(seen == ["Dddd eeeee", "bb Bb bb bbb"])
    #expect(result.evaluation.rows == 2 && result.condition == "gold=good")
  }

  @Test func `ends with what the caller throws`() throws {
    struct Full: Error {}
    let (file, dataset) = try dataset(rows, model)
    defer { _ = file }
    var run = EvaluationRun(model, memory: nil, topLosses: 0)
    run.row = { _, _ in throw Full() }
    #expect(throws: Full.self) { try run.evaluate(dataset) }
  }

  @Test func `asks a second model about the same rows, in the first one's classes`() throws {
    let second = Model.tiny(classes: ["GOOD", "BAD"], seed: 3, name: "other")
    let (file, dataset) = try dataset(rows, model)
    defer { _ = file }
    var run = EvaluationRun(model, memory: nil, topLosses: 0)
    run.against = try AgainstRun(second, beside: model, limit: 1)
    var firsts: [Gold] = []
    run.row = { firsts.append($1.predicted) }
    let result = try run.evaluate(dataset)
    let against = try #require(result.against)
    let texts = ["a bb ccc", "Dddd eeeee", "", "bb Bb bb bbb"]
    let seconds: [Gold] = try texts.map { .one(1 - (try second.predict($0).classIndex)) }
    #expect(against.name == "other" && against.agreement.rows == 4)
    func share(_ others: [Gold]) -> Double {
      Double(zip(others, seconds).count { $0 == $1 }) / 4
    }
    let alike = zip(firsts, seconds).count { $0 == $1 }
    #expect(against.agreement.agreement == share(firsts))
    #expect(against.accuracy == share([.one(0), .one(1), .one(0), .one(1)]))
    #expect(against.differences.count == min(1, 4 - alike))
  }

  @Test func `lists the differences of two models, the surest first`() throws {
    let second = Model.tiny(classes: ["bad", "good"], seed: 9, name: "other")
    let words = ["a", "bb", "Ccc", "dddd", "eeeee", "ffffff"]
    let texts = words.flatMap { first in words.map { "\(first) \($0)" } }
    let (file, dataset) = try dataset(
      "text,label\n" + texts.map { "\($0),good\n" }.joined(), model)
    defer { _ = file }
    var run = EvaluationRun(model, memory: nil, topLosses: 0)
    run.against = try AgainstRun(second, beside: model, limit: 5)
    let against = try #require(try run.evaluate(dataset).against)
    let differing = try texts.compactMap { text -> Float? in
      let (a, b) = (try model.predict(text), try second.predict(text))
      guard a.classIndex != b.classIndex else { return nil }
      return min(a.probabilities[a.classIndex], b.probabilities[b.classIndex])
    }
    try #require(differing.count > 1)
    let sureness = against.differences.map { difference -> Float in
      let (a, b) = (difference.first.probabilities, difference.second.probabilities)
      return min(a.max() ?? 0, b.max() ?? 0)
    }
    #expect(sureness == Array(differing.sorted(by: >).prefix(5)))
  }

  @Test func `measures a sample of its rows`() throws {
    let (file, dataset) = try dataset(rows, model)
    defer { _ = file }
    var run = EvaluationRun(model, memory: nil, topLosses: 0)
    run.measures = MeasureAverages(
      methods: ["a", "b"], measures: ["m"], rows: 2, generator: SystemRandomNumberGenerator()
    ) { [[Double($0.index)], [nil]] }
    var shares: [Double] = []
    run.measures?.progress = { shares.append(Double($0) / Double($1)) }
    let averages = try run.evaluate(dataset).measures
    #expect(averages.map(\.method) == ["a", "b"] && averages.map(\.measure) == ["m", "m"])
    #expect(averages.map(\.estimate.count) == [2, 0] && averages.map(\.notApplicable) == [0, 2])
    #expect(shares == [0, 0.5])
  }
}

@Test func `the evaluation of a model of numbers adds up how far it is off`() throws {
  let model = Model.tiny(classes: ["stars"], link: .identity)
  let texts = ["a bb", "Ccc", "dddd a"]
  let said = try texts.map { Double(try model.predict($0).logits[0]) }
  let gold = [1.5, 2, 4]
  let file = try TemporaryFile(
    "text,stars\n" + zip(texts, gold).map { "\($0),\($1)\n" }.joined() + "bb,many\n")
  let dataset = try DatasetSource(TableFile(path: file.path)).open(for: model)
  var answered = 0
  let result = try RegressionRun(model, memory: nil, top: 1).evaluate(dataset) { rows, _ in
    answered += rows
  }
  let errors: [Double] = zip(said, gold).map { abs($0 - $1) }
  let mean: Double = errors.reduce(0, +) / 3
  let largest: Double = try #require(errors.max())
  #expect(result.evaluation.rows == 3 && result.evaluation.badRowCount == 1 && answered == 3)
  let output = try #require(result.evaluation.outputs.first)
  #expect(abs(output.meanAbsoluteError - mean) < 1e-6)
  #expect(result.evaluation.worst.count == 1)
  let worst: Double = try #require(result.evaluation.worst.first).absoluteError
  #expect(abs(worst - largest) < 1e-6)
}
