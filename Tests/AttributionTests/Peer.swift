import Attribution
import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

/// What the fixture's script wrote.
struct Peer {
  let name: String
  var document: Document
  var cases: [Text] { document.cases }

  /// - Parameter cases: the folder of the scores; the weights are those of `parity/attribution`.
  init(_ name: String, cases folder: String = folder) throws {
    self.name = name
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    document = try decoder.decode(
      Document.self, from: Data(contentsOf: fixture("\(folder)/\(name).json")))
  }

  static let folder = "parity/attribution"
  static let transformers = "parity/attribution-transformers"
  /// A learner as fastai exported it.
  private static let export = "checkpoints/spaces-bidirectional.pkl"

  /// The scores of a transformer of `parity/transformers`, or those of its `coalitions`.
  static func transformer(_ name: String, coalitions: Bool = false) throws -> Peer {
    var peer = try Peer(name, cases: transformers)
    if coalitions { peer.document.cases = try #require(peer.document.coalitions) }
    return peer
  }

  func model() throws -> Model {
    guard let sizes = document.configuration else {
      let path = fixture("parity/transformers/\(name)").path
      return .tiny(
        try Transformer(
          HuggingFaceFolder.read(
            ModelFiles(folder: path), supported: Transformer.modelTypes)))
    }
    if name == "export" {
      return .tiny(try ModelOpener(embedded: []).open(fixture(Self.export).path).classifier)
    }
    let weights =
      name == "sentiment"
      ? "../../Sources/EmbeddedModels/sentiment/model.safetensors"
      : "\(Self.folder)/\(name).safetensors"
    let file = try ByteSource(path: fixture(weights).path)
    var model = Model.tiny(
      try AWDLSTM(
        configuration: .init(
          embeddingSize: sizes.embSz, hiddenSize: sizes.nHid, layers: sizes.nLayers,
          isBidirectional: sizes.bidir, padding: sizes.padToken, chunk: sizes.bptt,
          maxLength: sizes.maxLen),
        tensors: Safetensors.tensors(in: file),
        classes: (0..<document.classes).map { "class \($0)" },
        link: document.link == "softmax" ? .softmax : .sigmoid))
    model.facts.tokenLimit = sizes.maxLen
    return model
  }

  struct Document: Decodable {
    /// Of an AWD-LSTM.
    var configuration: Sizes?
    var classes: Int
    var link: String
    var cases: [Text]
    var coalitions: [Text]?
  }

  struct Sizes: Decodable {
    var embSz, nHid, nLayers, padToken, bptt, maxLen: Int
    var bidir: Bool
  }

  struct Text: Decodable {
    var ids: [Int]
    var target: Int
    var versus: Int?
    var quantity: String
    var value: Float
    var explanations: [Reference]
    /// The tokens' spellings and their words, where they matter.
    var texts: [String]?
    var words: [Int]?

    var name: String {
      "\(ids.count) tokens, \(quantity) of \(target), against \(versus.map(String.init) ?? "none")"
    }

    /// - Parameter isByToken: every token is a word.
    func request(
      _ model: Model, options: ExplainerOptions, isByToken: Bool = false
    ) -> ExplanationRequest {
      let pieces = ids.enumerated().map { index, id in
        Piece(
          text: texts?[index] ?? "\(id)", id: id, utf8Range: 0..<0,
          isFrame: id == 2 && index == 0,
          word: isByToken ? index : words?[index] ?? index)
      }
      return ExplanationRequest(
        model: model, encoding: Encoding(text: "", pieces: pieces),
        target: Target(
          classIndex: target, versus: versus, quantity: .init(rawValue: quantity) ?? .logit),
        options: options)
    }
  }

  struct Reference: Decodable {
    var method: String
    var options: Options?
    var scores: [Float]
    var delta: Float?
    var maximum: Float?
    var map: [[Float]]?
    /// R² of a surrogate.
    var fit: Float?
    var byToken: Bool?
  }

  struct Options: Decodable {
    var steps: Int?
    var baseline, norm, replacement: String?
    var rectify: Bool?
    var samples, features, window: Int?
    var surrogate, group: String?

    func chosen() throws -> ExplainerOptions {
      var options = ExplainerOptions()
      options.steps = steps
      options.baseline = baseline.flatMap(ExplainerOptions.Baseline.init)
      options.norm = norm.flatMap(ExplainerOptions.Norm.init)
      options.replacement = replacement.flatMap(ExplainerOptions.Replacement.init)
      options.rectify = rectify ?? false
      options.samples = samples
      options.features = features
      options.window = window
      options.surrogate = surrogate.flatMap(ExplainerOptions.Surrogate.init)
      options.grouping = group.flatMap(ExplainerOptions.Grouping.init)
      return options
    }
  }
}

extension ParameterValue {
  var number: Float? { if case .number(let value) = self { value } else { nil } }
}
