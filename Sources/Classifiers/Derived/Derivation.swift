import Tensors

/// Computes a classifier's output from a network's outputs for parts of the text.
protocol Derivation: Sendable {
  var classes: [String] { get }
  var link: OutputLink { get }
  /// The network's inputs for a text with these tokens, in bounded number; never empty.
  /// - Parameter parts: the part (text of a pair) of each token, `[T]`.
  /// - Throws: `ClassifierError`.
  func readings(of parts: [Int]) throws -> [Reading]
  /// Logits `[C]` from the network's outputs `[readings, outputs]`.
  func logits(_ outputs: Matrix) -> [Float]
  /// The gradient at the outputs from that at the logits.
  func backward(_ dLogits: [Float], outputs: Matrix) -> Matrix
  /// Multipliers at the outputs, whose product with the outputs' change equals that of
  /// `multipliers` with the logits' change. The gradient by default, which is right if logits are
  /// linear in outputs.
  func chords(_ multipliers: [Float], from baseline: Matrix, to outputs: Matrix) -> Matrix
}

extension Derivation {
  func chords(_ multipliers: [Float], from baseline: Matrix, to outputs: Matrix) -> Matrix {
    backward(multipliers, outputs: outputs)
  }
}

/// One input of a network: some tokens of a text, possibly followed by a constant text.
struct Reading: Sendable, Hashable {
  /// Indices of tokens, ascending.
  var tokens: [Int]
  /// Which of the constant texts follows.
  var suffix: Int?
}

extension TokenVectors {
  /// One row for each reading of some rows.
  /// - Parameter suffixes: the constant texts, `[1, T, D]` each.
  func taking(
    _ readings: [(row: Int, reading: Reading)], suffixes: [TokenVectors]
  ) -> TokenVectors {
    let ends = readings.map { $0.reading.suffix.map { suffixes[$0] } }
    var taken = TokenVectors(
      lengths: zip(readings, ends).map { $0.reading.tokens.count + ($1?.tokens ?? 0) },
      width: width)
    for (index, (row, reading)) in readings.enumerated() {
      for (place, token) in reading.tokens.enumerated() {
        taken.values.replaceSubrange(
          taken.range(row: index, token: place), with: values[range(row: row, token: token)])
      }
      if let end = ends[index], end.tokens > 0 {
        let start = taken.range(row: index, token: reading.tokens.count).lowerBound
        taken.values.replaceSubrange(start..<start + end.values.count, with: end.values)
      }
    }
    copyMarks(readings, ends, into: &taken)
    return taken
  }

  /// Copies the marks of tokens, but not their vectors.
  private func copyMarks(
    _ readings: [(row: Int, reading: Reading)], _ ends: [TokenVectors?],
    into taken: inout TokenVectors
  ) {
    if !padding.isEmpty || ends.contains(where: { $0?.padding.isEmpty == false }) {
      taken.padding = zip(readings, ends).map { item, end in
        let own = Set(padding.isEmpty ? [] : padding[item.row])
        let places = item.reading.tokens
        return places.indices.filter { own.contains(places[$0]) }
          + (end?.padding.first ?? []).map { $0 + places.count }
      }
    }
    if !types.isEmpty || ends.contains(where: { $0?.types.isEmpty == false }) {
      taken.types = zip(readings, ends).map { item, end in
        let own = types(of: item.row)
        return item.reading.tokens.map { own[$0] } + (end?.types(of: 0) ?? [])
      }
      if taken.types.allSatisfy({ $0.allSatisfy { $0 == 0 } }) { taken.types = [] }
    }
    guard !summaries.isEmpty || ends.contains(where: { $0?.summaries.isEmpty == false }) else {
      return
    }
    taken.summaries = zip(readings, ends).enumerated().map { index, item in
      let ((row, reading), end) = item
      if let end { return reading.tokens.count + (end.summaries.first ?? end.tokens - 1) }
      let own = summaries.isEmpty ? nil : reading.tokens.firstIndex(of: summaries[row])
      return own ?? taken.lengths[index] - 1
    }
  }

  /// Adds results for readings to the tokens that they contain.
  mutating func add(
    _ found: TokenVectors, of readings: [(row: Int, reading: Reading)]
  ) {
    for (index, (row, reading)) in readings.enumerated() {
      for (place, token) in reading.tokens.enumerated() {
        let (to, from) = (range(row: row, token: token), found.range(row: index, token: place))
        for offset in 0..<width {
          values[to.lowerBound + offset] += found.values[from.lowerBound + offset]
        }
      }
    }
  }
}
