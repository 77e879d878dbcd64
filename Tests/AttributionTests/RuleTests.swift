import Attribution
import Checkpoints
import Classifiers
import Foundation
import Synchronization
import Tensors
import TestSupport
import Testing
import Tokenizers

/// What the rules of an AWD-LSTM promise beyond the laws of explainers.
struct RuleTests {
  /// The fixtures' random models: their weights are large enough to saturate gates and to bend paths.
  static let names = ["uni", "bi", "window"]
  static let lengths = [1, 2, 23]

  static func model(_ name: String) throws -> AWDLSTM {
    try #require(try Peer(name).model().classifier as? AWDLSTM)
  }

  static func ids(_ length: Int, shift: Int = 0) -> [Int] {
    (0..<length).map { 3 + (7 * $0 + length + shift) % 50 }
  }

  static func texts(_ model: AWDLSTM, shift: Int = 0) throws -> TokenVectors {
    try model.embeddings(for: lengths.map { ids($0, shift: shift) })
  }

  static let targets = [
    Target(classIndex: 0), Target(classIndex: 1, versus: 0),
    Target(classIndex: 1, quantity: .probability),
  ]

  @Test(arguments: names)
  func `a recorded pass is the model's own`(name: String) throws {
    let model = try Self.model(name)
    let x = try Self.texts(model)
    let own = try model.gradient(of: Self.targets, at: x)
    let layered = try model.activations(.layers, of: Self.targets, at: x)
    #expect(largestDifference(own.logits.elements, layered.logits.elements) < 1e-5)
    let pooled = try model.activations(.lastRecurrentLayer, of: Self.targets, at: x).parts[0]
    let last = try #require(layered.parts.last)
    #expect(layered.parts.count == model.configuration.layers)
    #expect(largestDifference(last.outputs.values, pooled.outputs.values) < 1e-5)
    #expect(largestDifference(last.gradient.values, pooled.gradient.values) < 1e-5)
  }

  /// What a call gives back is the least that it holds.
  @Test(arguments: names)
  func `what layers hold is more than what they give`(name: String) throws {
    let model = try Self.model(name)
    let x = try Self.texts(model)
    let layers = try model.activations(.layers, of: Self.targets, at: x).parts
    let floats = layers.reduce(0) { $0 + $1.outputs.values.count + $1.gradient.values.count }
    #expect(x.batch * x.tokens * model.layerBytesPerToken > floats * MemoryLayout<Float>.size)
  }

  @Test func `conductance computes as many points at once as memory is meant to hold`() throws {
    let calls = Mutex<[Int]>([])
    var tiny = TinyClassifier(callSize: 64) { rows in calls.withLock { $0.append(rows) } }
    var options = ExplainerOptions()
    options.steps = 20
    let text = "An Apple a day keeps me away"
    func scores() throws -> TokenAttribution {
      try LayerConductance().explain(
        ExplainerLawTests.request(text, model: .tiny(tiny), options: options)
      ) { _ in }
    }
    let all = try scores()
    #expect(calls.withLock { $0.max() } == 21)
    calls.withLock { $0 = [] }
    tiny.layerBytesPerToken = LayerConductance.memory / (3 * text.tiny.pieces.count)
    #expect(try scores() == all)
    #expect(calls.withLock { $0.max() } == 3)
    tiny.layerBytesPerToken = .max
    #expect(try scores() == all)
  }

  @Test(arguments: names)
  func `DeepLIFT's scores add up to the difference from the baseline`(name: String) throws {
    let model = try Self.model(name)
    let x = try Self.texts(model)
    let b = try Self.texts(model, shift: 11)
    let result = try model.backward(.chords(from: b), of: Self.targets, at: x)
    for row in 0..<x.batch {
      let sum = (0..<x.lengths[row]).reduce(0.0) { sum, token in
        x.range(row: row, token: token).reduce(sum) {
          $0 + Double(result.gradient.values[$1])
            * (Double(x.values[$1]) - Double(b.values[$1]))
        }
      }
      let change = result.change(of: Self.targets[row], row: row, link: model.link)
      #expect(abs(sum - change) < 2e-5 * max(1, abs(change)), "row \(row)")
      #expect(abs(change) > 1e-5)
    }
  }

  @Test(arguments: names)
  func `DeepLIFT from a baseline beside the text is the gradient`(name: String) throws {
    let model = try Self.model(name)
    let x = try Self.texts(model)
    let result = try model.backward(.chords(from: x), of: Self.targets, at: x)
    let gradient = try model.gradient(of: Self.targets, at: x)
    let largest = gradient.gradient.values.map { abs($0) }.max() ?? 0
    #expect(
      largestDifference(result.gradient.values, gradient.gradient.values) < 2e-5 * largest)
  }

  @Test(arguments: names)
  func `a phrase and the rest add up to the text's logits`(name: String) throws {
    let model = try Self.model(name)
    let x = try Self.texts(model)
    let row = x.lengths.count - 1
    var one = TokenVectors(lengths: [x.lengths[row]], width: x.width)
    one.values = Array(x.values[x.range(row: row, token: 0).lowerBound...])
    let logits = try model.logits(from: one)[row: 0]
    let phrases: [Set<Int>] = [[], [0], [2, 3, 7], Set(0..<23)]
    let parts = try model.contextualDecomposition(of: phrases, at: one)
    for phrase in phrases.indices {
      let sum = zip(parts.relevant[row: phrase], parts.irrelevant[row: phrase]).map { $0 + $1 }
      #expect(largestDifference(sum, logits) < 1e-5)
    }
    #expect(parts.relevant[row: 0].allSatisfy { $0 == 0 })
    #expect(largestDifference(parts.relevant[row: 1], parts.relevant[row: 2]) > 0)
  }

  @Test(arguments: names)
  func `a ledger leaves nothing but the biases`(name: String) throws {
    let model = try Self.model(name)
    let x = try Self.texts(model)
    let targets = Self.targets.map { Target(classIndex: $0.classIndex, versus: $0.versus) }
    let ledgers = try model.poolingLedgers(of: targets, at: x)
    let all = try model.activations(.lastRecurrentLayer, of: targets, at: x)
    let pooled = all.parts[0]
    for (row, ledger) in ledgers.enumerated() {
      #expect(ledger.entries.map(\.pool) == ["last", "max", "mean"])
      #expect(abs(ledger.value - Double(all.scores[row])) < 1e-5 * max(1, abs(ledger.value)))
      // By time step it is HiResCAM.
      for step in 0..<x.lengths[row] {
        let booked = ledger.entries.reduce(0) { $0 + $1.steps[step] }
        let range = pooled.outputs.range(row: row, token: step)
        let product = zip(pooled.outputs.values[range], pooled.gradient.values[range])
          .reduce(0) { $0 + Double($1.0) * Double($1.1) }
        #expect(abs(booked - product) < 1e-5)
      }
    }
  }

  @Test func `layers are forgotten from the head down`() throws {
    let model = try Self.model("bi")
    let ids = [[3, 5, 8, 2]]
    #expect(
      model.randomizableLayers == ["head", "LSTM 3", "LSTM 2", "LSTM 1", "embedding"])
    let logits = try (0...5).map {
      try model.randomizingLayers(first: $0, seed: 4).logits(for: ids).elements
    }
    #expect(logits[0] == (try model.logits(for: ids).elements))
    for depth in 1...5 { #expect(logits[depth] != logits[depth - 1]) }
    #expect(
      try model.randomizingLayers(first: 3, seed: 4).logits(for: ids).elements == logits[3])
    #expect(
      try model.randomizingLayers(first: 3, seed: 5).logits(for: ids).elements != logits[3])
  }
}
