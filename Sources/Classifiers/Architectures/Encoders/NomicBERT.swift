import Checkpoints

/// Sources: Nussbaum et al. 2024, arXiv:2402.01613; transformers'
/// `NomicBertForSequenceClassification`.
enum NomicBERT: RotaryEncoderFamily {
  static let modelTypes = ["nomic_bert"]
  static let encoder = "nomic_bert"
  static let positions = 2048
  static let mould = RotaryEncoder(
    vocabulary: 30_528, types: 2, activation: "silu", rotary: RotarySettings(base: 1000),
    names: RotaryEncoder.Names(
      embeddingNorm: "emb_ln", layers: "encoder.layers", projection: "attn.Wqkv",
      attentionOutput: "attn.out_proj", attentionNorm: "norm1", outputNorm: "norm2",
      inner: .gated(gate: "mlp.fc12", up: "mlp.fc11"), outer: "mlp.fc2"),
    hasBias: false)
}
