import Checkpoints
import Tensors

// The last layer's output is smooth along a line: a few nodes determine it, including the places
// where max pooling jumps from one time step to another. So only the nodes go through the layers;
// pooling and head, which are cheap, see as many points as the jumps need. The backward pass from
// the outputs is linear and as smooth along the line as they are, so the gradient of the points is
// gathered at the nodes, and only these go through the backward pass.
extension AWDLSTM {
  /// The first and the largest number of nodes, and of points of the midpoint rule between them.
  private static let firstNodes = 9
  static let mostNodes = 33
  private static let points = 512
  /// The largest last coefficients, relative to the largest output.
  private static let tolerance: Float = 0x1p-12

  public func integral(of target: Target, along line: EmbeddingLine) throws -> LineIntegral? {
    try validate(line.text, [target])
    guard line.text.tokens > 0, fitsOutputs(tokens: line.text.tokens) else { return nil }
    let gates = try LineGates(line, layer: layers[0], workers: workers)
    var nodes = ChebyshevNodes(Self.firstNodes, after: Self.firstNodes)
    var passes = try passes(nodes.places, gates: gates)
    var outputs = outputs(of: passes)
    while nodes.places.count < Self.mostNodes,
      roughness(of: outputs, at: nodes) > Self.tolerance
    {
      let known = nodes.places.count
      nodes = ChebyshevNodes(2 * known - 1, after: Self.firstNodes)
      passes += try self.passes(Array(nodes.places[known...]), gates: gates)
      outputs = self.outputs(of: passes)
    }
    let places = (0..<Self.points).map { (Double($0) + 0.5) / Double(Self.points) }
    let shares = nodes.shares(at: places)
    let pooling = try ConcatPooling(
      window: passes[0].pass.pooling.windows[0], width: configuration.embeddingSize,
      outputs: outputs,
      shares: shares, workers: workers)
    let (logits, headTrace) = head.forward(pooling.pooled)
    let dLogits = Matrix(
      rows: Self.points, columns: classes.count,
      elements: (0..<Self.points).flatMap {
        target.gradient(logits: logits[row: $0], link: link).map { $0 / Float(Self.points) }
      })
    let gradient = try backward(
      head.backward(dLogits, trace: headTrace), pooling: pooling, shares: shares,
      passes: passes, steps: gates.steps)
    var result = LineIntegral(
      logits: Matrix(zeros: 2, classes.count),
      gradient: TokenVectors(lengths: line.text.lengths, width: line.text.width),
      passes: nodes.places.count, points: Self.points)
    result.gradient.values = gradient
    let ends = passes.flatMap { nodes in nodes.pass.rows.map { nodes.pass.logits[row: $0] } }
    result.logits.replace(row: 0, with: ends[0])
    result.logits.replace(row: 1, with: ends[Self.firstNodes - 1])
    return result
  }

  /// Whether the outputs at the nodes fit into the budget of traces.
  private func fitsOutputs(tokens: Int) -> Bool {
    let bytes = tokens.multipliedReportingOverflow(
      by: 2 * Self.mostNodes * configuration.embeddingSize * MemoryLayout<Float>.size)
    return !bytes.overflow && bytes.partialValue <= 4 * traceBudget
  }

  /// Some nodes on their way through the layers.
  private struct NodePass: Sendable {
    let pass: Pass
    /// The rows whose gradients are added up before the others': the same for any number of threads.
    let sums: [Range<Int>]
  }

  /// The groups side by side; on one thread all nodes together, so that the recurrent weights are read once a
  /// step for all.
  private func passes(_ places: [Double], gates: LineGates) throws -> [NodePass] {
    let groups = nodeGroups(places.count, tokens: gates.steps)
    let isOne = workers.threads == 1
    return try perGroup(isOne ? [0..<places.count] : groups) { rows, workers in
      NodePass(
        pass: try forward(
          .line(gates, factors: places[rows].map { Float($0 - 1) }, interpolation: nil),
          window: .model,
          keeping: [.traces, .outputs], workers: workers),
        sums: isOne ? groups : [0..<rows.count])
    }
  }

  private func nodeGroups(_ count: Int, tokens: Int) -> [Range<Int>] {
    isSmall ? groups(of: count, tokens: tokens) : [0..<count]
  }

  /// The outputs of the nodes at the pooled steps, `[steps, nodes, D]`.
  private func outputs(of passes: [NodePass]) -> [Float] {
    let width = configuration.embeddingSize
    let window = passes[0].pass.pooling.windows[0]
    let nodes = passes.reduce(0) { $0 + $1.pass.rows.count }
    var outputs = zeros(window.count * nodes * width)
    var first = 0
    for pass in passes.map(\.pass) {
      var place = first * width
      for (chunk, output) in zip(pass.chunks, pass.outputs) {
        for step in window.steps(in: chunk) {
          let start = output.range(step: step - chunk.lowerBound, row: 0).lowerBound
          let count = pass.rows.count * width
          outputs.replaceSubrange(place..<place + count, with: output.values[start..<start + count])
          place += nodes * width
        }
      }
      first += pass.rows.count
    }
    return outputs
  }

  /// The last two coefficients of the outputs' series, relative to the largest output.
  private func roughness(of outputs: [Float], at nodes: ChebyshevNodes) -> Float {
    let functionals = nodes.lastCoefficients(2)
    let width = configuration.embeddingSize
    let count = nodes.places.count * width
    var largest: Float = 0
    var rough: Float = 0
    for start in stride(from: 0, to: outputs.count, by: count) {
      let step = Matrix(
        rows: nodes.places.count, columns: width, elements: Array(outputs[start..<start + count]))
      largest = max(largest, step.elements.reduce(0) { max($0, $1.magnitude) })
      let last = functionals.multiplied(by: step).elements
      for column in 0..<width {
        rough = max(rough, last[column].magnitude + last[width + column].magnitude)
      }
    }
    // More nodes do not help against NaN.
    return largest > 0 && rough.isFinite ? rough / largest : 0
  }

  /// The gradient at the embeddings, `[T, D]`, from that at the points' pools.
  private func backward(
    _ dPooled: Matrix, pooling: ConcatPooling, shares: Matrix, passes: [NodePass], steps: Int
  ) throws -> [Float] {
    var first = 0
    let parts = passes.map { part in
      let nodes = first..<first + part.pass.rows.count
      first = nodes.upperBound
      return (part: part, nodes: nodes)
    }
    var gradient = zeros(steps * configuration.embeddingSize)
    try perGroup(parts) { group, workers in
      var results = group.part.sums.map { _ in zeros(steps * configuration.embeddingSize) }
      let own = shares.selecting(columns: group.nodes)
      let gathered = own.transposeMultiplied(by: dPooled)
      try backward(
        through: group.part.pass, rows: group.nodes.count, workers: workers,
        dOutput: {
          pooling.backward(dPooled, gathered: gathered, shares: own, steps: $0)
        },
        first: { d, chunk, lengths, trace, dState in
          try addGradients(
            d, chunk: chunk, lengths: lengths, trace: trace, dState: &dState,
            of: group.part.sums, to: &results, workers: workers)
        })
      return results
    } receive: { _, parts in
      for part in parts {
        for place in gradient.indices { gradient[place] += part[place] }
      }
    }
    return gradient
  }
}
