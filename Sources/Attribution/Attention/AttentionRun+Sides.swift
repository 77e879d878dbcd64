internal import Classifiers

/// Methods on the attention maps of an encoder and a decoder. Each token of the text is read twice,
/// by the encoder and, one position later, by the decoder; its score is the sum of both.
extension AttentionRun {
  /// Rollout over the decoder's layers, each of whose attentions keeps half of each token, and then
  /// over the encoder's.
  ///
  /// Source: Abnar, Zuidema 2020, arXiv:2005.00928, section 3, with the tokens of both sides in one
  /// graph as in Ferrando et al. 2022, arXiv:2205.11631.
  func rollout(_ sides: AttentionSides) -> [Double] {
    // The row of the product for the token that the head reads, from the last layer down, on both
    // sides.
    var decoder = unitRow
    var encoder = [Double](repeating: 0, count: maps.tokens)
    for layer in (0..<maps.layers).reversed() {
      let cross = mean(layer: layer, heads: Array(0..<maps.heads)).multiplied(by: decoder)
      for token in encoder.indices { encoder[token] += cross[token] / 2 }
      let own = sides.decoder.mean(layer: layer).multiplied(by: decoder)
      // Half of what the attention to the encoder left.
      decoder = zip(own, decoder).map { ($0 + $1) / 4 }
    }
    for layer in (0..<sides.encoder.layers).reversed() {
      let own = sides.encoder.mean(layer: layer).multiplied(by: encoder)
      encoder = zip(own, encoder).map { ($0 + $1) / 2 }
    }
    return ofText(encoder: encoder, decoder: decoder)
  }

  /// Relevance that spreads from the decoder's token that the head reads.
  ///
  /// With `A+` the mean over heads of the positive part of gradient times weight, `E` and `D` the
  /// relevance of the encoder's and the decoder's tokens for each other, which start as the
  /// identity, and `R` that of the encoder's tokens for the decoder's, which starts as zero: an
  /// encoder's layer adds `A+ E` to `E`, a decoder's `A+ D` to `D` and `A+ R` to `R` (eq. 6 and 7),
  /// and then `D'^T A+ E'` to `R` (eq. 10), where a prime means the identity plus the rest with
  /// rows normalised to a sum of 1 (eq. 8 and 9).
  ///
  /// Source: Chefer, Gur, Wolf 2021, arXiv:2103.15679, section 3.
  func relevance(_ sides: AttentionSides) -> [Double] {
    let reader = ResidualProduct(
      size: maps.tokens,
      maps: (0..<sides.encoder.layers).map { sides.encoder.positiveGradient(layer: $0) })
    let own = (0..<maps.layers).map { sides.decoder.positiveGradient(layer: $0) }
    // The row of `R` for the token that the head reads, from the last layer down: the contribution
    // of later self-attention layers comes first.
    var row = unitRow
    var encoder = [Double](repeating: 0, count: maps.tokens)
    for layer in (0..<maps.layers).reversed() {
      let writer = ResidualProduct(size: maps.tokens, maps: Array(own[...layer]))
      let mixed = positiveGradient(layer: layer).multiplied(by: writer.normalised(times: row))
      let added = reader.normalised(by: mixed)
      for token in encoder.indices { encoder[token] += added[token] }
      let before = own[layer].multiplied(by: row)
      for token in row.indices { row[token] += before[token] }
    }
    // By now the row is that of `D` as well.
    return ofText(encoder: encoder, decoder: row)
  }

  /// The decoder's token `t + 1` is the text's token `t`; its first token is not part of the text.
  private func ofText(encoder: [Double], decoder: [Double]) -> [Double] {
    encoder.indices.map { $0 + 1 < decoder.count ? encoder[$0] + decoder[$0 + 1] : encoder[$0] }
  }
}

/// `R = (I + A_n) … (I + A_1)`, used only in products with vectors.
private struct ResidualProduct {
  let size: Int
  /// `A_1` first.
  let maps: [SquareMap]

  /// `(R - I)` times a column, so that small numbers are not lost beside 1.
  private func change(of column: [Double]) -> [Double] {
    maps.reduce(into: [Double](repeating: 0, count: size)) { change, map in
      let added = map.times(zip(column, change).map { $0 + $1 })
      for place in added.indices { change[place] += added[place] }
    }
  }

  /// A row times `(R - I)`.
  private func change(ofRow row: [Double]) -> [Double] {
    maps.reversed().reduce(into: [Double](repeating: 0, count: size)) { change, map in
      let added = map.multiplied(by: zip(row, change).map { $0 + $1 })
      for place in added.indices { change[place] += added[place] }
    }
  }

  /// The row sums of `R - I`; 1 if a sum is 0, because such a row is kept.
  private var sums: [Double] {
    change(of: [Double](repeating: 1, count: size)).map { $0 == 0 ? 1 : $0 }
  }

  /// `R` with the rows of `R - I` divided by their sums, times a column.
  func normalised(times column: [Double]) -> [Double] {
    let (change, sums) = (change(of: column), sums)
    return column.indices.map { change[$0] / sums[$0] + column[$0] }
  }

  /// A row times the same matrix.
  func normalised(by row: [Double]) -> [Double] {
    let change = change(ofRow: zip(row, sums).map { $0 / $1 })
    return row.indices.map { change[$0] + row[$0] }
  }
}

extension AttentionSides.Side {
  fileprivate func mean(layer: Int) -> SquareMap { summed(layer: layer) { Double(maps[$0]) } }

  fileprivate func positiveGradient(layer: Int) -> SquareMap {
    summed(layer: layer) { max(Double(maps[$0]) * Double(gradient[$0]), 0) }
  }

  private func summed(layer: Int, _ value: (Int) -> Double) -> SquareMap {
    var map = SquareMap(zeros: tokens)
    let size = tokens * tokens
    for head in 0..<heads {
      let start = (layer * heads + head) * size
      for place in 0..<size { map.values[place] += value(start + place) / Double(heads) }
    }
    return map
  }
}
