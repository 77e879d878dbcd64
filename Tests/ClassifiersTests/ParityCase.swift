import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing

/// One model of the fixture, and what fastai computes with it.
struct ParityCase: Sendable, CustomTestStringConvertible {
  let name: String
  let settings: Settings

  /// As the script wrote them.
  struct Settings: Sendable, Decodable {
    var layers, embedding, hidden, classes, bptt: Int
    var bidir: Bool
    var window: Int?
    var range: [Float]?
    var lengths: [Int]
    var seed: UInt64?
    var vocabulary: Int?
    var head: Int?

    enum CodingKeys: String, CodingKey {
      case layers = "n_layers"
      case embedding = "emb_sz"
      case hidden = "n_hid"
      case window = "max_len"
      case range = "y_range"
      case classes, bptt, bidir, lengths, seed, vocabulary, head
    }
  }

  struct Text {
    var ids: [Int]
    var logits: [Float]
    /// At the embeddings, one a class, `[T][D]`.
    var gradients: [[[Float]]]
    var whole: (logits: [Float], gradients: [[[Float]]])?
    var outputs: (values: [Float], gradients: [[[Float]]])?
  }

  var testDescription: String { name }

  /// Of a seeded model only some tokens are stored.
  var gradientStride: Int { settings.seed == nil ? 1 : 7 }

  func tensors() throws -> NamedTensors {
    try Safetensors.tensors(
      in: ByteSource(
        [UInt8](Data(contentsOf: fixture("parity/awd-lstm/\(name).safetensors")))))
  }

  func model(_ tensors: NamedTensors) throws -> AWDLSTM {
    let configuration = AWDLSTM.Configuration(
      embeddingSize: settings.embedding, hiddenSize: settings.hidden, layers: settings.layers,
      isBidirectional: settings.bidir, chunk: settings.bptt, maxLength: settings.window,
      outputRange: settings.range.map { $0[0]...$0[1] })
    let classes = (0..<settings.classes).map { "class \($0)" }
    if let seed = settings.seed, let vocabulary = settings.vocabulary, let head = settings.head {
      return try .random(
        configuration: configuration, vocabulary: vocabulary, headSize: head, classes: classes,
        seed: seed)
    }
    return try AWDLSTM(
      configuration: configuration, tensors: tensors, classes: classes, link: .softmax)
  }

  func text(_ index: Int, in tensors: NamedTensors) throws -> Text {
    let length = settings.lengths[index]
    let prefix = "text.\(index)."
    let tokens = (length + gradientStride - 1) / gradientStride
    let width = settings.embedding
    func values(_ name: String) throws -> [Float] {
      try tensors.vector(prefix + name, count: tensors.shape(of: prefix + name)?.first ?? 0)
    }
    func gradients(_ name: String) throws -> [[[Float]]] {
      let values = try values(name)
      return (0..<values.count / (tokens * width)).map { classIndex in
        (0..<tokens).map { token in
          Array(
            values[
              (classIndex * tokens + token) * width..<(classIndex * tokens + token + 1) * width])
        }
      }
    }
    var text = Text(
      ids: try tensors.vector(prefix + "ids", count: length).map { Int($0) },
      logits: try tensors.vector(prefix + "logits", count: settings.classes),
      gradients: try gradients("gradient"))
    if tensors.shape(of: prefix + "whole.logits") != nil {
      text.whole = (
        try tensors.vector(prefix + "whole.logits", count: settings.classes),
        try gradients("whole.gradient")
      )
      text.outputs = (
        try values("outputs"), try gradients("outputs_gradient")
      )
    }
    return text
  }
}
