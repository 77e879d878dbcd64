import Tensors

/// How a classifier's answer is made of what a network says of parts of the text.
protocol Derivation: Sendable {
  var classes: [String] { get }
  var link: OutputLink { get }
  /// What the network reads for a text of these tokens, in bounded number; never empty.
  /// - Parameter parts: which text of a pair each token is in, `[T]`.
  /// - Throws: `ClassifierError`.
  func readings(of parts: [Int]) throws -> [Reading]
  /// Logits `[C]` of the network's outputs `[readings, outputs]`.
  func logits(_ outputs: Matrix) -> [Float]
  /// The gradient at the outputs from the one at the logits.
  func backward(_ dLogits: [Float], outputs: Matrix) -> Matrix
  /// Multipliers at the outputs, whose product with their change is that of `multipliers` with the
  /// logits'. By default the gradient, which is right where logits are linear in outputs.
  func chords(_ multipliers: [Float], from baseline: Matrix, to outputs: Matrix) -> Matrix
}

extension Derivation {
  func chords(_ multipliers: [Float], from baseline: Matrix, to outputs: Matrix) -> Matrix {
    backward(multipliers, outputs: outputs)
  }
}

/// What a network reads at once: some tokens of a text, and perhaps a text of its own behind them.
struct Reading: Sendable, Hashable {
  /// Places in the text, ascending.
  var tokens: [Int]
  /// Which of the constant texts follows.
  var suffix: Int?
}

extension TokenVectors {
  /// A row for each reading of some rows.
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

  /// What is known of tokens besides their vectors.
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

  /// Adds what was computed of readings to the tokens that they read.
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
