import Classifiers
import Datasets
import Documents
import Foundation
import TestSupport
import Testing

/// What scikit-learn, PyTorch and fastai say (Tests/Fixtures/parity/evaluation).
private struct PeerCase: CustomTestStringConvertible {
  let name: String
  let json: JSON

  static let all: [PeerCase] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/parity/evaluation/cases.json")
    guard let data = try? Data(contentsOf: file), let json = try? JSON(Array(data)),
      case .object(let members) = json
    else { return [] }
    return members.map { PeerCase(name: $0.key, json: $0.value) }
  }()

  var testDescription: String { name }
  var classes: [String] { json["classes"]?.strings ?? [] }
  var logits: [[Float]] { json["logits"]?.items.map { $0.numbers.map(Float.init) } ?? [] }
  var losses: [Double] { json["losses"]?.numbers ?? [] }
  var order: [Int] { json["order"]?.numbers.map { Int($0) } ?? [] }
  var isMultiLabel: Bool { json["confusion"] == nil }
  var link: OutputLink { isMultiLabel ? .sigmoid : .softmax }

  var gold: [Gold] {
    json["gold"]?.items.map { value in
      isMultiLabel
        ? .several(value.numbers.map { Int($0) }) : .one(Int(value.number ?? -1))
    } ?? []
  }

  func evaluation(topLosses: Int = 1000) -> Evaluation {
    var tally = EvaluationTally(classes: classes, link: link, topLosses: topLosses)
    for (index, (logits, gold)) in zip(logits, gold).enumerated() {
      let example = Example(index: index, line: index + 1, content: .text("\(index)"), gold: gold)
      tally.add(example, Judgement(logits: logits, gold: gold, link: link))
    }
    return tally.evaluation
  }

  func scores(_ name: String) -> ClassScores? {
    guard let scores = json["scores"]?[name] else { return nil }
    return ClassScores(
      precision: scores["precision"]?.number ?? .nan, recall: scores["recall"]?.number ?? .nan,
      f1: scores["f1-score"]?.number ?? .nan, support: Int(scores["support"]?.number ?? -1))
  }
}

extension JSON {
  var items: [JSON] { if case .array(let items) = self { items } else { [] } }
  var numbers: [Double] { items.compactMap(\.number) }
  var strings: [String] {
    items.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

private func difference(_ a: ClassScores, _ b: ClassScores?) -> Double {
  guard let b, a.support == b.support else { return .infinity }
  return max(abs(a.precision - b.precision), abs(a.recall - b.recall), abs(a.f1 - b.f1))
}

@Test func `there are cases of peers`() { #expect(PeerCase.all.count == 4) }

@Test(arguments: PeerCase.all)
private func `scores by class and their means are those of scikit-learn`(_ peer: PeerCase) {
  let evaluation = peer.evaluation()
  var largest = abs(evaluation.accuracy - (peer.json["accuracy"]?.number ?? .nan))
  for (name, scores) in zip(peer.classes, evaluation.scores) {
    largest = max(largest, difference(scores, peer.scores(name)))
  }
  largest = max(largest, difference(evaluation.macro, peer.scores("macro avg")))
  largest = max(largest, difference(evaluation.weighted, peer.scores("weighted avg")))
  if let micro = peer.scores("micro avg") {
    largest = max(largest, difference(evaluation.micro, micro))
  }
  if let samples = evaluation.samples {
    largest = max(largest, difference(samples, peer.scores("samples avg")))
  }
  print("\(peer.name): largest difference to scikit-learn \(largest)")
  #expect(largest < 1e-12)
}

@Test(arguments: PeerCase.all.filter { !$0.isMultiLabel })
private func `the confusion matrix is scikit-learn's and its worst pairs are fastai's`(
  _ peer: PeerCase
) throws {
  let confusion = try #require(peer.evaluation().confusion)
  #expect(confusion.rows == peer.json["confusion"]?.items.map { $0.numbers.map { Int($0) } })
  let names = confusion.mostConfused().map {
    [peer.classes[$0.gold], peer.classes[$0.predicted], "\($0.count)"]
  }
  let expected = peer.json["most_confused"]?.items.map { pair in
    pair.strings + pair.numbers.map { "\(Int($0))" }
  }
  #expect(names == expected)
}

@Test(arguments: PeerCase.all)
private func `losses and their order are PyTorch's, each with its own row`(_ peer: PeerCase) {
  let evaluation = peer.evaluation()
  let worst = evaluation.topLosses
  #expect(worst.map(\.example.index) == peer.order)
  let largest =
    worst.map { abs($0.judgement.loss - peer.losses[$0.example.index]) }.max() ?? .infinity
  print("\(peer.name): largest difference to PyTorch \(largest)")
  // the peers' losses are Floats
  #expect(largest < 2e-6)
  #expect(abs(evaluation.loss - (peer.json["loss"]?.number ?? .nan)) < 1e-6)
  var singles = 0
  for loss in worst {
    let logits = peer.logits[loss.example.index]
    #expect(loss.example.text == "\(loss.example.index)")
    #expect(loss.judgement == Judgement(logits: logits, gold: loss.example.gold, link: peer.link))
    if case .one(let gold) = loss.example.gold {
      singles += 1
      #expect(abs(Double(loss.goldProbabilities[0]) - exp(-loss.judgement.loss)) < 1e-6)
      #expect(loss.goldProbabilities[0] == loss.judgement.probabilities[gold])
      #expect(loss.predictedProbabilities[0] == loss.judgement.probabilities.max())
    }
  }
  #expect(singles == (peer.isMultiLabel ? 0 : worst.count))
}

@Test(arguments: PeerCase.all)
private func `the calibration error is that of fifteen bins`(_ peer: PeerCase) {
  let calibration = peer.evaluation().calibration
  #expect(abs(calibration.expectedError - (peer.json["ece"]?.number ?? .nan)) < 1e-6)
  let decisions = peer.isMultiLabel ? peer.gold.count * peer.classes.count : peer.gold.count
  #expect(calibration.bins.map(\.count).reduce(0, +) == decisions)
}

@Test func `the list of the worst keeps the first of equals and no more than asked`() {
  func loss(_ index: Int, _ value: Double) -> Loss {
    var judgement = Judgement(logits: [0, 0], gold: .one(0), link: .softmax)
    judgement.loss = value
    return Loss(
      example: Example(index: index, line: 1, content: .text(""), gold: .one(0)),
      judgement: judgement)
  }
  var worst = TopLosses(limit: 3)
  for (index, value) in [1.0, 3, 2, 3, .nan, 2].enumerated() { worst.add(loss(index, value)) }
  #expect(worst.losses.map(\.example.index) == [4, 1, 3])
  var none = TopLosses(limit: 0)
  none.add(loss(0, 1))
  #expect(none.losses.isEmpty)
}

@Test func `a confidence on a bound belongs to the bin below it`() {
  var calibration = Calibration(bins: 10)
  for (confidence, occurs) in [(Float(0), false), (0.5, true), (0.51, true), (1, true)] {
    calibration.add(confidence: confidence, occurs: occurs)
  }
  calibration.add(confidence: .nan, occurs: true)
  #expect(calibration.bins.map(\.count) == [1, 0, 0, 0, 1, 1, 0, 0, 0, 1])
}

@Test func `rows without a label are counted and change nothing`() {
  var tally = EvaluationTally(classes: ["a", "b"], link: .softmax, topLosses: 5)
  #expect(tally.evaluation.rows == 0 && tally.evaluation.loss.isNaN)
  let example = Example(index: 0, line: 1, content: .text("x"), gold: .unknown)
  tally.add(example, Judgement(logits: [1, 0], gold: .unknown, link: .softmax))
  tally.add(BadRow(index: 1, line: 2, problem: .notUTF8))
  let evaluation = tally.evaluation
  #expect(evaluation.rows == 0 && evaluation.unlabelledRows == 1 && evaluation.topLosses.isEmpty)
  #expect(evaluation.badRowCount == 1 && evaluation.badRows.count == 1)
}

@Test(arguments: [OutputLink.softmax, .sigmoid])
func `of no row there is no figure`(_ link: OutputLink) {
  let empty = EvaluationTally(classes: ["a", "b"], link: link, topLosses: 5).evaluation
  let means = [empty.macro, empty.weighted, empty.micro] + [empty.samples].compactMap { $0 }
  for scores in empty.scores + means {
    #expect(scores.precision.isNaN && scores.recall.isNaN && scores.f1.isNaN)
    #expect(scores.support == 0)
  }
  #expect(empty.accuracy.isNaN && empty.loss.isNaN && empty.calibration.expectedError.isNaN)
  #expect(empty.temperature == nil && empty.truncatedRows == 0)
  #expect(ModelAgreement(classes: 2).agreement.isNaN && ModelAgreement(classes: 2).kappa == nil)
}

@Test func `a mean comes with the interval of its sample`() {
  var estimate = MeanEstimate()
  #expect(estimate.interval == nil)
  for value in [1.0, 2, 3, 4] { estimate.add(value) }
  #expect(estimate.count == 4 && estimate.mean == 2.5)
  // the sample's standard deviation is sqrt(5/3)
  let error = (5.0 / 3).squareRoot() / 2
  #expect(abs((estimate.standardError ?? .nan) - error) < 1e-12)
  #expect(abs((estimate.interval?.upperBound ?? .nan) - (2.5 + 1.959964 * error)) < 1e-12)
}

@Test func `a sample holds each item with the same chance, in order`() {
  var random = SeededRandom(seed: 2)
  var counts = [Int](repeating: 0, count: 10)
  for _ in 0..<4000 {
    var reservoir = Reservoir<Int>(limit: 3)
    for item in 0..<10 { reservoir.add(item, using: &random) }
    #expect(reservoir.items.count == 3 && reservoir.items == reservoir.items.sorted())
    for item in reservoir.items { counts[item] += 1 }
  }
  // 1,200 each; seven standard deviations
  #expect(counts.allSatisfy { abs($0 - 1200) < 210 })
  var few = Reservoir<Int>(limit: 5)
  few.add(1, using: &random)
  #expect(few.items == [1])
}
