import Attribution
import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

/// Measures of made-up scores beside ferret's definitions: `parity/attribution-measures`.
struct MeasureParityTests {
  struct Document: Decodable {
    var cases: [Case]
    var drawn: [Drawn]?
    var randomisation: [Redrawn]?
  }

  /// What is random by definition, with what both sides drew.
  struct Drawn: Decodable {
    var ids: [Int]
    var target: Int
    var scores: [Float]
    var infidelity: Sets
    var sensitivity: Noises?
  }

  struct Sets: Decodable {
    var absent: [[Int]]
    var value: Double
  }

  struct Noises: Decodable {
    var noise: [[Float]]
    var value: Double
  }

  struct Redrawn: Decodable {
    var ids: [Int]
    var target: Int
    var layers: [String: Double]
    var value: Double
  }

  struct Case: Decodable {
    var ids: [Int]
    var target: Int
    var scores: [Float]
    var rationale: [Bool]?
    var measures: [String: [String: Double]]

    /// - Parameter frame: a token that ends every text, where there is one.
    func request(_ model: Model, frame: Int? = nil) -> MeasureRequest {
      MeasureRequest(
        request: MeasureParityTests.request(model, ids: ids, target: target, frame: frame),
        explainer: RandomControl(),
        attribution: TokenAttribution(scores: scores, targetValue: 0, evaluations: 1),
        rationale: rationale)
    }
  }

  static let names = ["uni", "bi", "export", "sentiment"]

  static func document(_ name: String) throws -> Document {
    let file = fixture("parity/attribution-measures/\(name).json")
    return try JSONDecoder().decode(Document.self, from: Data(contentsOf: file))
  }

  private static func part(_ prefix: String, of tensors: NamedTensors) throws -> NamedTensors {
    var entries: [String: NamedTensors.Entry] = [:]
    for name in tensors.names where name.hasPrefix(prefix) && !name.hasSuffix("num_batches_tracked")
    {
      let shape = tensors.shape(of: name) ?? []
      entries[String(name.dropFirst(prefix.count))] = .init(
        shape: shape, values: try tensors.values(name, shape: shape))
    }
    return NamedTensors(entries)
  }

  private static func request(
    _ model: Model, ids: [Int], target: Int, frame: Int? = nil
  ) -> ExplanationRequest {
    let pieces = ids.enumerated().map { index, id in
      Piece(
        text: "\(id)", id: id, utf8Range: 0..<0, isFrame: index == 0 || id == frame, word: index)
    }
    return ExplanationRequest(
      model: model, encoding: Encoding(text: "", pieces: pieces),
      target: Target(classIndex: target))
  }

  /// With the scores that input x gradient gives.
  private static func measured(_ request: ExplanationRequest) throws -> MeasureRequest {
    let explainer = InputXGradient()
    return MeasureRequest(
      request: request, explainer: explainer,
      attribution: try explainer.explain(request) { _ in })
  }

  @Test(arguments: names)
  func `measures are ferret's`(name: String) throws {
    try expectSame(Self.document(name), name, by: Peer(name).model(), count: 6)
  }

  @Test func `on a transformer they are what ferret itself gives`() throws {
    let model = try Peer.transformer("bert").model()
    try expectSame(Self.document("ferret"), "ferret", by: model, frame: 3, count: 3)
  }

  private func expectSame(
    _ document: Document, _ name: String, by model: Model, frame: Int? = nil, count: Int
  ) throws {
    var worst: [String: Double] = [:]
    for text in document.cases {
      for (name, theirs) in text.measures {
        let ours = try #require(MeasureCatalog.measure(named: name))
          .measure(text.request(model, frame: frame))
        worst[name] = max(worst[name] ?? 0, try ours.largestDifference(from: theirs))
      }
    }
    print("largest difference by measure:", name, worst)
    // A rank can't be a little off; the rest are means of probabilities in single precision.
    #expect(worst.values.allSatisfy { $0 < 2e-6 }, "\(worst)")
    #expect(worst.count == count)
  }

  @Test(arguments: names)
  func `infidelity and max-sensitivity are Captum's for the same draws`(name: String) throws {
    let model = try Peer(name).model()
    var worst: [String: Double] = [:]
    for text in try #require(Self.document(name).drawn) {
      let request = Self.request(model, ids: text.ids, target: text.target)
      let madeUp = MeasureRequest(
        request: request, explainer: RandomControl(),
        attribution: TokenAttribution(scores: text.scores, targetValue: 0, evaluations: 1))
      let infidelity = try #require(
        Infidelity().measure(madeUp, absent: text.infidelity.absent).value)
      worst["infidelity"] = max(
        worst["infidelity"] ?? 0, abs(infidelity / text.infidelity.value - 1))
      guard let noises = text.sensitivity else { continue }
      let sensitivity = try #require(
        MaxSensitivity().measure(Self.measured(request), noises: noises.noise).value)
      worst["max-sensitivity"] = max(
        worst["max-sensitivity"] ?? 0, abs(sensitivity / noises.value - 1))
    }
    print("largest relative difference by measure:", name, worst)
    // Both are made of small differences of rounded numbers.
    #expect(worst.values.allSatisfy { $0 < 1e-3 }, "\(worst)")
    #expect(worst["infidelity"] != nil)
    #expect((worst["max-sensitivity"] == nil) == (name == "sentiment"))
  }

  @Test func `randomisation is scipy's correlation for the same weights`() throws {
    let peer = try Peer("uni")
    let model = try peer.model()
    let sizes = try #require(peer.document.configuration)
    let file = try ByteSource(
      path: fixture("parity/attribution-measures/uni-randomised.safetensors").path)
    let tensors = try Safetensors.tensors(in: file)
    var worst = 0.0
    for text in try #require(Self.document("uni").randomisation) {
      let layers = ["head", "LSTM 2", "LSTM 1", "embedding"]
      let request = try Self.measured(Self.request(model, ids: text.ids, target: text.target))
      let result = try Randomisation().measure(request, layers: layers) { depth in
        try AWDLSTM(
          configuration: .init(
            embeddingSize: sizes.embSz, hiddenSize: sizes.nHid, layers: sizes.nLayers,
            isBidirectional: sizes.bidir, padding: sizes.padToken, chunk: sizes.bptt,
            maxLength: sizes.maxLen),
          tensors: Self.part(layers[depth - 1] + "/", of: tensors),
          classes: model.classifier.classes,
          link: .softmax)
      }
      worst = max(worst, abs(try #require(result.value) - text.value))
      for (layer, theirs) in text.layers {
        #expect(result.details[layer] == .number(Float(theirs)))
      }
    }
    print("largest difference of randomisation:", worst)
    #expect(worst < 1e-12)
  }
}
