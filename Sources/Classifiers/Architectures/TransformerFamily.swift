import Checkpoints
import Tensors

/// A family of transformers: how models are built from settings and weights.
protocol TransformerFamily: SendableMetatype {
  associatedtype Built: Network
  /// The names of its models in the transformers library: `bert`.
  static var modelTypes: [String] { get }
  /// The name of the encoder's module: the tensors with this prefix, and those of the head, make up
  /// the model.
  static var encoder: String { get }
  /// The settings that distinguish its models, in reading order.
  static var settings: [String] { get }
  /// The most tokens of a text; nil if there is no limit.
  /// - Throws: `CheckpointError`.
  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int?
  /// - Throws: `CheckpointError`, `ClassifierError`, `TensorError.packingFailed`.
  static func model(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Built
  /// The encoder without a head.
  /// - Parameter weights: the weights of the encoder's module.
  /// - Throws: see `model`; `CheckpointError.huggingFace(.noClassifier)` if a family's encoder
  ///   cannot be used alone.
  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer
}

/// A family whose models are one encoder with a head.
protocol SingleStackFamily: TransformerFamily where Built == Transformer {
  /// - Parameter weights: the weights of the whole model.
  /// - Throws: `CheckpointError`, `ClassifierError`.
  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead
}

extension SingleStackFamily {
  static func model(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    try headless(configuration, weights: weights[encoder]).classifier(
      configuration, head: try head(configuration, weights: weights))
  }
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

/// The sizes that all encoders have.
struct EncoderSizes: Sendable {
  let width: Int
  let layers: Int
  let heads: Int
  let inner: Int

  /// - Parameter names: the settings' names, if they are not BERT's.
  /// - Throws: `CheckpointError`; `ClassifierError.badSetting` if the width is not divisible by the
  ///   heads.
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

  /// The width of a head.
  var headWidth: Int { width / heads }

  /// Attention as BERT has it.
  var attention: Attention { attention(nil) }

  /// The same with sparse attention.
  func attention(_ sparsity: SparseAttention?) -> Attention {
    Attention(
      heads: heads, width: headWidth, factor: 1 / Float(headWidth).squareRoot(),
      sparsity: sparsity)
  }
}

/// A family's names for the parts of a layer that normalises its outputs.
struct LayerNames: Sendable {
  var queries, keys, values, attentionOutput, attentionNorm: String
  var inner, outer, outputNorm: String
  /// The suffix of a second set of queries, keys and values, if there is one.
  var secondSet: String?

  /// The linear layers at attention's input, in the order of their outputs.
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
  /// - Throws: errors of building a layer.
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

  /// The embeddings of token types; nil if there are none.
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
  /// The activation of transformers' text-classification pipeline, where the softmax of a single
  /// output is a sigmoid; or the one that a cross-encoder's folder names. Several outputs without a
  /// named activation are alternatives.
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

  /// Refuses settings that would turn an encoder into something else.
  /// - Throws: `CheckpointError`.
  func requirePlainEncoder() throws {
    try require("position_embedding_type", oneOf: ["absolute"])
    try require("is_decoder", oneOf: ["false"])
    try require("add_cross_attention", oneOf: ["false"])
  }
}
