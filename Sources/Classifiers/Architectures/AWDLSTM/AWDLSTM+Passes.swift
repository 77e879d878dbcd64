import Checkpoints
import Tensors

// The passes below the protocols: some rows of a batch through all layers, chunk by chunk as in
// fastai's sentence encoder, forwards and backwards.
extension AWDLSTM {
  /// The part of a text that is pooled, and the chunks in which it is read.
  enum Window {
    /// Chunks of `bptt` tokens, of which the first are left out by `max_len`.
    case model
    /// The whole text in one pass.
    case whole
  }

  /// The input of a pass.
  enum Input: Sendable {
    /// Some rows of a batch.
    case vectors(TokenVectors, rows: Range<Int>)
    /// Points of a line, one per row, and what their rows have in common.
    case line(LineGates, factors: [Float], interpolation: RowInterpolation?)

    var rows: Range<Int> {
      switch self {
      case .vectors(_, let rows): rows
      case .line(_, let factors, _): factors.indices
      }
    }

    var lengths: [Int] {
      switch self {
      case .vectors(let vectors, let rows): Array(vectors.lengths[rows])
      case .line(let gates, let factors, _): factors.map { _ in gates.steps }
      }
    }

    /// Set if the rows are points of a line that determine each other.
    var interpolation: RowInterpolation? {
      if case .line(_, _, let interpolation) = self { interpolation } else { nil }
    }

    /// The padding in each row's text; empty if there is none.
    var padding: [[Int]] {
      switch self {
      case .vectors(let vectors, let rows):
        vectors.padding(of: rows)
      case .line(let gates, let factors, _):
        gates.padding.isEmpty ? [] : factors.map { _ in gates.padding }
      }
    }
  }

  /// The state from which rows are continued, if not from their first token.
  struct Start: Sendable {
    var step: Int
    /// One row for each layer.
    var states: [LSTM.State]
    /// The pooling of one row so far.
    var pooling: ConcatPooling
  }

  /// A forward pass, and what the backward pass needs of it.
  struct Pass: Sendable {
    let input: Input
    var chunks: [Range<Int>]
    let lengths: [Int]
    /// The padding within the texts that the model takes into account.
    let padding: [[Int]]
    var pooling: ConcatPooling
    var logits = Matrix(zeros: 0, 0)
    var headTrace: [Matrix] = []
    /// The layers' states before each chunk whose traces are recomputed in the backward pass.
    var states: [[LSTM.State]] = []
    /// The layers' traces of each chunk; nil if they are recomputed in the backward pass.
    var traces: [[LSTM.Trace]?] = []
    /// The last layer's outputs for each chunk, if requested.
    var outputs: [TimeMajor] = []
    /// The highest interpolation level that a layer's hidden states needed.
    var level = 0

    var rows: Range<Int> { input.rows }

    /// Drops the traces of the first chunks if the later ones exhaust the memory.
    mutating func keepTraces(within budget: Int) {
      var bytes = 0
      for index in traces.indices.reversed() {
        bytes += traces[index]?.joined().reduce(0) { $0 + $1.byteCount } ?? 0
        if bytes > budget, index < traces.count - 1, let given = traces[index] {
          states[index] = given.map { $0.map(\.start) }
          traces[index] = nil
        }
      }
    }
  }

  /// What a forward pass keeps.
  struct Keeping: OptionSet {
    let rawValue: Int
    static let nothing: Keeping = []
    static let outputs = Keeping(rawValue: 1)
    static let traces = Keeping(rawValue: 2)
  }

  /// Thrown if the points of a line are too far apart to be determined by a few of them.
  struct RoughLine: Error {}

  /// - Parameter stopsIfRough: throw `RoughLine` instead of continuing with all rows.
  func forward(
    _ input: Input, window: Window, keeping: Keeping, from start: Start? = nil,
    stopsIfRough: Bool = false, workers: Workers
  ) throws -> Pass {
    let lengths = input.lengths
    let steps = lengths.max() ?? 0
    let rows = lengths.count
    let padding = window == .model ? input.padding : []
    let stepBytes = rows * traceBytesPerToken
    let chunks =
      skipsChunks(padding)
      ? self.chunks(steps: steps, window: window)
      : chunks(
        steps: steps,
        most: input.interpolation == nil ? traceBudget / max(1, stepBytes) : lineChunk(rows),
        window: window, from: start?.step ?? 0)
    var pass = Pass(
      input: input, chunks: chunks, lengths: lengths, padding: padding,
      pooling: ConcatPooling(
        windows: pooledSteps(lengths: lengths, padding: padding, window: window),
        width: configuration.embeddingSize, continuing: start?.pooling))
    var states =
      start?.states.map { state in state.map { $0.repeated(rows: rows) } }
      ?? layers.map { $0.initialState(rows: rows) }
    // How much memory interpolated steps take is known only afterwards.
    let firstKept = input.interpolation == nil ? firstKeptChunk(chunks, stepBytes: stepBytes) : 0
    for (index, chunk) in chunks.enumerated() {
      let keepsTraces = keeping.contains(.traces) && index >= firstKept
      pass.states.append(keeping.contains(.traces) && !keepsTraces ? states : [])
      var (output, traces, level) = try encode(
        input, chunk: chunk, lengths: self.lengths(lengths, in: chunk), states: &states,
        workers: workers, keepsTraces: keepsTraces)
      pass.level = max(pass.level, level)
      if stopsIfRough, pass.level == input.interpolation?.all { throw RoughLine() }
      skip(rowsSkipped(by: chunk, padding), output: &output, states: &states)
      pass.pooling.add(output, start: chunk.lowerBound)
      if keeping.contains(.outputs) { pass.outputs.append(output) }
      pass.traces.append(traces)
      pass.keepTraces(within: traceBudget)
    }
    (pass.logits, pass.headTrace) = head.forward(pass.pooling.pooled)
    return pass
  }

  /// Writes the gradient at the embeddings of a pass's rows only.
  func backward(
    _ dLogits: Matrix, pass: consuming Pass, into gradient: inout TokenVectors, workers: Workers
  ) throws {
    let rows = 0..<pass.lengths.count
    try backward(dLogits, pass: pass, workers: workers) { d, chunk, lengths, trace, dState in
      try layers[0].backward(
        d, lengths: lengths, trace: trace, dState: &dState, workers: workers
      ).copy(to: &gradient, batchRows: rows, steps: chunk)
    }
  }

  /// Goes back to the outputs of the first layer, and through it by `first`, chunk by chunk from
  /// the last.
  /// - Parameter level: set if the rows are points of a line, of which only the nodes go back, with
  ///   what `RowInterpolation.gathered` makes of all rows; nil for all rows.
  func backward(
    _ dLogits: Matrix, pass: consuming Pass, nodesOf level: Int? = nil, workers: Workers,
    first: BackwardOfFirst
  ) throws {
    let dPooled = head.backward(dLogits, trace: pass.headTrace)
    let pooling = pass.pooling
    if let interpolation = pass.input.interpolation, let level {
      let nodes = interpolation.nodeCount(of: level)
      let gathered = interpolation.gathered(dPooled, level: level)
      let shares = interpolation.shares(of: level)
      return try backward(
        through: pass, rows: nodes, nodesOf: level, workers: workers,
        dOutput: {
          pooling.backward(dPooled, gathered: gathered, shares: shares, steps: $0)
        }, first: first)
    }
    let rows = pass.lengths.count
    try backward(
      through: pass, rows: rows, workers: workers,
      dOutput: { pooling.backward(dPooled, steps: $0, rows: rows) }, first: first)
  }

  typealias BackwardOfFirst = (
    _ d: consuming TimeMajor, _ chunk: Range<Int>, _ lengths: [Int],
    _ trace: consuming LSTM.Trace, _ dState: inout LSTM.State
  ) throws -> Void

  /// The same from the gradient at the last layer's outputs.
  /// - Parameters:
  ///   - rows: how many rows go back.
  ///   - dOutput: the gradient at the outputs of a chunk, `[T, rows, D]`.
  func backward(
    through pass: consuming Pass, rows: Int, nodesOf level: Int? = nil, workers: Workers,
    dOutput: (Range<Int>) -> TimeMajor, first: BackwardOfFirst
  ) throws {
    var dStates = layers.map { $0.initialState(rows: rows) }
    // Held for all chunks, each of which would make its own.
    let transposes =
      pass.chunks.count > 1
      ? try layers.flatMap(\.directions).map {
        try $0.recurrence.transposedWeights(rows: rows, workers: workers)
      } : []
    defer { withExtendedLifetime(transposes) {} }
    while let chunk = pass.chunks.popLast() {
      let lengths = lengths(pass.lengths, in: chunk)
      var states = pass.states.removeLast()
      var traces: [LSTM.Trace] = []
      if let kept = pass.traces.removeLast() {
        traces = kept
      } else {
        traces =
          try encode(
            pass.input, chunk: chunk, lengths: lengths, states: &states, workers: workers,
            keepsTraces: true
          ).traces ?? []
      }
      var d = dOutput(chunk)
      // forward:  output, state = 0, 0 where a row is skipped, and all points of a line are one text
      skip(rowsSkipped(by: chunk, pass.padding).filter { $0 < rows }, output: &d, states: &dStates)
      for index in layers.indices.dropFirst().reversed() {
        d = try layers[index].backward(
          d, lengths: lengths, trace: traces.removeLast(), dState: &dStates[index],
          nodesOf: level, workers: workers)
      }
      try first(d, chunk, lengths, traces.removeLast(), &dStates[0])
    }
  }

  func encode(
    _ input: Input, chunk: Range<Int>, lengths: [Int], states: inout [LSTM.State],
    workers: Workers, keepsTraces: Bool
  ) throws -> (output: TimeMajor, traces: [LSTM.Trace]?, level: Int) {
    var x = TimeMajor(zeros: 0, rows: 0, width: 0)
    var traces: [LSTM.Trace] = []
    var level = 0
    for (index, layer) in layers.enumerated() {
      // A recomputed trace is released here, before that of the next layer is computed.
      let (output, trace) =
        try index == 0
        ? encodeFirst(
          input, chunk: chunk, lengths: lengths, state: &states[0], workers: workers)
        : layer.forward(
          x, lengths: lengths, state: &states[index], interpolation: input.interpolation,
          workers: workers)
      x = output
      level = max(level, output.levels.max() ?? 0)
      if keepsTraces { traces.append(trace) }
    }
    return (x, keepsTraces ? traces : nil, level)
  }

  private func encodeFirst(
    _ input: Input, chunk: Range<Int>, lengths: [Int], state: inout LSTM.State, workers: Workers
  ) throws -> (output: TimeMajor, trace: LSTM.Trace) {
    switch input {
    case .vectors(let vectors, let rows):
      try layers[0].forward(
        TimeMajor(vectors, batchRows: rows, steps: chunk), lengths: lengths, state: &state,
        workers: workers)
    case .line(let gates, let factors, let interpolation):
      try layers[0].forward(
        steps: chunk.count, rows: factors.count, lengths: lengths,
        state: &state, workers: workers
      ) {
        gates.steps(
          direction: $0, factors: factors, interpolation: interpolation, chunk: chunk,
          workers: workers)
      }
    }
  }
}

extension AWDLSTM {
  /// The parts of a text that go through the layers one by one. A backward direction is cut where
  /// fastai cuts it, unless the whole text is requested; a forward direction gives the same result
  /// for any chunks, which are as long as memory allows.
  private func chunks(
    steps: Int, most: Int, window: Window, from start: Int = 0
  ) -> [Range<Int>] {
    let length =
      switch (configuration.isBidirectional, window) {
      case (true, .model): configuration.chunk
      case (true, .whole): max(1, steps)
      case (false, _): max(Recurrence.cellStride, most)
      }
    return stride(from: start, to: steps, by: length).map { $0..<min(steps, $0 + length) }
  }

  /// The chunks in which fastai reads a text.
  func chunks(steps: Int, window: Window) -> [Range<Int>] {
    let isOne = window == .whole && configuration.isBidirectional
    let length = isOne ? max(1, steps) : configuration.chunk
    return stride(from: 0, to: steps, by: length).map { $0..<min(steps, $0 + length) }
  }

  /// fastai keeps the chunk that starts at `i` if `length - i <= max_len`.
  public func pooledSteps(tokens: Int) -> Range<Int> {
    pooledSteps(length: tokens, window: .model)
  }

  func pooledSteps(length: Int, window: Window) -> Range<Int> {
    guard window == .model, let most = configuration.maxLength, length > most else {
      return 0..<length
    }
    let chunk = configuration.chunk
    let firstInside = (length - most + chunk - 1) / chunk * chunk
    // fastai fails if even the last chunk is too long.
    return min(firstInside, (length - 1) / chunk * chunk)..<length
  }

  func lengths(_ lengths: [Int], in chunk: Range<Int>) -> [Int] {
    lengths.map { (0..<$0).clamped(to: chunk).count }
  }

  /// Traces are kept for as many chunks from the end as fit into memory.
  private func firstKeptChunk(_ chunks: [Range<Int>], stepBytes: Int) -> Int {
    var bytes = 0
    for (index, chunk) in chunks.enumerated().reversed() {
      bytes += chunk.count * stepBytes
      if bytes > traceBudget { return min(index + 1, chunks.count - 1) }
    }
    return 0
  }

  /// How many steps' gates a pass along a line holds for one layer of the backward pass. A small
  /// model's groups run in parallel and stay in the cache.
  private func lineChunk(_ rows: Int) -> Int {
    let bytes = isSmall ? 1 << 20 : 8 << 20
    let step = rows * 4 * max(configuration.hiddenSize, configuration.embeddingSize)
    let most = bytes / (step * MemoryLayout<Float>.size)
    return most / Recurrence.cellStride * Recurrence.cellStride
  }

  /// What a pass keeps for one row and step: four gates for each unit, and the cell at every eighth
  /// step.
  var traceBytesPerToken: Int {
    layers.reduce(0) { $0 + $1.outputWidth } * 33 / 8 * MemoryLayout<Float>.size
  }
}

extension Recurrence.State {
  /// Repeats one row's state for `rows` rows.
  fileprivate func repeated(rows: Int) -> Recurrence.State {
    Recurrence.State(
      hidden: Tensors.repeated(hidden, count: rows), cell: Tensors.repeated(cell, count: rows))
  }
}
