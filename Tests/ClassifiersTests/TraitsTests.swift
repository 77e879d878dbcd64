import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// What a model's traits say, it does; what they do not say, it refuses by name.
struct TraitsTests {
  static let names = [
    "LSTM", "transformer", "decoder", "encoder-decoder", "zero-shot", "windows", "similarity",
    "tiny", "predictions",
  ]

  private static func model(_ name: String) throws -> Model {
    let opener = ModelOpener(embedded: [])
    switch name {
    case "LSTM": return try opener.open(fixture("checkpoints/words-one-layer.pkl").path)
    case "transformer": return try opener.open(fixture("parity/transformers/deberta-v3").path)
    case "decoder": return try opener.open(fixture("parity/transformers/llama").path)
    case "encoder-decoder": return try opener.open(fixture("parity/encoder-decoders/bart").path)
    case "zero-shot":
      return try ZeroShotTests.open("deberta-v3", ZeroShotLabels(["good", "bad film"]))
    case "windows": return try WindowsTests.open("bert", WindowReading(tokens: 16))
    case "similarity": return try SentenceEncoderTests.open("bert")
    case "tiny": return .tiny()
    default: return .tiny(PredictionsOnly(TinyClassifier()))
    }
  }

  /// - Returns: nil where the model has no such function at all.
  private static func ask(
    _ classifier: any Classifier, for capability: Capability, of tokens: [Token]
  ) throws -> Bool? {
    let target = Target(classIndex: 0)
    guard capability != .predictions else {
      return try classifier.logits(for: [tokens]).columns == classifier.classes.count
    }
    guard let model = classifier.differentiable else { return nil }
    let x = try model.embeddings(for: [tokens])
    switch capability {
    case .predictions: return nil
    case .gradients:
      let rules = [PropagationRule.derivative, .unwindowed]
      return try rules.allSatisfy {
        try model.backward($0, of: [target], at: x).gradient.values.count == x.values.count
      }
    case .relevance:
      return try model.backward(.relevance, of: [target], at: x).gradient.width == x.width
    case .multipliers:
      return try model.backward(.chords(from: x), of: [target], at: x).baselineLogits?.rows == 1
    case .layers:
      guard let model = classifier.inspectable else { return nil }
      let parts = try model.activations(.layers, of: [target], at: x).parts
      return parts.count == model.layerNames.count && !parts.isEmpty
    case .recurrence:
      guard let model = classifier.inspectable else { return nil }
      return try model.activations(.lastRecurrentLayer, of: [target], at: x).parts.count == 1
    case .attention:
      guard let model = classifier.inspectable else { return nil }
      return try model.attentionMaps(of: target, at: x).tokens == tokens.count
    case .pools:
      guard let model = classifier.inspectable else { return nil }
      return try model.poolingLedgers(of: [target], at: x).count == 1
    case .valueZeroing:
      guard let model = classifier.intervenable else { return nil }
      return try model.logits(for: [tokens], zeroingValuesOf: [1]).rows == 1
        && !model.valueZeroing(for: tokens).isEmpty
    case .decomposition:
      guard let model = classifier.intervenable else { return nil }
      return try model.contextualDecomposition(of: [[1]], at: x).relevant.rows == 1
    case .randomisation:
      guard let model = classifier.intervenable else { return nil }
      let other = try model.randomizingLayers(first: 1, seed: 3)
      return !model.randomizableLayers.isEmpty && other.classes == classifier.classes
    }
  }

  @Test(arguments: names, Capability.allCases)
  func `a model can what its traits say and nothing else`(
    name: String, capability: Capability
  ) throws {
    let model = try Self.model(name)
    let encoding =
      name == "similarity"
      ? model.tokenizer.encode("a good film", pair: "bad") : model.tokenizer.encode("a good film")
    let tokens = encoding.tokens
    try Self.expectFactsAreTrue(of: model.classifier, capability, tokens)
  }

  @Test(arguments: TransformerCase.all)
  func `a transformer can what its traits say and nothing else`(
    _ parity: TransformerCase
  ) throws {
    let model = try Transformer(parity.folder())
    let tokens = try parity.ids("maps", parity.expected()).map { Token(id: $0) }
    for capability in Capability.allCases {
      try Self.expectFactsAreTrue(of: model, capability, tokens)
    }
  }

  /// A new one is asked as soon as it is in a catalogue.
  @Test func `every architecture is asked`() throws {
    let transformers = try TransformerCase.all.map { try $0.folder().configuration.modelType }
    let asked = try transformers + Self.names.map { try Self.model($0).architecture }
    let known =
      Transformer.modelTypes + ArchitectureCatalog.architectures.map { $0.architecture }
    #expect(Set(known).subtracting(asked).isEmpty)
  }

  private static func expectFactsAreTrue(
    of classifier: any Classifier, _ capability: Capability, _ tokens: [Token]
  ) throws {
    let answer: Bool?
    do {
      answer = try ask(classifier, for: capability, of: tokens)
    } catch ClassifierError.notCapable(let missing) {
      #expect(missing == capability)
      answer = nil
    }
    #expect(answer == (classifier.can(capability) ? true : nil), "\(capability)")
  }

  @Test func `what is made of a network has the network's facts`() throws {
    let network = try WindowsTests.open("deberta-v3", nil).classifier.traits
    let windows = try WindowsTests.open("deberta-v3", WindowReading(tokens: 16)).classifier.traits
    #expect(network.normalisesWordsAlone && windows.normalisesWordsAlone)
    #expect(windows.pooling == network.pooling && windows.absentToken == .mask)
    #expect(network.capabilities.isStrictSuperset(of: windows.capabilities))
    #expect(!network.isRecurrent)
    let recurrent = try Self.model("LSTM").classifier.traits
    #expect(recurrent.isRecurrent && recurrent.absentToken == .unknown)
    #expect(recurrent.pooling == .maximum)
  }
}
