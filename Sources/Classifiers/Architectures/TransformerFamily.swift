import Checkpoints
import Tensors

/// A family of transformers: how its models are built of settings and weights.
protocol TransformerFamily: SendableMetatype {
  associatedtype Built: Network
  /// What the transformers library calls its models: `bert`.
  static var modelTypes: [String] { get }
  /// The name of the module that holds the encoder: tensors that begin with it, or belong to the head,
  /// make up the model.
  static var encoder: String { get }
  /// The settings that tell its models apart, in reading order.
  static var settings: [String] { get }
  /// The most tokens of a text; nil where there is no limit.
  /// - Throws: `CheckpointError`.
  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int?
  /// - Throws: `CheckpointError`, `ClassifierError`, `TensorError.packingFailed`.
  static func model(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Built
  /// The encoder without a head.
  /// - Parameter weights: of the module that holds the encoder.
  /// - Throws: as `model`; `CheckpointError.huggingFace(.noClassifier)` where a family's encoder can't
  ///   be had alone.
  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer
}

extension TransformerFamily {
  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    throw CheckpointError.huggingFace(
      .noClassifier(.encoder, architecture: configuration.architecture))
  }

  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int? {
    try configuration.size("max_position_embeddings", default: 512)
  }
}

/// The sizes that every encoder has.
struct EncoderSizes: Sendable {
  let width: Int
  let layers: Int
  let heads: Int
  let inner: Int

  /// - Parameter names: the settings' names where they are not BERT's.
  /// - Throws: `CheckpointError`; `ClassifierError.badSetting` where the heads don't divide the width.
  init(
    _ configuration: HuggingFaceConfiguration,
    defaults: (width: Int, layers: Int, heads: Int, inner: Int) = (768, 12, 12, 3072),
    names: (width: String, layers: String, heads: String, inner: String) = (
      "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size"
    )
  ) throws {
    width = try configuration.size(names.width, default: defaults.width, in: 1...65_536)
    layers = try configuration.size(names.layers, default: defaults.layers, in: 1...1024)
    heads = try configuration.size(names.heads, default: defaults.heads, in: 1...65_536)
    inner = try configuration.size(names.inner, default: defaults.inner, in: 1...1_048_576)
    guard width.isMultiple(of: heads) else {
      throw ClassifierError.badSetting(name: names.heads, value: "\(heads)")
    }
  }

  /// Of a head.
  var headWidth: Int { width / heads }

  /// Attention as BERT has it.
  var attention: Attention { attention(nil) }

  /// The same where a query does not see all.
  func attention(_ sparsity: SparseAttention?) -> Attention {
    Attention(
      heads: heads, width: headWidth, factor: 1 / Float(headWidth).squareRoot(),
      sparsity: sparsity)
  }
}

/// What a family calls the parts of a layer that normalises after it computes.
struct LayerNames: Sendable {
  var queries, keys, values, attentionOutput, attentionNorm: String
  var inner, outer, outputNorm: String
  /// What the names of a second set of queries, keys and values end in, where there is one.
  var secondSet: String?

  /// The linear layers of attention's input, in the order in which their outputs stand side by side.
  var projections: [String] {
    [queries, keys, values].flatMap { name in
      [name] + (secondSet.map { [name + $0] } ?? [])
    }
  }
}

extension TransformerLayer {
  /// - Throws: `CheckpointError`, `TensorError.packingFailed`.
  init(
    _ weights: ModuleWeights, names: LayerNames, sizes: EncoderSizes, core: Attention,
    activation: Activation, epsilon: Double
  ) throws {
    self.init(
      attention: SelfAttention(
        projection: try weights.dense(
          joining: names.projections, inputs: sizes.width, outputs: sizes.width),
        output: try weights[names.attentionOutput].dense(
          inputs: sizes.width, outputs: sizes.width),
        core: core),
      attentionNorm: try weights[names.attentionNorm].norm(width: sizes.width, epsilon: epsilon),
      feedForward: FeedForward(
        inner: try weights[names.inner].dense(inputs: sizes.width, outputs: sizes.inner),
        outer: try weights[names.outer].dense(inputs: sizes.inner, outputs: sizes.width),
        activation: activation),
      outputNorm: try weights[names.outputNorm].norm(width: sizes.width, epsilon: epsilon),
      order: .normAfter)
  }
}

extension EncoderSizes {
  /// The layers of an encoder, read and packed on several threads.
  /// - Throws: what building one throws.
  func layers(
    _ layer: @Sendable (Int) throws -> TransformerLayer
  ) throws -> [TransformerLayer] {
    try Workers.all.map(layers, layer)
  }
}

extension TextEmbedding {
  /// - Throws: `CheckpointError`.
  static func positions(_ weights: ModuleWeights, rows: Int, width: Int) throws -> Matrix {
    try weights["position_embeddings"].table(rows: rows, columns: width)
  }

  /// The vectors of the token types; nil where there are none.
  /// - Throws: `CheckpointError`.
  static func types(_ weights: ModuleWeights, count: Int, width: Int) throws -> Matrix? {
    count == 0 ? nil : try weights["token_type_embeddings"].table(rows: count, columns: width)
  }

  /// - Throws: `CheckpointError`.
  static func words(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, count: Int, width: Int
  ) throws -> Embedding {
    Embedding(
      weight: try weights.compactTable(
        rows: try configuration.size("vocab_size", default: count), columns: width))
  }
}

extension HuggingFaceConfiguration {
  /// How numbers become probabilities: as transformers' text-classification pipeline has it, whose
  /// softmax of one output is a sigmoid. Where the folder of a cross-encoder names an activation, that
  /// one; several outputs without one are alternatives.
  var link: OutputLink {
    switch activation {
    case .sigmoid: return .sigmoid
    case .softmax where classes.count > 1: return .softmax
    case .identity where classes.count == 1: return .identity
    case .identity, .softmax, nil: break
    }
    return switch problem {
    case .singleLabel: classes.count == 1 ? .sigmoid : .softmax
    case .multiLabel: .sigmoid
    case .regression: .identity
    }
  }

  /// Refuses what would make of an encoder something else.
  /// - Throws: `CheckpointError`.
  func requirePlainEncoder() throws {
    try require("position_embedding_type", oneOf: ["absolute"])
    try require("is_decoder", oneOf: ["false"])
    try require("add_cross_attention", oneOf: ["false"])
  }
}
