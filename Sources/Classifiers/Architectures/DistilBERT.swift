import Checkpoints
import Tensors

/// Source: Sanh et al. 2019, arXiv:1910.01108; transformers' `DistilBertForSequenceClassification`.
enum DistilBERT: SingleStackFamily {
  static let modelTypes = ["distilbert"]
  static let encoder = "distilbert"
  static let settings = [
    "dim", "n_layers", "n_heads", "hidden_dim", "activation", "max_position_embeddings",
    "vocab_size",
  ]

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try ClassificationHead(
      dense: weights["pre_classifier"], activation: .relu, output: weights["classifier"],
      width: try sizes(configuration).width, classes: configuration.classes.count)
  }

  private static func sizes(_ configuration: HuggingFaceConfiguration) throws -> EncoderSizes {
    try EncoderSizes(
      configuration, defaults: (768, 6, 12, 3072),
      names: ("dim", "n_layers", "n_heads", "hidden_dim"))
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    let sizes = try sizes(configuration)
    let activation = try configuration.activation("activation", default: "gelu")
    // There is no setting for it.
    let epsilon = 1e-12
    let names = LayerNames(
      queries: "attention.q_lin", keys: "attention.k_lin", values: "attention.v_lin",
      attentionOutput: "attention.out_lin", attentionNorm: "sa_layer_norm", inner: "ffn.lin1",
      outer: "ffn.lin2", outputNorm: "output_layer_norm")
    let embeddings = weights["embeddings"]
    let layers = weights["transformer.layer"]
    return Transformer(
      embedding: TextEmbedding(
        words: try TextEmbedding.words(
          embeddings["word_embeddings"], configuration, count: 30_522, width: sizes.width),
        positions: try TextEmbedding.positions(
          embeddings, rows: try configuration.size("max_position_embeddings", default: 512),
          width: sizes.width),
        norm: try embeddings["LayerNorm"].norm(width: sizes.width, epsilon: epsilon),
        projection: nil),
      layers: try sizes.layers { index in
        try TransformerLayer(
          layers["\(index)"], names: names, sizes: sizes, core: sizes.attention,
          activation: activation, epsilon: epsilon)
      })
  }
}
