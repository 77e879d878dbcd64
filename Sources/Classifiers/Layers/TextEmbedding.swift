import Tensors
import Tokenizers

/// The positions and types of the tokens of some texts, concatenated.
struct TokenPlaces: Sendable {
  /// Indices of positions.
  var positions: [Int]
  /// Token types; empty if a family has none.
  var types: [Int]
}

/// The input of the layers: the sum of token, position and type embeddings, normalised.
struct TextEmbedding: Sendable {
  /// `[V, E]`.
  var words: Embedding
  /// The factor of word embeddings, applied first.
  var scale: Float = 1
  /// `[P, E]`; nil if there are none.
  var positions: Matrix?
  /// The embeddings of token types, `[types, E]`; nil if a family has none and token types are
  /// ignored.
  var types: Matrix?
  /// The index of a text's first position.
  var firstPosition = 0
  /// The padding's id if a family numbers positions by ids, like fairseq: such a token always has
  /// the position with this index, and the others are numbered without it.
  var uncounted: Int?
  /// The padding's id if the head skips padding at a text's end.
  var unread: Int?
  /// nil if nothing is normalised before the layers.
  var norm: LayerNorm?
  /// From the embedding's width to the encoder's.
  var projection: Dense?
  /// Whether the projection precedes the normalisation.
  var projectsFirst = false

  /// The word embeddings of a batch; tokens without a position of their own, or that the head
  /// skips, count as padding.
  /// - Throws: `ClassifierError.tokenOutOfVocabulary`.
  func vectors(for batch: [[Token]]) throws -> TokenVectors {
    var vectors = try words.forward(batch)
    vectors.types = tokenTypes(of: batch)
    if scale != 1 { for index in vectors.values.indices { vectors.values[index] *= scale } }
    vectors.padding = padding(of: batch)
    return vectors
  }

  /// The types of all tokens; empty if they are all 0 or the family has none.
  func tokenTypes(of batch: [[Token]]) -> [[Int]] {
    guard types != nil, batch.contains(where: { $0.contains { $0.type != 0 } }) else { return [] }
    return batch.map { $0.map(\.type) }
  }

  /// The tokens of each text that are padding; empty if no text has any.
  func padding(of batch: [[Token]]) -> [[Int]] {
    guard let padding = uncounted ?? unread,
      batch.contains(where: { $0.contains { $0.id == padding } })
    else { return [] }
    return batch.map { text in text.indices.filter { text[$0].id == padding } }
  }

  /// The places of all tokens.
  /// - Parameters:
  ///   - padding: the padding of each text, ascending; or empty.
  ///   - types: the types of each text's tokens; empty if they are all 0.
  /// - Throws: `ClassifierError.tooManyTokens`, `.noSuchTokenType`.
  func places(of texts: TextSpans, padding: [[Int]], types: [[Int]]) throws -> TokenPlaces {
    var all = types.isEmpty ? Array(repeating: 0, count: texts.count) : types.flatMap(\.self)
    if let table = self.types {
      for type in all where !(0..<table.rows).contains(type) {
        throw ClassifierError.noSuchTokenType(type: type, types: table.rows)
      }
    } else {
      all = []
    }
    return TokenPlaces(positions: try numbers(of: texts, padding: padding), types: all)
  }

  /// The position indices of all tokens.
  private func numbers(of texts: TextSpans, padding: [[Int]]) throws -> [Int] {
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
  ///   - vectors: word embeddings, `[N, E]`.
  ///   - places: the places of all tokens.
  /// - Throws: `TensorError.productFailed`.
  func forward(
    _ vectors: consuming [Float], places: TokenPlaces, workers: Workers
  ) throws -> (x: [Float], trace: NormTrace?) {
    let rows = places.positions.count
    var x = vectors
    if positions != nil || types != nil {
      var added: [Float] = []
      added.reserveCapacity(x.count)
      for row in 0..<rows {
        let start = added.count
        if let positions { added += positions.slice(ofRow: places.positions[row]) }
        guard let type = types?.slice(ofRow: places.types[row]) else { continue }
        if positions == nil {
          added += type
        } else {
          for (column, value) in type.enumerated() { added[start + column] += value }
        }
      }
      added += repeatElement(0, count: x.count - added.count)
      x = sum(x, added, workers: workers)
    }
    if projectsFirst, let projection {
      x = try projection.forward(x, rows: rows, workers: workers)
    }
    var trace: NormTrace?
    if let norm {
      let (y, statistics) = norm.forward(rows: x, count: rows, workers: workers)
      trace = NormTrace(rows: x, statistics: statistics)
      x = y
    }
    guard !projectsFirst, let projection else { return (x, trace) }
    return (try projection.forward(x, rows: rows, workers: workers), trace)
  }

  /// The gradient at the word embeddings, `[N, E]`.
  func backward(
    _ dx: [Float], trace: NormTrace?, rows: Int, rule: LayerRule<NormTrace>?, workers: Workers
  ) throws -> [Float] {
    var d = dx
    // forward:  x = projection(norm(words + positions)), or norm(projection(words + positions))
    if !projectsFirst, let projection {
      d = try projection.backward(d, rows: rows, workers: workers)
    }
    if let norm, let trace, let rule {
      d = norm.backward(d, trace: trace, rule: rule, workers: workers)
    }
    if projectsFirst, let projection {
      d = try projection.backward(d, rows: rows, workers: workers)
    }
    return d
  }
}

extension Matrix {
  fileprivate func slice(ofRow row: Int) -> ArraySlice<Float> {
    elements[row * columns..<(row + 1) * columns]
  }
}
