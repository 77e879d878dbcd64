import Tensors

/// How a backward pass goes through a layer: by a rule, given what the layer kept, or by the chords
/// from a baseline, given what it kept of both, as in DeepLIFT.
enum LayerRule<Kept> {
  case derivative, relevance
  case chords(from: Kept)

  /// What the layer kept of the baseline.
  var baseline: Kept? {
    guard case .chords(let kept) = self else { return nil }
    return kept
  }

  /// The rule for a part of the layer; nil if the baseline has no such part.
  func map<Part>(_ part: (Kept) -> Part?) -> LayerRule<Part>? {
    switch self {
    case .derivative: .derivative
    case .relevance: .relevance
    case .chords(let kept): part(kept).map { .chords(from: $0) }
    }
  }

  /// The rule for a part that every layer has.
  subscript<Part>(part: KeyPath<Kept, Part>) -> LayerRule<Part> {
    switch self {
    case .derivative: .derivative
    case .relevance: .relevance
    case .chords(let kept): .chords(from: kept[keyPath: part])
    }
  }

  /// The rule if there is no baseline.
  fileprivate var alone: BackwardRule {
    guard case .relevance = self else { return .derivative }
    return .relevance
  }
}

/// A normalisation's input and statistics.
struct NormTrace: Sendable {
  let rows: [Float]
  let statistics: LayerNorm.Statistics
}

extension LayerNorm {
  func backward(
    _ dy: [Float], trace: NormTrace, rule: LayerRule<NormTrace>, workers: Workers
  ) -> [Float] {
    guard let baseline = rule.baseline else {
      return backward(
        dy, rows: trace.rows, statistics: trace.statistics, rule: rule.alone, workers: workers)
    }
    return multipliers(
      dy, from: (baseline.rows, baseline.statistics), to: (trace.rows, trace.statistics),
      workers: workers)
  }
}

extension Activation {
  func backward(
    _ dy: [Float], input x: [Float], rule: LayerRule<[Float]>, workers: Workers
  ) -> [Float] {
    guard let baseline = rule.baseline else {
      return backward(dy, input: x, rule: rule.alone, workers: workers)
    }
    return multipliers(dy, from: baseline, to: x, workers: workers)
  }

  func gatedBackward(
    _ dy: [Float], input x: [Float], rows: Int, columns: Int, rule: LayerRule<[Float]>,
    workers: Workers
  ) -> [Float] {
    guard let baseline = rule.baseline else {
      return gatedBackward(
        dy, input: x, rows: rows, columns: columns, rule: rule.alone, workers: workers)
    }
    return gatedMultipliers(
      dy, from: baseline, to: x, rows: rows, columns: columns, workers: workers)
  }
}

extension Attention {
  /// - Throws: `TensorError.productFailed`.
  func backward(
    _ dOut: [Float], qkv: [Float], texts: TextSpans, queries: [Range<Int>]? = nil,
    rule: LayerRule<[Float]>, workers: Workers
  ) throws -> [Float] {
    guard let baseline = rule.baseline else {
      return try backward(
        dOut, qkv: qkv, texts: texts, queries: queries, rule: rule.alone, workers: workers)
    }
    return try multipliers(
      dOut, from: baseline, to: qkv, texts: texts, queries: queries, workers: workers)
  }
}
