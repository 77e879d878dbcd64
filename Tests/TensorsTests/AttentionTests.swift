import Foundation
import Tensors
import TestSupport
import Testing

struct AttentionTests {
  /// Two heads of width 4, texts of 5, 0 and 3 tokens, with each kind of bias, mask and group.
  struct Kind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let window: Int?
    var keyHeads = 2
    var isCausal = false
    var softCap: Float?
    let bias: AttentionBias
    /// Of a token's queries, keys and values.
    var stride: Int { (2 + 2 * keyHeads) * 4 }
    /// The bias as a function of head, query, key, and their vectors.
    let value: @Sendable (Int, Int, Int, [Double], [Double]) -> Double
  }

  private static let heads = 2
  private static let width = 4
  private static let factor: Float = 0.5
  private static let lengths = [5, 0, 3]

  private static func random(_ count: Int, seed: UInt64) -> [Float] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
  }

  private static let table = random(2 * 5, seed: 3)
  private static let keys = Matrix(rows: 6, columns: 8, elements: random(48, seed: 4))
  private static let queries = Matrix(rows: 6, columns: 8, elements: random(48, seed: 5))
  /// For distances from -3 to 3; those beyond have the outermost bucket.
  private static let buckets = [0, 0, 1, 3, 4, 5, 5]

  private static func term(_ head: Int, _ query: Int, _ key: Int, _ x: [Double], _ m: Matrix)
    -> Double
  {
    let bucket = buckets[max(-3, min(3, query - key)) + 3]
    let products = (0..<width).map { x[$0] * Double(m[bucket, head * width + $0]) }
    return 0.5 * products.reduce(0, +)
  }

  static let kinds = [
    Kind(testDescription: "plain", window: nil, bias: .none) { _, _, _, _, _ in 0 },
    Kind(testDescription: "window", window: 1, bias: .none) { _, query, key, _, _ in
      abs(query - key) <= 1 ? 0 : -.infinity
    },
    Kind(
      testDescription: "distances", window: nil,
      bias: .distances(DistanceBias(reach: 2, values: table))
    ) { head, query, key, _, _ in
      Double(table[head * 5 + max(-2, min(2, key - query)) + 2])
    },
    Kind(
      testDescription: "disentangled", window: nil,
      bias: .disentangled(DisentangledBias(keys: keys, queries: queries, buckets: buckets))
    ) { head, query, key, q, k in
      term(head, query, key, q, keys) + term(head, query, key, k, queries)
    },
    Kind(
      testDescription: "only keys of distances", window: 2,
      bias: .disentangled(DisentangledBias(keys: keys, queries: nil, buckets: buckets))
    ) { head, query, key, q, _ in
      abs(query - key) <= 2 ? term(head, query, key, q, keys) : -.infinity
    },
    Kind(testDescription: "causal", window: nil, isCausal: true, bias: .none) {
      _, query, key, _, _ in key <= query ? 0 : -.infinity
    },
    Kind(
      testDescription: "causal with a window, a cap and one head of keys", window: 2, keyHeads: 1,
      isCausal: true, softCap: 0.4, bias: .none
    ) { _, query, key, _, _ in key <= query && key >= query - 2 ? 0 : -.infinity },
  ]

  private let texts = TextSpans(lengths: lengths)
  /// More than any kind needs.
  private let qkv = random(8 * 24, seed: 1) + [Float](repeating: 0, count: 64 * 24)

  private func attention(_ kind: Kind) -> Attention {
    Attention(
      heads: Self.heads, keyHeads: kind.keyHeads, width: Self.width, factor: Self.factor,
      window: kind.window, isCausal: kind.isCausal, softCap: kind.softCap, bias: kind.bias)
  }

  /// Where a head's queries, keys or values begin.
  private static func column(_ kind: Kind, _ part: Int, _ head: Int) -> Int {
    part == 0
      ? head * width : (2 + (part - 1) * kind.keyHeads + head * kind.keyHeads / 2) * width
  }

  /// The definition, in Double.
  private func weights(_ kind: Kind, _ qkv: [Float], text: Range<Int>, head: Int) -> [[Double]] {
    func vector(_ row: Int, _ part: Int) -> [Double] {
      let start = row * kind.stride + Self.column(kind, part, head)
      return qkv[start..<start + Self.width].map(Double.init)
    }
    return text.map { i in
      let scores = text.map { j in
        let (q, k) = (vector(i, 0), vector(j, 1))
        let score = 0.5 * zip(q, k).reduce(0) { $0 + $1.0 * $1.1 }
        let capped = kind.softCap.map { Double($0) * tanh(score / Double($0)) } ?? score
        return capped + kind.value(head, i - text.lowerBound, j - text.lowerBound, q, k)
      }
      let powers = scores.map { exp($0) }
      let sum = powers.reduce(0, +)
      return powers.map { $0 / sum }
    }
  }

  private func reference(_ kind: Kind, _ qkv: [Float]) -> [Double] {
    var out = [Double](repeating: 0, count: texts.count * 8)
    for text in texts.ranges {
      for head in 0..<Self.heads {
        let weights = weights(kind, qkv, text: text, head: head)
        for (i, row) in text.enumerated() {
          for (j, other) in text.enumerated() {
            for column in 0..<Self.width {
              out[row * 8 + head * Self.width + column] +=
                weights[i][j]
                * Double(qkv[other * kind.stride + Self.column(kind, 2, head) + column])
            }
          }
        }
      }
    }
    return out
  }

  @Test(arguments: kinds) func `values are those of the definition`(_ kind: Kind) throws {
    let found = try attention(kind).forward(qkv, texts: texts, workers: .one)
    let expected = reference(kind, qkv).map(Float.init)
    #expect(found.count >= expected.count)
    #expect(largestDifference(Array(found.prefix(expected.count)), expected) < 1e-6)
  }

  @Test(arguments: kinds) func `a gradient is that of central differences`(_ kind: Kind) throws {
    let dOut = Self.random(8 * 8, seed: 2)
    let found = try attention(kind).backward(
      dOut, qkv: qkv, texts: texts, rule: .derivative, workers: .one)
    let expected = numericGradient(at: Array(qkv.prefix(8 * kind.stride)), step: 1e-3) { x in
      zip(reference(kind, x), dOut).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    #expect(largestDifference(Array(found.prefix(8 * kind.stride)), expected) < 1e-4)
    #expect(expected.contains { abs($0) > 0.1 })
  }

  @Test(arguments: kinds) func `maps are the weights, and their gradient is the values'`(
    _ kind: Kind
  ) throws {
    let text = texts.ranges[0]
    let maps = try attention(kind).weights(qkv, tokens: text.count, workers: .one)
    let expected = (0..<Self.heads).flatMap { head in
      weights(kind, qkv, text: text, head: head).flatMap(\.self).map(Float.init)
    }
    #expect(largestDifference(maps, expected) < 1e-6)
    let dOut = Self.random(5 * 8, seed: 2)
    let gradient = try attention(kind).weightGradient(
      dOut, qkv: qkv, tokens: text.count, workers: .one)
    // out[i] = sum over j of weight[i, j] * v[j]
    let first = (0..<Self.width).reduce(Float(0)) {
      $0 + dOut[$1] * qkv[2 * kind.stride + Self.column(kind, 2, 0) + $1]
    }
    #expect(abs(gradient[2] - first) < 1e-6)
  }

  @Test(arguments: kinds) func `queries that nobody asks for may be left out`(
    _ kind: Kind
  ) throws {
    for queries in [[0..<1, 0..<0, 2..<3], [4..<5, 0..<0, 0..<0], [1..<4, 0..<0, 0..<3]] {
      try attention(kind).expectSame(
        ofQueries: queries, Array(qkv.prefix(8 * kind.stride)), dOut: Self.random(8 * 8, seed: 2),
        baseline: Self.random(8 * kind.stride, seed: 6), texts: texts)
    }
  }

  @Test(arguments: kinds) func `any number of threads gives the same numbers`(_ kind: Kind) throws {
    let long = TextSpans(lengths: [300, 40])
    let many = Self.random(340 * kind.stride, seed: 7)
    let dOut = Self.random(340 * 8, seed: 8)
    let attention = attention(kind)
    let one = try attention.outputOfAnyThreads(many, dOut: dOut, texts: long)
    // Longer than one block of queries: the rows of a text that stands alone are the same.
    let alone = try attention.forward(
      Array(many[300 * kind.stride..<340 * kind.stride]), texts: TextSpans(lengths: [40]),
      workers: .one)
    #expect(largestDifference(Array(alone.prefix(40 * 8)), Array(one[300 * 8..<340 * 8])) < 1e-6)
  }
}

extension Attention {
  /// Whether some queries alone give their rows of the whole, and zeros in all others, forward and backward.
  func expectSame(
    ofQueries queries: [Range<Int>], _ qkv: [Float], dOut: [Float], baseline: [Float],
    texts: TextSpans
  ) throws {
    let columns = heads * width
    var (expected, masked) = (try forward(qkv, texts: texts, workers: .one), dOut)
    for (text, asked) in zip(texts.ranges, queries) {
      for (place, row) in text.enumerated() where !asked.contains(place) {
        for column in row * columns..<(row + 1) * columns {
          (expected[column], masked[column]) = (0, 0)
        }
      }
    }
    let few = try forward(qkv, texts: texts, queries: queries, workers: .one)
    #expect(largestDifference(few, expected) < 1e-6)
    for rule in [BackwardRule.derivative, .relevance] {
      let some = try backward(
        dOut, qkv: qkv, texts: texts, queries: queries, rule: rule, workers: .one)
      let all = try backward(masked, qkv: qkv, texts: texts, rule: rule, workers: .one)
      #expect(largestDifference(some, all) < 1e-6)
    }
    let some = try multipliers(
      dOut, from: baseline, to: qkv, texts: texts, queries: queries, workers: .one)
    let all = try multipliers(masked, from: baseline, to: qkv, texts: texts, workers: .one)
    #expect(largestDifference(some, all) < 1e-6)
  }

  /// What it makes of texts, after a comparison of one, two and three threads, forward and backward.
  func outputOfAnyThreads(_ qkv: [Float], dOut: [Float], texts: TextSpans) throws -> [Float] {
    func results(_ workers: Workers) throws -> [[Float]] {
      [
        try forward(qkv, texts: texts, workers: workers),
        try backward(dOut, qkv: qkv, texts: texts, rule: .derivative, workers: workers),
      ]
    }
    let one = try results(.one)
    for count in 2...3 { #expect(try results(Workers(count)) == one) }
    return one[0]
  }
}
