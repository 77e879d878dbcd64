import Checkpoints
import Tensors

extension AWDLSTM {
  /// The head's rules: last, mean and linear layers apply to each part separately; the maximum is
  /// taken at the step of the whole state's maximum; ReLU is divided like `tanh` in the cells;
  /// shifts and biases of the head belong to no phrase.
  public func contextualDecomposition(
    of phrases: [Set<Int>], at embeddings: TokenVectors
  ) throws -> Decomposition {
    try validate(embeddings)
    guard embeddings.batch == 1 else {
      throw ClassifierError.wrongCount(of: "rows", expected: 1, found: embeddings.batch)
    }
    let tokens = embeddings.tokens
    let rows = [Int](repeating: tokens, count: phrases.count)
    let padding =
      embeddings.padding.isEmpty ? [] : phrases.map { _ in embeddings.padding[0] }
    var pooling = DecomposedPooling(
      windows: pooledSteps(lengths: rows, padding: padding, window: .model),
      width: configuration.embeddingSize)
    var states = layers.map { layer in
      layer.directions.map { DecomposedState(rows: phrases.count, units: $0.recurrence.units) }
    }
    let split = split(embeddings, phrases: phrases)
    for chunk in chunks(steps: tokens, window: .model) {
      var x = DecomposedStates(
        relevant: TimeMajor(split.relevant, batchRows: 0..<phrases.count, steps: chunk),
        irrelevant: TimeMajor(split.irrelevant, batchRows: 0..<phrases.count, steps: chunk))
      for (index, layer) in layers.enumerated() {
        x = try layer.decomposed(
          x, lengths: lengths(rows, in: chunk), state: &states[index], workers: workers
        ) { row, step in
          row < phrases.count && phrases[row].contains(chunk.lowerBound + step)
        }
      }
      let skipped = rowsSkipped(by: chunk, padding)
      skip(skipped, &x, states: &states)
      pooling.add(x, start: chunk.lowerBound)
    }
    return head.decomposition(relevant: pooling.relevant, irrelevant: pooling.irrelevant)
  }

  /// Sets both parts to zero for these rows.
  private func skip(_ rows: [Int], _ x: inout DecomposedStates, states: inout [[DecomposedState]]) {
    var relevant = states.map { $0.map(\.relevant) }
    var irrelevant = states.map { $0.map(\.irrelevant) }
    skip(rows, output: &x.relevant, states: &relevant)
    skip(rows, output: &x.irrelevant, states: &irrelevant)
    for layer in states.indices {
      for direction in states[layer].indices {
        states[layer][direction].relevant = relevant[layer][direction]
        states[layer][direction].irrelevant = irrelevant[layer][direction]
      }
    }
  }

  private func split(
    _ embeddings: TokenVectors, phrases: [Set<Int>]
  ) -> (relevant: TokenVectors, irrelevant: TokenVectors) {
    let empty = TokenVectors(
      lengths: phrases.map { _ in embeddings.tokens }, width: embeddings.width)
    var parts = (relevant: empty, irrelevant: empty)
    for (row, phrase) in phrases.enumerated() {
      for token in 0..<embeddings.tokens {
        let vector = embeddings.values[embeddings.range(row: 0, token: token)]
        let to = empty.range(row: row, token: token)
        if phrase.contains(token) {
          parts.relevant.values.replaceSubrange(to, with: vector)
        } else {
          parts.irrelevant.values.replaceSubrange(to, with: vector)
        }
      }
    }
    return parts
  }
}

/// `[last, max, mean]` of two parts of the same states.
private struct DecomposedPooling {
  private var whole: ConcatPooling
  private var kept: [DecomposedStates] = []
  private var starts: [Int] = []

  init(windows: [PooledSteps], width: Int) {
    whole = ConcatPooling(windows: windows, width: width)
  }

  mutating func add(_ x: DecomposedStates, start: Int) {
    var sum = x.relevant
    for index in sum.values.indices { sum.values[index] += x.irrelevant.values[index] }
    whole.add(sum, start: start)
    kept.append(x)
    starts.append(start)
  }

  /// `[B, 3 * D]`.
  var relevant: Matrix { pooled(\.relevant) }
  var irrelevant: Matrix { pooled(\.irrelevant) }

  private func pooled(_ part: KeyPath<DecomposedStates, TimeMajor>) -> Matrix {
    let width = whole.width
    var pooled = Matrix(zeros: whole.windows.count, 3 * width)
    for (states, start) in zip(kept, starts) {
      let x = states[keyPath: part]
      for (row, window) in whole.windows.enumerated() {
        let part = start..<start + x.steps
        if let last = window.last, part.contains(last) {
          let from = x.range(step: last - start, row: row).lowerBound
          for column in 0..<width { pooled[row, column] = x.values[from + column] }
        }
        for step in window.steps(in: part) {
          let from = x.range(step: step - start, row: row).lowerBound
          for column in 0..<width {
            let value = x.values[from + column]
            pooled[row, 2 * width + column] += value / Float(window.count)
            if Int(whole.largestSteps[row * width + column]) == step {
              pooled[row, width + column] = value
            }
          }
        }
      }
    }
    return pooled
  }
}

extension PoolingHead {
  fileprivate func decomposition(relevant: Matrix, irrelevant: Matrix) -> Decomposition {
    var (a, b) = (relevant, irrelevant)
    for layer in layers {
      switch layer {
      case .batchNorm(let norm):
        // The shift belongs to no phrase: both parts are scaled, and the rest gets the shift.
        a = norm.backward(a)
        b = norm.forward(b)
      case .linear(let linear):
        a = Linear(weight: linear.weight).forward(a)
        b = linear.forward(b)
      case .relu:
        share(&a, &b) { max($0, 0) }
      case .range(let range):
        let middle = Double(range.forward(0))
        share(&a, &b) { Double(range.forward(Float($0))) - middle }
        for index in b.elements.indices { b.elements[index] += Float(middle) }
      }
    }
    return Decomposition(relevant: a, irrelevant: b)
  }

  private func share(_ a: inout Matrix, _ b: inout Matrix, by f: (Double) -> Double) {
    for index in a.elements.indices {
      let parts = Linearized(Double(a.elements[index]), Double(b.elements[index]), by: f)
      a.elements[index] = Float(parts.a)
      b.elements[index] = Float(parts.b)
    }
  }
}
