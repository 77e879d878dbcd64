import Tensors
import Tokenizers

/// Vectors of tokens and of their positions, added up and normalised: what an encoder reads.
struct TextEmbedding: Sendable {
  /// `[V, E]`.
  let words: Embedding
  /// The positions' vectors with that of the first text type, `[P, E]`; nil where there are none.
  let positions: Matrix?
  /// The vector of the first text type where there are no positions.
  let type: [Float]?
  /// The number of a text's first position.
  var firstPosition = 0
  /// The padding's id where a family counts positions by ids, as fairseq does: such a token has the
  /// position of this number, wherever it stands, and the others are numbered without it.
  var uncounted: Int?
  let norm: LayerNorm
  /// From the vectors' width to the encoder's.
  let projection: Dense?
  /// The projection stands before the normalisation, not after it.
  var projectsFirst = false

  /// The words' vectors of a batch, with the tokens that have no position of their own as padding.
  /// - Throws: `ClassifierError.tokenOutOfVocabulary`.
  func vectors(for batch: [[Token]]) throws -> TokenVectors {
    var vectors = try words.forward(batch)
    if let uncounted, batch.contains(where: { $0.contains { $0.id == uncounted } }) {
      vectors.padding = batch.map { text in
        text.indices.filter { text[$0].id == uncounted }
      }
    }
    return vectors
  }

  /// The numbers of the positions of all tokens.
  /// - Parameter padding: of each text, ascending; or none at all.
  /// - Throws: `ClassifierError.tooManyTokens`.
  func places(of texts: TextSpans, padding: [[Int]]) throws -> [Int] {
    if let positions, texts.longest > positions.rows - firstPosition {
      throw ClassifierError.tooManyTokens(
        count: texts.longest, limit: positions.rows - firstPosition)
    }
    guard let uncounted, !padding.isEmpty else {
      return texts.ranges.flatMap { firstPosition..<firstPosition + $0.count }
    }
    return zip(texts.ranges, padding).flatMap { text, padding in
      var next = firstPosition
      var rest = padding[...]
      return text.indices.map { place in
        if rest.first == place - text.lowerBound {
          rest.removeFirst()
          return uncounted
        }
        defer { next += 1 }
        return next
      }
    }
  }

  /// - Parameters:
  ///   - vectors: of the words, `[N, E]` with room for padded rows.
  ///   - places: of all tokens.
  /// - Throws: `TensorError.productFailed`.
  func forward(
    _ vectors: consuming [Float], places: [Int], workers: Workers
  ) throws -> (x: [Float], trace: NormTrace) {
    let rows = places.count
    var x = vectors
    if positions != nil || type != nil {
      var added: [Float] = []
      added.reserveCapacity(x.count)
      for place in places {
        if let positions {
          added += positions.elements[place * positions.columns..<(place + 1) * positions.columns]
        } else if let type {
          added += type
        }
      }
      added += repeatElement(0, count: x.count - added.count)
      x = sum(x, added, workers: workers)
    }
    if projectsFirst, let projection {
      x = try projection.forward(x, rows: rows, workers: workers)
    }
    let (y, statistics) = norm.forward(rows: x, count: rows, workers: workers)
    let trace = NormTrace(rows: x, statistics: statistics)
    guard !projectsFirst, let projection else { return (y, trace) }
    return (try projection.forward(y, rows: rows, workers: workers), trace)
  }

  /// The gradient at the words' vectors, `[N, E]`.
  func backward(
    _ dx: [Float], trace: NormTrace, rows: Int, rule: LayerRule<NormTrace>, workers: Workers
  ) throws -> [Float] {
    var d = dx
    // forward:  x = projection(norm(words + positions)), or norm(projection(words + positions))
    if !projectsFirst, let projection {
      d = try projection.backward(d, rows: rows, workers: workers)
    }
    d = norm.backward(d, trace: trace, rule: rule, workers: workers)
    if projectsFirst, let projection {
      d = try projection.backward(d, rows: rows, workers: workers)
    }
    return d
  }
}
