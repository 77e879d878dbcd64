internal import Classifiers
internal import Tokenizers

/// The attention maps of a text, in the form that explainers use.
struct AttentionRun {
  let maps: AttentionMaps
  /// The token that the head reads.
  let reader: Int

  init(_ request: ExplanationRequest, for card: MethodCard) throws {
    let classifier = try request.inspectable(for: card)
    let text = try request.embeddings(by: classifier)
    reader = classifier.readToken(of: text)
    maps = try request.pass { try classifier.attentionMaps(of: request.target, at: text) }
  }

  /// - Returns: counted from 0.
  func layer(of request: ExplanationRequest) throws -> Int {
    let layer = (request.options.layer ?? maps.layers) - 1
    guard (0..<maps.layers).contains(layer) else {
      throw ExplainerError.badOption(
        name: "layer", value: String(layer + 1), allowed: "1 to \(maps.layers)")
    }
    return layer
  }

  /// - Returns: counted from 0; nil is the mean of all.
  func head(of request: ExplanationRequest) throws -> Int? {
    guard let head = request.options.head else { return nil }
    guard (1...max(maps.heads, 1)).contains(head) else {
      throw ExplainerError.badOption(
        name: "head", value: String(head), allowed: "1 to \(maps.heads)")
    }
    return head - 1
  }

  /// The attention of the token that the head reads.
  func row(layer: Int, head: Int) -> [Float] {
    let start = maps.range(layer: layer, head: head).lowerBound + reader * maps.tokens
    return maps.tokens == 0 ? [] : Array(maps.maps[start..<start + maps.tokens])
  }

  /// That token's row of the identity.
  var unitRow: [Double] { (0..<maps.tokens).map { $0 == reader ? 1 : 0 } }

  func mean(layer: Int, heads: [Int]) -> SquareMap {
    summed(layer: layer, heads: heads) { Double(maps.maps[$0]) }
  }

  func positiveGradient(layer: Int) -> SquareMap {
    summed(layer: layer, heads: Array(0..<maps.heads)) {
      max(Double(maps.maps[$0]) * Double(maps.gradient[$0]), 0)
    }
  }

  private func summed(layer: Int, heads: [Int], _ value: (Int) -> Double) -> SquareMap {
    var map = SquareMap(zeros: maps.tokens)
    for head in heads {
      for (place, index) in maps.range(layer: layer, head: head).enumerated() {
        map.values[place] += value(index) / Double(heads.count)
      }
    }
    return map
  }

  func attribution(
    _ scores: [Double], parameters: [String: ParameterValue] = [:], map: ScoreMap? = nil
  ) -> TokenAttribution {
    TokenAttribution(
      scores: scores.map { Float($0) }, targetValue: maps.score, evaluations: 1,
      parameters: parameters, map: map)
  }
}

/// A row-major square matrix, `[T, T]`.
struct SquareMap {
  let size: Int
  var values: [Double]

  init(zeros size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[row * size + column] }
    set { values[row * size + column] = newValue }
  }

  func row(_ row: Int) -> [Double] {
    size == 0 ? [] : Array(values[row * size..<(row + 1) * size])
  }

  mutating func divideRowsBySums() {
    for row in 0..<size {
      let sum = (0..<size).reduce(0) { $0 + self[row, $1] }
      for column in 0..<size where sum > 0 { self[row, column] /= sum }
    }
  }

  /// `self * column`.
  func times(_ column: [Double]) -> [Double] {
    (0..<size).map { row in
      (0..<size).reduce(0) { $0 + values[row * size + $1] * column[$1] }
    }
  }

  /// `row * self`.
  func multiplied(by row: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: size)
    for (place, factor) in row.enumerated() where factor != 0 {
      for column in 0..<size { product[column] += factor * self[place, column] }
    }
    return product
  }
}
