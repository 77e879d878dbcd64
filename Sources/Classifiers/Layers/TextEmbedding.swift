import Tensors
import Tokenizers

/// Where the tokens of some texts stand, one after the other.
struct TokenPlaces: Sendable {
  /// The numbers of their positions.
  var positions: [Int]
  /// Their token types; empty where a family has none.
  var types: [Int]
}

/// Vectors of tokens and of their positions, added up and normalised: what the layers read.
struct TextEmbedding: Sendable {
  /// `[V, E]`.
  var words: Embedding
  /// What the words' vectors are multiplied by, before anything else sees them.
  var scale: Float = 1
  /// `[P, E]`; nil where there are none.
  var positions: Matrix?
  /// The vectors of the token types, `[types, E]`; nil where a family has none, and no token's type
  /// counts.
  var types: Matrix?
  /// The number of a text's first position.
  var firstPosition = 0
  /// The padding's id where a family counts positions by ids, as fairseq does: such a token has the
  /// position of this number, wherever it stands, and the others are numbered without it.
  var uncounted: Int?
  /// The padding's id where the head passes over padding at a text's end.
  var unread: Int?
  /// nil where nothing is normalised before the layers.
  var norm: LayerNorm?
  /// From the vectors' width to the encoder's.
  var projection: Dense?
  /// The projection stands before the normalisation, not after it.
  var projectsFirst = false

  /// The words' vectors of a batch, with the tokens that have no position of their own, or that the
  /// head passes over, as padding.
  /// - Throws: `ClassifierError.tokenOutOfVocabulary`.
  func vectors(for batch: [[Token]]) throws -> TokenVectors {
    var vectors = try words.forward(batch)
    vectors.types = tokenTypes(of: batch)
    if scale != 1 { for index in vectors.values.indices { vectors.values[index] *= scale } }
    vectors.padding = padding(of: batch)
    return vectors
  }

  /// The types of all tokens; none at all where they are 0 or do not count.
  func tokenTypes(of batch: [[Token]]) -> [[Int]] {
    guard types != nil, batch.contains(where: { $0.contains { $0.type != 0 } }) else { return [] }
    return batch.map { $0.map(\.type) }
  }

  /// The tokens of each text that are padding; none at all where no text has such.
  func padding(of batch: [[Token]]) -> [[Int]] {
    guard let padding = uncounted ?? unread,
      batch.contains(where: { $0.contains { $0.id == padding } })
    else { return [] }
    return batch.map { text in text.indices.filter { text[$0].id == padding } }
  }

  /// Where all tokens stand.
  /// - Parameters:
  ///   - padding: of each text, ascending; or none at all.
  ///   - types: of each text's tokens; none at all where they are 0.
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

  /// The numbers of the positions of all tokens.
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
  ///   - vectors: of the words, `[N, E]`.
  ///   - places: of all tokens.
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

  /// The gradient at the words' vectors, `[N, E]`.
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
