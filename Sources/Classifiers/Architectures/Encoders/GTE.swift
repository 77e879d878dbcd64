import Checkpoints

/// Sources: Zhang et al. 2024, arXiv:2407.19669; transformers' `GteForSequenceClassification`.
enum GTE: RotaryEncoderFamily {
  static let modelTypes = ["gte"]
  static let encoder = "gte"
  static let positions = 8192
  static let mould = RotaryEncoder(
    vocabulary: 250_048, types: 1, activation: "gelu", rotary: RotarySettings(base: 160_000),
    names: RotaryEncoder.Names(
      embeddingNorm: "embeddings.LayerNorm", layers: "encoder.layer",
      projection: "attention.qkv_proj", attentionOutput: "attention.o_proj",
      attentionNorm: "attn_ln", outputNorm: "mlp_ln", inner: .packed("mlp.up_gate_proj"),
      outer: "mlp.down_proj"))
}
