import Checkpoints
import Tensors

// The passes below the protocols: some rows of a batch through all layers, chunk by chunk as in
// fastai's sentence encoder, and back.
extension AWDLSTM {
  /// What of a text the pooling sees, and in which chunks it is read.
  enum Window {
    /// Chunks of `bptt` tokens, of which `max_len` leaves out the first.
    case model
    /// One pass over everything.
    case whole
  }

  /// A forward pass, and what the way back needs of it.
  struct Pass: Sendable {
    let rows: Range<Int>
    var chunks: [Range<Int>]
    let lengths: [Int]
    var pooling: ConcatPooling
    var logits = Matrix(zeros: 0, 0)
    var headTrace: [Matrix] = []
    /// The layers' states before each chunk.
    var states: [[LSTM.State]] = []
    /// The layers' traces of each chunk; nil where they are computed anew on the way back.
    var traces: [[LSTM.Trace]?] = []
    /// The last layer's outputs, one a chunk, if asked for.
    var outputs: [TimeMajor] = []
  }

  /// What a forward pass keeps.
  enum Keeping { case nothing, outputs, traces }

  func forward(
    _ x: TokenVectors, rows: Range<Int>, window: Window, keeping: Keeping, workers: Workers
  ) throws -> Pass {
    let lengths = Array(x.lengths[rows])
    let steps = lengths.max() ?? 0
    let chunks = chunks(steps: steps, window: window)
    var pass = Pass(
      rows: rows, chunks: chunks, lengths: lengths,
      pooling: ConcatPooling(
        windows: lengths.map { pooledSteps(length: $0, window: window) },
        width: configuration.embeddingSize))
    let padded = PackedMatrix.paddedRows(rows.count)
    var states = layers.map { $0.initialState(rows: padded) }
    let firstKept = firstKeptChunk(chunks, rows: padded)
    for (index, chunk) in chunks.enumerated() {
      if keeping == .traces { pass.states.append(states) }
      let (output, traces) = try encode(
        TimeMajor(x, batchRows: rows, steps: chunk), lengths: self.lengths(lengths, in: chunk),
        states: &states, workers: workers, keepsTraces: keeping == .traces && index >= firstKept)
      pass.pooling.add(output, start: chunk.lowerBound)
      if keeping == .outputs { pass.outputs.append(output) }
      pass.traces.append(traces)
    }
    (pass.logits, pass.headTrace) = head.forward(pass.pooling.pooled)
    return pass
  }

  /// Writes the gradient at the embeddings of a pass's rows, and of no others.
  func backward(
    _ dLogits: Matrix, pass: consuming Pass, x: TokenVectors, into gradient: inout TokenVectors,
    workers: Workers
  ) throws {
    let dPooled = head.backward(dLogits, trace: pass.headTrace)
    let padded = PackedMatrix.paddedRows(pass.rows.count)
    var dStates = layers.map { $0.initialState(rows: padded) }
    while let chunk = pass.chunks.popLast() {
      let lengths = lengths(pass.lengths, in: chunk)
      var states = pass.states.removeLast()
      var traces: [LSTM.Trace] = []
      if let kept = pass.traces.removeLast() {
        traces = kept
      } else {
        traces =
          try encode(
            TimeMajor(x, batchRows: pass.rows, steps: chunk), lengths: lengths, states: &states,
            workers: workers, keepsTraces: true
          ).traces ?? []
      }
      var d = pass.pooling.backward(dPooled, steps: chunk, rows: padded)
      for index in layers.indices.reversed() {
        d = try layers[index].backward(
          d, lengths: lengths, trace: traces.removeLast(), dState: &dStates[index],
          workers: workers)
      }
      d.copy(to: &gradient, batchRows: 0..<pass.rows.count, steps: chunk)
    }
  }

  private func encode(
    _ x: TimeMajor, lengths: [Int], states: inout [LSTM.State], workers: Workers,
    keepsTraces: Bool
  ) throws -> (output: TimeMajor, traces: [LSTM.Trace]?) {
    var x = x
    var traces: [LSTM.Trace] = []
    for (index, layer) in layers.enumerated() {
      let (output, trace) = try layer.forward(
        x, lengths: lengths, state: &states[index], workers: workers)
      x = output
      if keepsTraces { traces.append(trace) }
    }
    return (x, keepsTraces ? traces : nil)
  }
}

extension AWDLSTM {
  func chunks(steps: Int, window: Window) -> [Range<Int>] {
    // A backward direction needs the whole; a forward direction is the same in any chunks.
    let isOne = window == .whole && configuration.isBidirectional
    let length = isOne ? max(1, steps) : configuration.chunk
    return stride(from: 0, to: steps, by: length).map { $0..<min(steps, $0 + length) }
  }

  /// fastai keeps the chunk that begins at `i` if `length - i <= max_len`.
  func pooledSteps(length: Int, window: Window) -> Range<Int> {
    guard window == .model, let most = configuration.maxLength, length > most else {
      return 0..<length
    }
    let chunk = configuration.chunk
    let firstInside = (length - most + chunk - 1) / chunk * chunk
    // fastai fails where even the last chunk is too long.
    return min(firstInside, (length - 1) / chunk * chunk)..<length
  }

  func lengths(_ lengths: [Int], in chunk: Range<Int>) -> [Int] {
    lengths.map { (0..<$0).clamped(to: chunk).count }
  }

  /// Traces are kept of as many chunks from the end as fit into bounded memory.
  private func firstKeptChunk(_ chunks: [Range<Int>], rows: Int) -> Int {
    var bytes = 0
    for (index, chunk) in chunks.enumerated().reversed() {
      bytes += chunk.count * rows * traceBytesPerToken
      if bytes > traceBudget { return min(index + 1, chunks.count - 1) }
    }
    return 0
  }

  /// Four gates and the cell, for each unit.
  var traceBytesPerToken: Int {
    layers.reduce(0) { $0 + $1.outputWidth } * 5 * MemoryLayout<Float>.size
  }
}
