import Classifiers
import Datasets
import Documents
import Foundation
import Testing

/// What scikit-learn, SciPy and fastai say (Tests/Fixtures/parity/evaluation/comparisons.json).
private let peers: JSON = {
  let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/parity/evaluation/comparisons.json")
  guard let data = try? Data(contentsOf: file), let json = try? JSON(Array(data)) else {
    return .null
  }
  return json
}()

private func difference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
}

@Test(arguments: 0..<3)
func `a regression's figures are those of scikit-learn and SciPy`(_ index: Int) throws {
  let peer = try #require(peers["regressions"]?.items.dropFirst(index).first)
  let gold = try #require(peer["gold"]).items.map(\.numbers)
  let predicted = try #require(peer["predicted"]).items.map { $0.numbers.map(Float.init) }
  let names = gold[0].indices.map { "output \($0)" }
  var tally = RegressionTally(outputs: names, worst: 1000)
  for (row, (gold, predicted)) in zip(gold, predicted).enumerated() {
    let example = Example(
      index: row, line: row + 2, content: .text("\(row)"), gold: .unknown, values: gold)
    tally.add(example, ModelAnswer(logits: predicted))
  }
  let evaluation = tally.evaluation
  func peerNumbers(_ name: String) -> [Double] { peer[name]?.numbers ?? [] }
  let largest =
    [
      difference(evaluation.outputs.map(\.meanAbsoluteError), peerNumbers("mae")),
      difference(evaluation.outputs.map(\.rootMeanSquaredError), peerNumbers("rmse")),
      difference(evaluation.outputs.map(\.r2), peerNumbers("r2")),
      difference(evaluation.outputs.map(\.pearson), peerNumbers("pearson")),
      difference(evaluation.outputs.map(\.spearman), peerNumbers("spearman")),
      abs(evaluation.loss - (peer["mse"]?.number ?? .nan)),
    ].max() ?? .infinity
  print("regression \(index): largest difference \(largest)")
  #expect(largest < 1e-9)
  #expect(evaluation.outputs.map(\.name) == names && evaluation.rows == gold.count)
  // errors that are equal but for rounding may change places
  let order = evaluation.worst.map(\.example.index)
  let errors = Dictionary(
    uniqueKeysWithValues: evaluation.worst.map { ($0.example.index, $0.absoluteError) })
  for (mine, theirs) in zip(order, peerNumbers("order").map { Int($0) }) where mine != theirs {
    #expect(abs((errors[mine] ?? 0) - (errors[theirs] ?? 1)) < 1e-9)
  }
}

@Test func `a regression without rows or without spread has no correlation`() {
  var tally = RegressionTally(outputs: ["x"], worst: 5)
  let empty = tally.evaluation
  #expect(empty.rows == 0 && empty.worst.isEmpty && empty.outputs[0].pearson.isNaN)
  #expect(empty.loss.isNaN && empty.outputs[0].meanAbsoluteError.isNaN)
  for row in 0..<3 {
    tally.add(
      Example(index: row, line: 1, content: .text(""), gold: .unknown, values: [1]),
      ModelAnswer(logits: [1]))
  }
  tally.add(
    Example(index: 3, line: 1, content: .text(""), gold: .unknown),
    ModelAnswer(logits: [1]))
  let flat = tally.evaluation
  #expect(flat.rows == 3 && flat.unlabelledRows == 1)
  #expect(flat.outputs[0].r2 == 1 && flat.outputs[0].spearman.isNaN)
}

@Test(arguments: 0..<3)
func `two models agree as scikit-learn and SciPy count it`(_ index: Int) throws {
  let peer = try #require(peers["pairs"]?.items.dropFirst(index).first)
  let classes = Int(peer["classes"]?.number ?? 0)
  func golds(_ name: String) -> [Gold] { (peer[name]?.numbers ?? []).map { .one(Int($0)) } }
  var agreement = ModelAgreement(classes: classes)
  for ((gold, first), second) in zip(zip(golds("gold"), golds("first")), golds("second")) {
    agreement.add(gold: gold, first: first, second: second)
  }
  #expect(
    agreement.answers.rows == peer["answers"]?.items.map { $0.numbers.map { Int($0) } })
  #expect(Double(agreement.onlyFirstRight) == peer["only_first"]?.number)
  #expect(Double(agreement.onlySecondRight) == peer["only_second"]?.number)
  #expect(abs((agreement.kappa ?? .nan) - (peer["kappa"]?.number ?? .nan)) < 1e-12)
  #expect(abs(agreement.mcNemar - (peer["mcnemar"]?.number ?? .nan)) < 1e-9)
  #expect(agreement.labelledRows == agreement.rows)
}

@Test func `rows without a label tell of agreement alone`() {
  var agreement = ModelAgreement(classes: 2)
  agreement.add(gold: .unknown, first: .one(0), second: .one(1))
  agreement.add(gold: .unknown, first: .one(1), second: .one(1))
  #expect(agreement.rows == 2 && agreement.labelledRows == 0 && agreement.agreement == 0.5)
  #expect(agreement.mcNemar == 1 && agreement.mcNemarStatistic == nil)
  agreement.add(gold: .several([0]), first: .several([0, 1]), second: .several([1]))
  #expect(agreement.bothWrongApart == 1)
}

@Test func `calibration by class is that of each class alone`() throws {
  let peer = try #require(peers["calibration"])
  let logits = try #require(peer["logits"]).items.map { $0.numbers.map(Float.init) }
  let gold = try #require(peer["gold"]).items.map { $0.numbers.map { Int($0) } }
  var table = ExampleTable(classes: ["a", "b", "c", "d"])
  var chunk = ExampleChunk(classes: 4)
  for (row, (logits, gold)) in zip(logits, gold).enumerated() {
    chunk.append(
      Example(index: row, line: row, content: .text("\(row)"), gold: .several(gold)),
      Judgement(logits: logits, gold: .several(gold), link: .sigmoid))
  }
  table.append(chunk)
  let calibrations = try table.report().classCalibrations
  #expect(difference(calibrations.map(\.expectedError), peer["ece"]?.numbers ?? []) < 1e-6)
  #expect(
    difference(calibrations.map { $0.meanConfidence ?? .nan }, peer["mean"]?.numbers ?? []) < 1e-6)
  #expect(
    difference(calibrations.map { $0.frequency ?? .nan }, peer["share"]?.numbers ?? []) < 1e-12)
}

@Test func `the worst rows are the right ones, where fastai prints foreign ones`() throws {
  let peer = try #require(peers["fastai"])
  let classes = try #require(peer["classes"]).strings
  let texts = try #require(peer["texts"]).strings
  let gold = try #require(peer["gold"]).numbers.map { Int($0) }
  let logits = try #require(peer["logits"]).items.map { $0.numbers.map(Float.init) }
  var tally = EvaluationTally(classes: classes, link: .softmax, topLosses: 100)
  for row in texts.indices {
    let example = Example(
      index: row, line: row + 2, content: .text(texts[row]), gold: .one(gold[row]))
    tally.add(example, Judgement(logits: logits[row], gold: example.gold, link: .softmax))
  }
  let worst = tally.evaluation.topLosses
  let right = try #require(peer["right"]).items
  #expect(worst.count == right.count)
  for (loss, row) in zip(worst, right) {
    #expect(Double(loss.example.index) == row["row"]?.number)
    #expect(abs(loss.judgement.loss - (row["loss"]?.number ?? .nan)) < 1e-5)
    #expect(row["target"] == .string(classes[loss.example.gold.classes[0]]))
    #expect(row["predicted"] == .string(classes[loss.judgement.predicted.classes[0]]))
    #expect(
      abs(Double(loss.predictedProbabilities[0]) - (row["probability"]?.number ?? .nan)) < 1e-5)
  }
  // fastai's own table: the losses are in this order, the texts beside them are not
  let printed = try #require(peer["printed"]).items
  let foreign = zip(worst, printed).count { loss, row in
    guard case .string(let text)? = row["input"] else { return true }
    return text != "xxbos " + loss.example.text
  }
  #expect(
    difference(worst.map(\.judgement.loss), printed.compactMap { $0["loss"]?.number }) < 1e-5)
  #expect(foreign > texts.count / 2)
}
