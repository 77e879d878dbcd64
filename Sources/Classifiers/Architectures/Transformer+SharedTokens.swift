import Tensors
import Tokenizers

/// What the embedding and the first layer's projections make of a batch's tokens: once for each token in
/// each place, since variants of a text have most of them in common.
struct SharedTokens: Sendable {
  /// Of each text, which of the rows below its tokens have.
  private let rows: [[Int]]
  /// The input of the first layer, `[tokens, D]`.
  private let x: [Float]
  private let width: Int
  /// Its queries, keys and values.
  private let qkv: [Float]
  private let packedWidth: Int
  /// The padding tokens of each text; empty if no text has any.
  private let padding: [[Int]]

  private struct Key: Hashable {
    let id, position, type: Int
  }

  /// nil if too few tokens are the same, or if the first layer rotates its queries by their positions.
  /// - Throws: `ClassifierError`, `TensorError`.
  init?(_ batch: [[Token]], of model: Transformer) throws {
    let embedding = model.embedding
    guard let layer = model.layers.first, layer.attention.rotation == nil, batch.count > 2 else {
      return nil
    }
    padding = embedding.padding(of: batch)
    let places = try embedding.places(
      of: TextSpans(lengths: batch.map(\.count)), padding: padding,
      types: embedding.tokenTypes(of: batch))
    var numbers: [Key: Int] = [:]
    var tokens: [Token] = []
    var own = TokenPlaces(positions: [], types: [])
    var place = 0
    rows = batch.map { text in
      text.map { token in
        defer { place += 1 }
        let key = Key(
          id: token.id, position: places.positions[place],
          type: places.types.isEmpty ? 0 : places.types[place])
        if let number = numbers[key] { return number }
        numbers[key] = tokens.count
        tokens.append(token)
        own.positions.append(key.position)
        if !places.types.isEmpty { own.types.append(key.type) }
        return tokens.count - 1
      }
    }
    guard tokens.count <= place / 2 else { return nil }
    x = try embedding.forward(
      embedding.vectors(for: [tokens]).values, places: own, workers: model.workers
    ).x
    let known = try layer.project(
      x, texts: TextSpans(lengths: [tokens.count]), workers: model.workers)
    qkv = known.qkv
    width = layer.attention.output.outputs
    packedWidth = layer.attention.core.packedWidth
  }

  /// The logits of some texts, `[texts, C]`.
  func logits(of texts: Range<Int>, by model: Transformer) throws -> Matrix {
    let spans = TextSpans(lengths: rows[texts].map(\.count))
    let padding = padding.isEmpty ? [] : Array(padding[texts])
    func gathered(_ vectors: [Float], _ width: Int) -> [Float] {
      var all: [Float] = []
      all.reserveCapacity(spans.count * width)
      for row in rows[texts].joined() { all += vectors[row * width..<(row + 1) * width] }
      return all
    }
    let (encoded, _) = try model.encode(
      embedded: gathered(x, width), trace: nil,
      known: TransformerLayer.Projected(qkv: gathered(qkv, packedWidth)), texts: spans,
      only: model.head.readRows(spans, padding: padding), keeping: nil)
    return model.head.forward(encoded, texts: spans, padding: padding).logits
  }
}

extension Transformer {
  func reader(of batch: [[Token]]) throws -> RowReader {
    guard let shared = try SharedTokens(batch, of: self) else { return plainReader(of: batch) }
    return { network, rows in try shared.logits(of: rows, by: network) }
  }
}
