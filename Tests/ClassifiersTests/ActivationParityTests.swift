import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing

/// transformers' own numbers; `Tests/Fixtures/parity/activations/generate.py` made them.
struct ActivationParityTests {
  private struct Fixture: Decodable {
    struct Function: Decodable {
      var values, derivatives: [Double]
      var logits, gradients: [Float]
    }

    var points: [Double]
    var ids: [Int]
    var ownWeights: [String]
    var functions: [String: Function]

    enum CodingKeys: String, CodingKey {
      case points, ids, functions
      case ownWeights = "weights of their own"
    }
  }

  private static let peer = Result {
    try JSONDecoder().decode(
      Fixture.self, from: Data(contentsOf: fixture("parity/activations/values.json")))
  }

  static let names = Activation.namesInTransformers.keys.sorted()

  /// The fixture's BERT with another function in its layers.
  private func bert(_ name: String) throws -> Transformer {
    let path = fixture("parity/transformers/bert").path
    let data = try Data(contentsOf: URL(filePath: path + "/config.json"))
    var settings = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    settings["hidden_act"] = name
    let bytes = [UInt8](try JSONSerialization.data(withJSONObject: settings))
    let tensors = try Safetensors.tensors(
      in: ByteSource([UInt8](Data(contentsOf: URL(filePath: path + "/model.safetensors")))))
    return try Transformer(
      HuggingFaceFolder(
        configuration: try HuggingFaceConfiguration(bytes: bytes), tensors: tensors))
  }

  @Test func `each function of transformers has a case or is refused by its name`() throws {
    let peer = try Self.peer.get()
    #expect(Set(peer.functions.keys) == Set(Self.names))
    for name in peer.ownWeights {
      let error = #expect(throws: CheckpointError.self) { try bert(name) }
      #expect("\(try #require(error))".contains(name))
    }
    #expect(peer.ownWeights == ["prelu", "xielu"])
  }

  // To the last places of Float for numbers of that size; `gelu_fast` has a constant of ten digits.
  @Test(arguments: names) func `values and derivatives are those of PyTorch`(_ name: String) throws
  {
    let peer = try Self.peer.get()
    let expected = try #require(peer.functions[name])
    let activation = try #require(Activation.namesInTransformers[name])
    let points = peer.points.map { Float($0) }
    let found = activation.forward(points)
    let slopes = activation.backward([Float](repeating: 1, count: points.count), input: points)
    for (index, x) in peer.points.enumerated() {
      let (y, d) = (expected.values[index], expected.derivatives[index])
      #expect(abs(Double(found[index]) - y) <= 3e-6 * max(1, abs(y)), "\(name)(\(x))")
      #expect(abs(Double(slopes[index]) - d) <= 3e-6 * max(1, abs(x * d)), "\(name)'(\(x))")
      // In double precision, from far away and from where it stands.
      let chord = activation.chord(from: -0.25, to: x)
      let start = activation.chord(from: -0.25, to: -0.25).mean
      #expect(abs(start + chord.slope * (x + 0.25) - y) <= 1e-9 * max(1, abs(y)), "\(name)(\(x))")
      #expect(abs(activation.chord(from: x, to: x).slope - d) <= 1e-9 * max(1, abs(d)))
    }
  }

  @Test(arguments: names) func `a model has the logits and gradients of transformers`(
    _ name: String
  ) throws {
    let peer = try Self.peer.get()
    let expected = try #require(peer.functions[name])
    let model = try bert(name)
    #expect(
      largestDifference(try model.logits(for: [peer.ids])[row: 0], expected.logits) < 1e-5)
    let embeddings = try model.embeddings(for: [peer.ids])
    let gradient = try model.gradient(of: [Target(classIndex: 1)], at: embeddings).gradient
    let lengths = peer.ids.indices.map { token in
      gradient.values[gradient.range(row: 0, token: token)].reduce(0) { $0 + $1 * $1 }
        .squareRoot()
    }
    #expect(largestDifference(lengths, expected.gradients) < 1e-4)
  }
}
