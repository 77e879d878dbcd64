import Checkpoints
import Glibc
import Tensors

/// DeBERTa-v2 and v3: attention with terms for relative positions, in DeBERTa's log buckets.
///
/// Sources: He et al. 2020, arXiv:2006.03654, and 2021, arXiv:2111.09543; transformers'
/// `DebertaV2ForSequenceClassification`.
enum DeBERTa: SingleStackFamily {
  static let modelTypes = ["deberta-v2"]
  static let encoder = "deberta"
  static let settings =
    BERT.settings + [
      "relative_attention", "pos_att_type", "position_buckets", "max_relative_positions",
      "share_att_key", "norm_rel_ebd", "position_biased_input", "conv_kernel_size",
    ]

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try ClassificationHead(
      dense: weights["pooler.dense"],
      activation: try configuration.activation("pooler_hidden_act", default: "gelu"),
      output: weights["classifier"], width: try sizes(configuration).width,
      classes: configuration.classes.count)
  }

  private static func sizes(_ configuration: HuggingFaceConfiguration) throws -> EncoderSizes {
    try EncoderSizes(configuration, defaults: (1536, 24, 24, 6144))
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    let sizes = try sizes(configuration)
    // Both would change the shapes below.
    for (key, expected) in [
      ("attention_head_size", sizes.headWidth), ("pooler_hidden_size", sizes.width),
    ] {
      _ = try configuration.size(key, default: expected, in: expected...expected)
    }
    let epsilon = try configuration.number("layer_norm_eps", default: 1e-7)
    let encoder = weights["encoder"]
    return Transformer(
      embedding: try embedding(
        weights["embeddings"], configuration, sizes: sizes, epsilon: epsilon),
      layers: try layers(encoder, configuration, sizes: sizes, epsilon: epsilon),
      convolution: try convolution(encoder["conv"], configuration, sizes: sizes, epsilon: epsilon))
  }

  private static func embedding(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, sizes: EncoderSizes,
    epsilon: Double
  ) throws -> TextEmbedding {
    let width = try configuration.size("embedding_size", default: sizes.width, in: 1...65_536)
    let types = try configuration.size("type_vocab_size", default: 0, in: 0...100_000)
    let hasPositions = try configuration.flag("position_biased_input", default: true)
    return TextEmbedding(
      words: try TextEmbedding.words(
        weights["word_embeddings"], configuration, count: 128_100, width: width),
      positions: hasPositions
        ? try TextEmbedding.positions(
          weights, rows: try configuration.size("max_position_embeddings", default: 512),
          width: width) : nil,
      types: try TextEmbedding.types(weights, count: types, width: width),
      norm: try weights["LayerNorm"].norm(width: sizes.width, epsilon: epsilon),
      projection: width == sizes.width
        ? nil
        : try weights["embed_proj"].dense(inputs: width, outputs: sizes.width, hasBias: false),
      projectsFirst: true)
  }

  private static func layers(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, sizes: EncoderSizes,
    epsilon: Double
  ) throws -> [TransformerLayer] {
    let names = LayerNames(
      queries: "attention.self.query_proj", keys: "attention.self.key_proj",
      values: "attention.self.value_proj", attentionOutput: "attention.output.dense",
      attentionNorm: "attention.output.LayerNorm", inner: "intermediate.dense",
      outer: "output.dense", outputNorm: "output.LayerNorm")
    let activation = try configuration.activation("hidden_act", default: "gelu")
    let terms = try DistanceTerms(weights, configuration, sizes: sizes, epsilon: epsilon)
    return try sizes.layers { index in
      let layer = weights["layer.\(index)"]
      return try TransformerLayer(
        layer, names: names, sizes: sizes,
        core: Attention(
          heads: sizes.heads, width: sizes.headWidth,
          factor: 1 / Float(sizes.headWidth * terms.factors).squareRoot(),
          bias: try terms.bias(layer["attention.self"], width: sizes.width)),
        activation: activation, epsilon: epsilon)
    }
  }

  private static func convolution(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, sizes: EncoderSizes,
    epsilon: Double
  ) throws -> ConvolutionBranch? {
    let size = try configuration.size("conv_kernel_size", default: 0, in: 0...255)
    guard size > 0 else { return nil }
    guard !size.isMultiple(of: 2) else {
      throw ClassifierError.badSetting(name: "conv_kernel_size", value: "\(size)")
    }
    let groups = try configuration.size("conv_groups", default: 1, in: 1...sizes.width)
    guard sizes.width.isMultiple(of: groups) else {
      throw ClassifierError.badSetting(name: "conv_groups", value: "\(groups)")
    }
    let weight = try weights["conv"].values(
      "weight", shape: [sizes.width, sizes.width / groups, size])
    let bias = try weights["conv"].vector("bias", count: sizes.width)
    let norm = try weights["LayerNorm"].norm(width: sizes.width, epsilon: epsilon)
    guard weights.hasNumbers else { return nil }
    return try ConvolutionBranch(
      weight: weight, bias: bias, size: size, groups: groups,
      activation: try configuration.activation("conv_act", default: "tanh"), norm: norm)
  }
}

/// The relative position terms of DeBERTa's attention.
private struct DistanceTerms {
  /// The number of terms in a score.
  let factors: Int
  private let hasKeys: Bool
  private let hasQueries: Bool
  private let sharesProjections: Bool
  /// `[2 * span, D]`; nil if attention has no relative positions.
  private let vectors: Matrix?
  /// The row in `vectors` for each distance.
  private let buckets: [Int]

  init(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, sizes: EncoderSizes,
    epsilon: Double
  ) throws {
    let types = try configuration.alternatives("pos_att_type") ?? []
    for type in types where !["c2p", "p2c"].contains(type) {
      throw ClassifierError.badSetting(name: "pos_att_type", value: type)
    }
    hasKeys = types.contains("c2p")
    hasQueries = types.contains("p2c")
    factors = 1 + (hasKeys ? 1 : 0) + (hasQueries ? 1 : 0)
    sharesProjections = try configuration.flag("share_att_key", default: false)
    guard try configuration.flag("relative_attention", default: false) else {
      (vectors, buckets) = (nil, [0])
      return
    }
    let most = 1_000_000
    let positions = try configuration.size("max_position_embeddings", default: 512, in: 3...most)
    let given = try configuration.size("max_relative_positions", default: -1, in: -1...most)
    let reach = given < 1 ? positions : given
    let bucketCount = try configuration.size("position_buckets", default: -1, in: -1...most)
    if bucketCount > 0, bucketCount < 4 || bucketCount / 2 >= reach - 1 {
      throw ClassifierError.badSetting(name: "position_buckets", value: "\(bucketCount)")
    }
    let span = bucketCount > 0 ? bucketCount : reach
    var table = try weights["rel_embeddings"].table(rows: 2 * span, columns: sizes.width)
    if try configuration.alternatives("norm_rel_ebd")?.contains("layer_norm") == true {
      let norm = try weights["LayerNorm"].norm(width: sizes.width, epsilon: epsilon)
      if weights.hasNumbers {
        table.elements = norm.forward(rows: table.elements, count: table.rows, workers: .all).y
      }
    }
    vectors = table
    buckets = (-reach...reach).map { distance in
      let bucket =
        bucketCount > 0 ? Self.bucket(distance, count: bucketCount, reach: reach) : distance
      return max(0, min(2 * span - 1, bucket + span))
    }
  }

  /// Near distances have a bucket each; far ones share buckets logarithmically.
  private static func bucket(_ distance: Int, count: Int, reach: Int) -> Int {
    let middle = count / 2
    guard abs(distance) > middle else { return distance }
    // In single precision, as in PyTorch: the edges of buckets depend on rounding.
    let share =
      log(Float(abs(distance)) / Float(middle)) / log(Float(Double(reach - 1) / Double(middle)))
    let bucket = Int((share * Float(middle - 1)).rounded(.up)) + middle
    return distance < 0 ? -bucket : bucket
  }

  /// - Parameter weights: the weights of a layer's attention.
  func bias(_ weights: ModuleWeights, width: Int) throws -> AttentionBias {
    guard let vectors, hasKeys || hasQueries else { return .none }
    let keyName = sharesProjections ? "key_proj" : "pos_key_proj"
    let queryName = sharesProjections ? "query_proj" : "pos_query_proj"
    func projected(_ name: String) throws -> Matrix {
      let dense = try weights[name].dense(inputs: width, outputs: width)
      guard weights.hasNumbers else { return vectors }
      return Matrix(
        rows: vectors.rows, columns: width,
        elements: try dense.forward(vectors.elements, rows: vectors.rows, workers: .one))
    }
    let keys = hasKeys ? try projected(keyName) : nil
    let queries = hasQueries ? try projected(queryName) : nil
    guard weights.hasNumbers else { return .none }
    return .disentangled(DisentangledBias(keys: keys, queries: queries, buckets: buckets))
  }
}
