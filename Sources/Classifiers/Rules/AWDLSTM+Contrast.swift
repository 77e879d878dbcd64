import Checkpoints
import Tensors

extension AWDLSTM {
  /// By DeepLIFT's rescale rule.
  func multipliers(
    of targets: [Target], at embeddings: TokenVectors, from baselines: TokenVectors
  ) throws -> ScoreGradient {
    try validate(embeddings, targets)
    let text = try recorded(embeddings)
    let baseline = try recorded(validated(baselines, like: embeddings))
    let pooled = head.multipliers(
      targets.chords(from: baseline.logits, to: text.logits, link: link),
      from: baseline.headTrace, to: text.headTrace)
    let pooling = ContrastivePooling(
      text: text.pooling, baseline: baseline.pooling,
      textOutputs: text.topOutputs, baselineOutputs: baseline.topOutputs)
    let multipliers = try backward(text) { chunk in
      pooling.backward(
        pooled, steps: text.chunks[chunk], rows: text.outputs[chunk].last?.rows ?? 0)
    } slopes: { place, columns in
      .contrast(text[place], baseline[place], columns: columns)
    }
    return ScoreGradient(
      logits: text.logits, scores: scores(of: targets, logits: text.logits),
      gradient: multipliers, baselineLogits: baseline.logits)
  }
}

extension RecordedPass {
  /// The last layer's outputs, `[B, T, D]`.
  var topOutputs: TokenVectors {
    let width = outputs.first?.last?.width ?? 0
    var vectors = TokenVectors(lengths: lengths, width: width)
    for (chunk, layers) in zip(chunks, outputs) {
      layers.last?.copy(to: &vectors, batchRows: 0..<lengths.count, steps: chunk)
    }
    return vectors
  }
}

extension PoolingHead {
  /// Like `backward`, with chords instead of derivatives.
  /// - Parameter m: multipliers at the logits, `[B, C]`.
  func multipliers(_ m: Matrix, from baseline: [Matrix], to text: [Matrix]) -> Matrix {
    var m = m
    for index in layers.indices.reversed() {
      let pairs = zip(text[index].elements, baseline[index].elements)
      switch layers[index] {
      case .batchNorm(let norm): m = norm.backward(m)
      case .linear(let linear): m = linear.backward(m)
      case .relu:
        m.elements = zip(m.elements, pairs).map { m, pair in
          let chord = Chord(Double(pair.0), Double(pair.1)) {
            max($0, 0)
          } derivative: {
            $0 > 0 ? 1 : 0
          }
          return Float(Double(m) * chord.slope)
        }
      case .range(let range):
        m.elements = zip(m.elements, pairs).map { m, pair in
          let width = Double(range.upperBound) - Double(range.lowerBound)
          return Float(Double(m) * width * Chord.sigmoid(Double(pair.0), Double(pair.1)).slope)
        }
      }
    }
    return m
  }
}

/// DeepLIFT's rule for `[last, max, mean]`: last and mean are linear; the change of a maximum is
/// attributed to the step with the larger of the two maxima.
///
/// If the text's maximum is larger, the baseline's value at its step is at most the baseline's own
/// maximum, so the step's own change is at least that of the maximum, and the multiplier lies
/// between 0 and 1. The same holds, with roles exchanged, if the baseline's is larger.
struct ContrastivePooling {
  let text: ConcatPooling
  let baseline: ConcatPooling
  /// `[B, T, D]`.
  let textOutputs: TokenVectors
  let baselineOutputs: TokenVectors

  /// Multipliers at the steps `range`, `[T, B, D]`, from those at the pooled vector, `[B, 3 * D]`.
  func backward(_ pooled: Matrix, steps range: Range<Int>, rows: Int) -> TimeMajor {
    let width = text.width
    var m = text.backwardOfLinear(pooled, steps: range, rows: rows)
    for row in text.windows.indices {
      for column in 0..<width {
        guard let (step, share) = maximum(row: row, column: column), range.contains(step)
        else { continue }
        let to = m.range(step: step - range.lowerBound, row: row).lowerBound
        m.values[to + column] += pooled[row, width + column] * share
      }
    }
    return m
  }

  /// The step that caused the change of a maximum, and its multiplier.
  private func maximum(row: Int, column: Int) -> (step: Int, multiplier: Float)? {
    let at = row * text.width + column
    let change = Double(text.largest[at]) - Double(baseline.largest[at])
    let step = Int(change > 0 ? text.largestSteps[at] : baseline.largestSteps[at])
    guard text.windows[row].contains(step) else { return nil }
    let place = textOutputs.range(row: row, token: step).lowerBound + column
    let input = Double(textOutputs.values[place]) - Double(baselineOutputs.values[place])
    if abs(input) < Chord.smallest { return (step, 1) }
    return (step, Float(change / input))
  }
}
