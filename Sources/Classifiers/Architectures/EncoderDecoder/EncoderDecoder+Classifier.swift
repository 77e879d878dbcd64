import Tensors
public import Tokenizers

extension EncoderDecoder: LayerwiseNetwork {
  public var traits: ClassifierTraits {
    ClassifierTraits(
      [
        .predictions, .gradients, .relevance, .multipliers, .attention, .valueZeroing,
        .randomisation,
      ], pooling: .oneToken, roundsFactors: encoder.traits.roundsFactors)
  }

  public func embeddings(for batch: [[Token]]) throws -> TokenVectors {
    var vectors = try encoder.embeddings(for: batch)
    let places = batch.map { text in text.lastIndex { $0.id == end } ?? text.count - 1 }
    if zip(places, batch).contains(where: { $0 != $1.count - 1 }) { vectors.summaries = places }
    return vectors
  }

  var vocabularySize: Int { embedding.words.weight.rows }
  var embeddingWidth: Int { embedding.words.weight.columns }
}
