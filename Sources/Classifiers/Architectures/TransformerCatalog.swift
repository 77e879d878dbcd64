/// The transformer families whose folders can be opened. A new one is a file and a line here.
enum TransformerCatalog {
  static let families: [any TransformerFamily.Type] = [
    BERT.self, DistilBERT.self, RoBERTa.self, ELECTRA.self, ALBERT.self, MPNet.self,
    DeBERTa.self, ModernBERT.self, Llama.self, Mistral.self, Qwen2.self, Qwen3.self, Gemma.self,
    Gemma2.self, Gemma3.self, Phi3.self, SmolLM3.self, EuroBERT.self, GPT2.self, GPTNeoX.self,
    NomicBERT.self, GTE.self, JinaV3.self, BART.self, BigBird.self, Longformer.self,
  ]

  /// Their names in the transformers library.
  static var modelTypes: [String] { families.flatMap { $0.modelTypes } }

  static func family(of modelType: String) -> (any TransformerFamily.Type)? {
    families.first { $0.modelTypes.contains(modelType) }
  }
}
