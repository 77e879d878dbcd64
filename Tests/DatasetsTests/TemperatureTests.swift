import Classifiers
import Datasets
import Documents
import Foundation
import Testing

private let folder = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Fixtures/parity/evaluation")

private func fixture(_ name: String) throws -> JSON {
  try JSON(Array(try Data(contentsOf: folder.appending(path: name))))
}

/// `count` rows of a model that says 0.9, right in three of four.
private func sure(_ count: Int) -> TemperatureTally {
  var tally = TemperatureTally(classes: 2, isByClass: false)
  for row in 0..<count {
    tally.add([0.9, 0.1], gold: .one(row % 4 == 0 ? 1 : 0))
  }
  return tally
}

@Test func `the temperature is the one that SciPy's minimiser finds`() throws {
  let (cases, peers) = (try fixture("cases.json"), try fixture("temperatures.json"))
  guard case .object(let members) = peers else { return #expect(Bool(false), "no object") }
  var largest = 0.0
  for (name, peer) in members.map({ ($0.key, $0.value) }) {
    let peerCase = try #require(cases[name])
    let isByClass = peerCase["confusion"] == nil
    let classes = peerCase["classes"]?.items.count ?? 0
    var tally = TemperatureTally(classes: classes, isByClass: isByClass)
    let rows = zip(peerCase["logits"]?.items ?? [], peerCase["gold"]?.items ?? [])
    for (logits, gold) in rows {
      let gold: Gold =
        isByClass ? .several(gold.numbers.map { Int($0) }) : .one(Int(gold.number ?? -1))
      let judgement = Judgement(
        logits: logits.numbers.map(Float.init), gold: gold, link: isByClass ? .sigmoid : .softmax)
      tally.add(judgement.probabilities, gold: gold)
    }
    let value = try #require(peer["value"]?.number)
    let found = try tally.fit()
    // at its bound SciPy found no lowest point either
    guard value < 99 else {
      #expect(found == nil, "\(name)")
      continue
    }
    let temperature = try #require(found, "\(name)")
    largest = max(largest, abs(temperature.value / value - 1))
    #expect(abs(temperature.loss - (peer["loss"]?.number ?? .nan)) < 1e-6)
    #expect(abs(temperature.lossWithout - (peer["without"]?.number ?? .nan)) < 1e-6)
  }
  print("largest relative difference of a temperature: \(largest)")
  #expect(largest < 1e-4)
}

@Test func `a model that is twice as sure as it is right has the temperature two`() throws {
  // odds of 9 where 3 were right: 9 = 3²
  let temperature = try #require(try sure(400).fit())
  #expect(abs(temperature.value - 2) < 1e-5 && temperature.rows == 400)
  let entropy = -(0.75 * log(0.75) + 0.25 * log(0.25))
  #expect(abs(temperature.loss - entropy) < 1e-6)
  #expect(temperature.calibration.expectedError < 1e-5)
}

@Test func `of three classes too, and of several a text`() throws {
  var three = TemperatureTally(classes: 3, isByClass: false)
  for row in 0..<100 {
    three.add([9 / 11, 1 / 11, 1 / 11], gold: .one(row % 5 < 3 ? 0 : row % 5 - 2))
  }
  #expect(abs(try #require(try three.fit()).value - 2) < 1e-5)
  var several = TemperatureTally(classes: 2, isByClass: true)
  for row in 0..<100 {
    // each class is a decision: one said 0.9 and right in three of four, one 0.1 and right in one
    let isOdd = row % 4 == 0
    several.add([0.9, 0.1], gold: .several((isOdd ? [] : [0]) + (isOdd ? [1] : [])))
  }
  let temperature = try #require(try several.fit())
  #expect(abs(temperature.value - 2) < 1e-5 && temperature.rows == 200)
}

@Test func `without a lowest point there is no temperature`() throws {
  #expect(try TemperatureTally(classes: 2, isByClass: false).fit() == nil)
  var right = TemperatureTally(classes: 2, isByClass: false)
  var wrong = right
  for _ in 0..<10 {
    right.add([0.9, 0.1], gold: .one(0))
    wrong.add([0.9, 0.1], gold: .one(1))
  }
  right.add([.nan, 0.1], gold: .one(0))
  right.add([0.5, 0.5], gold: .unknown)
  #expect(try right.fit() == nil && (try wrong.fit()) == nil)
  var certain = TemperatureTally(classes: 2, isByClass: false)
  for row in 0..<10 { certain.add([1, 0], gold: .one(row == 0 ? 1 : 0)) }
  #expect(try certain.fit()?.value.isFinite == true)
}

@Test func `of more rows than are kept every second one counts`() throws {
  for limit in [2000, 3000, 8000] {
    var tally = TemperatureTally(classes: 2, isByClass: false, limit: limit)
    // drawn, so that no step of two, four or eight meets a period
    var seed: UInt64 = 5
    for _ in 0..<20_000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      tally.add([0.9, 0.1], gold: .one((seed >> 33).isMultiple(of: 4) ? 1 : 0))
    }
    let temperature = try #require(try tally.fit())
    #expect(temperature.rows * 2 <= limit && temperature.rows * 4 > limit / 2)
    #expect(abs(temperature.value - 2) < 0.5, "\(limit): \(temperature.value)")
  }
  #expect(abs(try #require(try sure(5000).fit()).value - 2) < 1e-5)
}
