import Checkpoints
import Tensors

/// The products of the first layer's input weights along a line. They are linear, so those of the
/// two ends give that of every point between them: `W (x + a (x - b)) = W x + a W (x - b)`.
struct LineGates: Sendable {
  /// `W x` plus the biases for each direction, `[T, 4 * units]` in the order of the text.
  private let text: [[Float]]
  /// `W (x - b)`.
  private let difference: [[Float]]
  let steps: Int
  /// The padding within the text.
  let padding: [Int]

  init(_ line: EmbeddingLine, layer: LSTM, workers: Workers) throws {
    steps = line.text.tokens
    padding = line.text.padding.first ?? []
    let x = TimeMajor(line.text, batchRows: 0..<1, steps: 0..<steps)
    var vectors = line.text
    vectors.values = line.difference
    let change = TimeMajor(vectors, batchRows: 0..<1, steps: 0..<steps)
    text = try layer.directions.map { try $0.gates(x, workers: workers) }
    difference = try layer.directions.map {
      try $0.input.product(change.values, rows: x.steps, workers: workers)
    }
  }

  /// The steps of a chunk, in the order in which a direction reads them.
  /// - Parameters:
  ///   - factors: `a` above, one per row.
  ///   - interpolation: set if rows may be interpolated.
  func steps(
    direction: Int, factors: [Float], interpolation: RowInterpolation?, chunk: Range<Int>,
    workers: Workers
  ) -> LSTM.Gates {
    let columns = text[direction].count / max(1, steps)
    func part(_ gates: [Float]) -> [Float] {
      guard direction == 1 else {
        return Array(gates[chunk.lowerBound * columns..<chunk.upperBound * columns])
      }
      return chunk.reversed().flatMap { gates[$0 * columns..<($0 + 1) * columns] }
    }
    let base = part(text[direction])
    let change = part(difference[direction])
    if let interpolation {
      return .interpolated(
        InterpolatedSteps(
          base: base, change: change, factors: factors, columns: columns,
          interpolation: interpolation,
          workers: workers))
    }
    return .rows(
      spread(
        base: base, change: change, factors: factors, columns: columns, workers: workers))
  }
}

extension AWDLSTM {
  public func gradient(
    of target: Target, along line: EmbeddingLine, at points: [EmbeddingLine.Point]
  ) throws -> LineGradient {
    try validate(line.text, [target])
    let gates = try LineGates(line, layer: layers[0], workers: workers)
    var logits = Matrix(zeros: points.count, classes.count)
    var gradient = TokenVectors(lengths: line.text.lengths, width: line.text.width)
    for isWeighted in [false, true] {
      let indices = points.indices.filter { (points[$0].weight != 0) == isWeighted }
        .sorted { points[$0].alpha < points[$1].alpha }
      try perGroup(lineGroups(of: indices.count, tokens: line.text.tokens)) { group, workers in
        try pass(
          indices[group].map { points[$0] }, target: isWeighted ? target : nil, gates: gates,
          workers: workers)
      } receive: { group, result in
        for (row, values) in zip(indices[group], result.logits) {
          logits.replace(row: row, with: values)
        }
        for (place, value) in result.gradient.enumerated() { gradient.values[place] += value }
      }
    }
    return LineGradient(logits: logits, gradient: gradient)
  }

  /// How many points a pass takes. With more of them, a smaller fraction determines the others, and
  /// a large model's weights are read once for all.
  private func lineGroups(of count: Int, tokens: Int) -> [Range<Int>] {
    guard !isSmall, !configuration.isBidirectional else {
      return groups(of: count, tokens: tokens)
    }
    // The memory at the start of each chunk grows with both.
    let most = min(56, max(14, 12_000 / max(1, tokens)))
    let parts = (count + most - 1) / most
    return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
  }

  /// Runs some points and, if there is a target, goes back for the weighted sum of their gradients
  /// at the embeddings, `[T, D]`. One pass if a few points determine the others, otherwise two,
  /// because half a line is smoother.
  private func pass(
    _ points: [EmbeddingLine.Point], target: Target?, gates: LineGates, workers: Workers
  ) throws -> (logits: [[Float]], gradient: [Float]) {
    do {
      return try onePass(
        points, target: target, gates: gates, stopsIfRough: points.count >= Self.fewestCut,
        workers: workers)
    } catch is RoughLine {
      let middle = points.count / 2
      let first = try pass(
        Array(points[..<middle]), target: target, gates: gates, workers: workers)
      let second = try pass(
        Array(points[middle...]), target: target, gates: gates, workers: workers)
      return (
        first.logits + second.logits, zip(first.gradient, second.gradient).map { $0 + $1 }
      )
    }
  }

  /// The fewest points that are divided in two if they are not smooth; fewer gain nothing.
  private static let fewestCut = 36

  private func onePass(
    _ points: [EmbeddingLine.Point], target: Target?, gates: LineGates, stopsIfRough: Bool,
    workers: Workers
  ) throws -> (logits: [[Float]], gradient: [Float]) {
    // The two directions meet at each step with different pasts, so their rows are not
    // interpolated.
    let interpolation =
      configuration.isBidirectional ? nil : RowInterpolation(places: points.map(\.alpha))
    let pass = try forward(
      .line(gates, factors: points.map { Float($0.alpha - 1) }, interpolation: interpolation),
      window: .model,
      keeping: target == nil ? .nothing : .traces, stopsIfRough: stopsIfRough, workers: workers)
    let logits = (0..<points.count).map { pass.logits[row: $0] }
    guard let target else { return (logits, []) }
    let dLogits = Matrix(
      rows: points.count, columns: classes.count,
      elements: zip(points, logits).flatMap { point, logits in
        target.gradient(logits: logits, link: link).map { $0 * Float(point.weight) }
      })
    var gradient = zeros(gates.steps * configuration.embeddingSize)
    let level = interpolation.flatMap { backwardLevel(of: pass, along: $0) }
    try backward(dLogits, pass: pass, nodesOf: level, workers: workers) {
      d, chunk, lengths, trace, dState in
      try addGradient(
        d, chunk: chunk, lengths: lengths, trace: trace, dState: &dState, nodesOf: level,
        to: &gradient, workers: workers)
    }
    return (logits, gradient)
  }

  /// Goes back through the first layer, and adds up all rows there.
  /// - Parameter gradient: at the embeddings of the line's text, `[T, D]`.
  func addGradient(
    _ d: consuming TimeMajor, chunk: Range<Int>, lengths: [Int], trace: consuming LSTM.Trace,
    dState: inout LSTM.State, nodesOf level: Int? = nil, to gradient: inout [Float],
    workers: Workers
  ) throws {
    let rows = 0..<d.rows
    var gradients = [exchange(&gradient, with: [])]
    try addGradients(
      d, chunk: chunk, lengths: lengths, trace: trace, dState: &dState, nodesOf: level,
      of: [rows], to: &gradients, workers: workers)
    gradient = gradients[0]
  }

  /// The same with a sum of its own for each of some ranges of rows.
  func addGradients(
    _ d: consuming TimeMajor, chunk: Range<Int>, lengths: [Int], trace: consuming LSTM.Trace,
    dState: inout LSTM.State, nodesOf level: Int? = nil, of ranges: [Range<Int>],
    to gradients: inout [[Float]], workers: Workers
  ) throws {
    let rows = d.rows
    let width = configuration.embeddingSize
    try layers[0].backward(
      d, lengths: lengths, trace: trace, dState: &dState, nodesOf: level, workers: workers
    ) { direction, dGates in
      // The rest is linear, so the rows are added up first.
      let columns = layers[0].directions[direction].input.columns
      for (place, range) in ranges.enumerated() {
        var sums = zeros(chunk.count * columns)
        addRows(
          range, of: dGates, rows: rows, steps: chunk.count, columns: columns, to: &sums,
          workers: workers)
        let dx = try layers[0].directions[direction].backward(
          sums, rows: chunk.count, workers: workers)
        for (index, step) in (direction == 0 ? Array(chunk) : chunk.reversed()).enumerated() {
          for column in 0..<width {
            gradients[place][step * width + column] += dx[index * width + column]
          }
        }
      }
    }
  }

  /// The level of an interpolation whose nodes alone go through the backward pass, one above that
  /// of the forward pass; nil if that is all rows.
  ///
  /// The gradient at a point's outputs jumps along the line, because max pooling does, and cannot
  /// be interpolated. But the backward pass from there is linear and, as a function of the point,
  /// as smooth as the hidden states of the forward pass, because it uses the same gates. So the sum
  /// of the gradients over all points equals that over the nodes if each point's gradient is
  /// distributed to the nodes by their interpolation weights.
  private func backwardLevel(of pass: Pass, along interpolation: RowInterpolation) -> Int? {
    pass.level + 1 < interpolation.all ? pass.level + 1 : nil
  }
}
