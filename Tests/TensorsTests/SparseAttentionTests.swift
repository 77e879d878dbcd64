import Foundation
import Tensors
import TestSupport
import Testing

/// Attention of models for long texts, beside its definition over all pairs of tokens.
struct SparseAttentionTests {
  /// Two heads of width 4.
  struct Kind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sparsity: SparseAttention
    /// How many times a key counts for a query of a text of so many tokens.
    let times: @Sendable (_ query: Int, _ key: Int, _ tokens: Int) -> Double
    /// Queries, keys and values of a second set answer the first token's query.
    var hasSecondSet = false

    var stride: Int { hasSecondSet ? 48 : 24 }

    /// Where a head's queries (0), keys or values of a query's set begin.
    func column(_ part: Int, _ head: Int, query: Int) -> Int {
      guard hasSecondSet else { return part * 8 + head * 4 }
      return part * 16 + (query == 0 ? 8 : 0) + head * 4
    }
  }

  static let kinds = [
    Kind(
      testDescription: "first token, two away", sparsity: .firstToken(reach: 2),
      times: { query, key, _ in query == 0 || key == 0 || abs(query - key) <= 2 ? 1 : 0 },
      hasSecondSet: true),
    Kind(
      testDescription: "first token, farther than any text", sparsity: .firstToken(reach: .max),
      times: { _, _, _ in 1 }, hasSecondSet: true),
    // Five blocks are seen whole, so 11 tokens are the first to be cut, into six.
    Kind(testDescription: "blocks of two", sparsity: .blocks(size: 2, copies: 0)) {
      blocks(size: 2, copies: 0, $0, $1, $2)
    },
    // Seven blocks; the last one is not always full.
    Kind(testDescription: "blocks of three with copies", sparsity: .blocks(size: 3, copies: 1)) {
      blocks(size: 3, copies: 1, $0, $1, $2)
    },
  ]

  private static func blocks(
    size: Int, copies: Int, _ query: Int, _ key: Int, _ tokens: Int
  ) -> Double {
    guard tokens > (5 + 2 * copies) * size else { return 1 }
    let (row, column, last) = (query / size, key / size, (tokens - 1) / size)
    if row == 0 || row == last { return 1 }
    if column == 0 { return Double(1 + copies) }
    return column == last || abs(row - column) <= 1 ? 1 : 0
  }

  private static let lengths = [26, 0, 1, 11, 3]
  private let texts = TextSpans(lengths: lengths)

  private static func random(_ count: Int, seed: UInt64) -> [Float] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
  }

  private static func rows(_ kind: Kind, seed: UInt64) -> [Float] {
    random(lengths.reduce(0, +) * kind.stride, seed: seed)
  }

  private static func attention(_ kind: Kind) -> Attention {
    Attention(heads: 2, width: 4, factor: 0.5, sparsity: kind.sparsity)
  }

  /// The definition, in Double.
  private func weights(_ kind: Kind, _ qkv: [Float], _ text: Range<Int>, _ head: Int) -> [[Double]]
  {
    func vector(_ row: Int, _ part: Int, query: Int) -> [Double] {
      let start = row * kind.stride + kind.column(part, head, query: query)
      return qkv[start..<start + 4].map(Double.init)
    }
    return text.indices.enumerated().map { query, row in
      let q = vector(row, 0, query: query)
      let powers = text.indices.enumerated().map { key, other in
        let k = vector(other, 1, query: query)
        return kind.times(query, key, text.count)
          * exp(0.5 * zip(q, k).reduce(0) { $0 + $1.0 * $1.1 })
      }
      let sum = powers.reduce(0, +)
      return powers.map { $0 / sum }
    }
  }

  private func reference(_ kind: Kind, _ qkv: [Float]) -> [Double] {
    var out = [Double](repeating: 0, count: texts.count * 8)
    for text in texts.ranges {
      for head in 0..<2 {
        for (query, weights) in weights(kind, qkv, text, head).enumerated() {
          for (key, weight) in weights.enumerated() {
            let start = (text.lowerBound + key) * kind.stride + kind.column(2, head, query: query)
            for column in 0..<4 {
              out[(text.lowerBound + query) * 8 + head * 4 + column] +=
                weight * Double(qkv[start + column])
            }
          }
        }
      }
    }
    return out
  }

  @Test(arguments: kinds) func `values are those of the definition`(_ kind: Kind) throws {
    let qkv = Self.rows(kind, seed: 1)
    let attention = Self.attention(kind)
    #expect(attention.packedWidth == kind.stride)
    let found = try attention.forward(qkv, texts: texts, workers: .one)
    let expected = reference(kind, qkv).map(Float.init)
    #expect(largestDifference(Array(found.prefix(expected.count)), expected) < 1e-6)
  }

  @Test(arguments: kinds) func `a gradient is that of central differences`(_ kind: Kind) throws {
    let qkv = Self.rows(kind, seed: 1)
    let count = texts.count * kind.stride
    let dOut = Self.random(texts.count * 8, seed: 2)
    let found = try Self.attention(kind).backward(
      dOut, qkv: qkv, texts: texts, rule: .derivative, workers: .one)
    func value(_ place: Int, _ step: Float) -> Double {
      var changed = qkv
      changed[place] += step
      return zip(reference(kind, changed), dOut).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    // Places of all columns and of rows of all texts.
    var largest: Float = 0
    for place in stride(from: 0, to: count, by: 31) {
      let expected = Float((value(place, 0x1p-10) - value(place, -0x1p-10)) / 0x1p-9)
      largest = max(largest, abs(expected))
      #expect(abs(found[place] - expected) < 2e-4, "\(place)")
    }
    #expect(largest > 0.1)
  }

  @Test(arguments: kinds) func `maps are the weights, and their gradient is the values'`(
    _ kind: Kind
  ) throws {
    let qkv = Self.rows(kind, seed: 1)
    let text = texts.ranges[0]
    let attention = Self.attention(kind)
    let maps = try attention.weights(qkv, tokens: text.count, workers: .one)
    let expected = (0..<2).flatMap { head in
      weights(kind, qkv, text, head).flatMap(\.self).map(Float.init)
    }
    #expect(largestDifference(maps, expected) < 1e-6)
    let dOut = Self.random(text.count * 8, seed: 2)
    let gradient = try attention.weightGradient(
      dOut, qkv: qkv, tokens: text.count, workers: .one)
    for (head, query, key) in [(0, 0, 7), (1, 0, 25), (0, 9, 8), (1, 25, 0)] {
      // out[i] = sum over j of weight[i, j] * v[j]
      let expected = (0..<4).reduce(Float(0)) {
        $0 + dOut[query * 8 + head * 4 + $1]
          * qkv[key * kind.stride + kind.column(2, head, query: query) + $1]
      }
      let found = gradient[(head * text.count + query) * text.count + key]
      #expect(abs(found - expected) < 1e-6)
    }
  }

  @Test(arguments: kinds) func `chords add up to the change of the output`(_ kind: Kind) throws {
    let (text, baseline) = (Self.rows(kind, seed: 1), Self.rows(kind, seed: 3))
    let m = Self.random(texts.count * 8, seed: 2)
    let found = try Self.attention(kind).multipliers(
      m, from: baseline, to: text, texts: texts, workers: .one)
    let parts = (0..<texts.count * kind.stride).map {
      Double(found[$0]) * (Double(text[$0]) - Double(baseline[$0]))
    }
    let change = zip(zip(reference(kind, text), reference(kind, baseline)), m).reduce(0) {
      $0 + ($1.0.0 - $1.0.1) * Double($1.1)
    }
    #expect(abs(parts.reduce(0, +) - change) < 1e-4 && abs(change) > 0.1)
  }

  /// Half of the relevance stays with the values, a quarter each with queries and keys.
  @Test(arguments: kinds) func `relevance is shared as between the factors of products`(
    _ kind: Kind
  ) throws {
    let qkv = Self.rows(kind, seed: 1)
    let dOut = Self.random(texts.count * 8, seed: 2)
    let attention = Self.attention(kind)
    let plain = try attention.backward(
      dOut, qkv: qkv, texts: texts, rule: .derivative, workers: .one)
    let shared = try attention.backward(
      dOut, qkv: qkv, texts: texts, rule: .relevance, workers: .one)
    for row in 0..<texts.count {
      for column in 0..<kind.stride {
        let place = row * kind.stride + column
        let share: Float = attention.valueColumns.contains(column) ? 0.5 : 0.25
        #expect(abs(shared[place] - share * plain[place]) < 1e-6)
      }
    }
  }

  @Test(arguments: kinds) func `queries that nobody asks for may be left out`(
    _ kind: Kind
  ) throws {
    for first in [0, 1, 12, 25] {
      try Self.attention(kind).expectSame(
        ofQueries: Self.lengths.map { min(first, $0)..<min(first + 1, $0) },
        Self.rows(kind, seed: 1), dOut: Self.random(texts.count * 8, seed: 2),
        baseline: Self.rows(kind, seed: 3), texts: texts)
    }
  }

  @Test(arguments: kinds) func `any number of threads gives the same numbers`(_ kind: Kind) throws {
    let long = TextSpans(lengths: [300, 40])
    let many = Self.random(340 * kind.stride, seed: 7)
    let dOut = Self.random(340 * 8, seed: 8)
    let output = try Self.attention(kind).outputOfAnyThreads(many, dOut: dOut, texts: long)
    #expect(output.count == 340 * 8)
  }
}
