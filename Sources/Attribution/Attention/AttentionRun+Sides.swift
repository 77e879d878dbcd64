internal import Classifiers

/// What the maps of an encoder and a decoder say of the text's tokens, each of which enters twice: in the
/// encoder, and one place later in the decoder. A token's score is the sum of both.
extension AttentionRun {
  /// Rollout over the decoder's layers, each attention of which keeps half of each token, and on through
  /// the encoder's.
  ///
  /// Source: Abnar, Zuidema 2020, arXiv:2005.00928, section 3, with both sides' tokens in one graph as in
  /// Ferrando et al. 2022, arXiv:2205.11631.
  func rollout(_ sides: AttentionSides) -> [Double] {
    // The read token's row of the product, from the last layer down, on both sides.
    var decoder = unitRow
    var encoder = [Double](repeating: 0, count: maps.tokens)
    for layer in (0..<maps.layers).reversed() {
      let cross = mean(layer: layer, heads: Array(0..<maps.heads)).multiplied(by: decoder)
      for token in encoder.indices { encoder[token] += cross[token] / 2 }
      let own = sides.decoder.mean(layer: layer).multiplied(by: decoder)
      // Half of what attention to the encoder left.
      decoder = zip(own, decoder).map { ($0 + $1) / 4 }
    }
    for layer in (0..<sides.encoder.layers).reversed() {
      let own = sides.encoder.mean(layer: layer).multiplied(by: encoder)
      encoder = zip(own, encoder).map { ($0 + $1) / 2 }
    }
    return ofText(encoder: encoder, decoder: decoder)
  }

  /// Relevance that spreads from the read token of the decoder.
  ///
  /// With `A+` the mean over heads of the positive part of gradient times weight, `E` and `D` the
  /// relevance of the encoder's and the decoder's tokens for each other, which begin as the identity, and
  /// `R` that of the encoder's tokens for the decoder's, which begins as zero: an encoder's layer adds
  /// `A+ E` to `E`, a decoder's `A+ D` to `D` and `A+ R` to `R` (eq. 6 and 7), and then `D'^T A+ E'` to
  /// `R` (eq. 10), where a prime is the identity and the rest with rows that add up to 1 (eq. 8 and 9).
  ///
  /// Source: Chefer, Gur, Wolf 2021, arXiv:2103.15679, section 3.
  func relevance(_ sides: AttentionSides) -> [Double] {
    let reader = ResidualProduct(
      size: maps.tokens,
      maps: (0..<sides.encoder.layers).map { sides.encoder.positiveGradient(layer: $0) })
    let own = (0..<maps.layers).map { sides.decoder.positiveGradient(layer: $0) }
    // The read token's row of `R`, from the last layer down: what later layers of self-attention make of
    // that row comes first.
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
    // By then the row is that of `D` too.
    return ofText(encoder: encoder, decoder: row)
  }

  /// The decoder's token `t + 1` is the text's token `t`; its first one is none of the text's.
  private func ofText(encoder: [Double], decoder: [Double]) -> [Double] {
    encoder.indices.map { $0 + 1 < decoder.count ? encoder[$0] + decoder[$0 + 1] : encoder[$0] }
  }
}

/// `R = (I + A_n) … (I + A_1)`, multiplied by vectors alone.
private struct ResidualProduct {
  let size: Int
  /// `A_1` first.
  let maps: [SquareMap]

  /// `(R - I)` times a column: small numbers are not lost beside 1.
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

  /// What the rows of `R - I` add up to; 1 where that is 0, as such a row stays as it is.
  private var sums: [Double] {
    change(of: [Double](repeating: 1, count: size)).map { $0 == 0 ? 1 : $0 }
  }

  /// `R` with the rows of `R - I` divided by their sums, times a column.
  func normalised(times column: [Double]) -> [Double] {
    let (change, sums) = (change(of: column), sums)
    return column.indices.map { change[$0] / sums[$0] + column[$0] }
  }

  /// A row times the same.
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
