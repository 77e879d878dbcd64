import Checkpoints
import Tensors

/// A forward pass of an AWD-LSTM that keeps everything a rule may need.
struct RecordedPass: Sendable {
  let chunks: [Range<Int>]
  let lengths: [Int]
  /// The padding within each row's text, or empty.
  let padding: [[Int]]
  var pooling: ConcatPooling
  var logits = Matrix(zeros: 0, 0)
  var headTrace: [Matrix] = []
  /// `[chunk][layer][direction]`.
  var records: [[[LSTMRecord]]] = []
  /// `[chunk][layer]`, `[T, B, D]` each.
  var outputs: [[TimeMajor]] = []

  /// The index of a record.
  struct Place {
    let chunk, layer, direction: Int
  }

  subscript(place: Place) -> LSTMRecord { records[place.chunk][place.layer][place.direction] }
}

extension AWDLSTM {
  /// All rows in one pass.
  func recorded(_ x: TokenVectors) throws -> RecordedPass {
    try validate(x)
    let chunks = chunks(steps: x.tokens, window: .model)
    var pass = RecordedPass(
      chunks: chunks, lengths: x.lengths, padding: x.padding,
      pooling: ConcatPooling(
        windows: pooledSteps(lengths: x.lengths, padding: x.padding, window: .model),
        width: configuration.embeddingSize))
    var states = layers.map { $0.initialState(rows: x.batch) }
    for chunk in chunks {
      let lengths = lengths(x.lengths, in: chunk)
      var input = TimeMajor(x, batchRows: 0..<x.batch, steps: chunk)
      var records: [[LSTMRecord]] = []
      var outputs: [TimeMajor] = []
      for (index, layer) in layers.enumerated() {
        let (output, record) = try layer.recorded(
          input, lengths: lengths, state: &states[index], workers: workers)
        records.append(record)
        outputs.append(output)
        input = output
      }
      let skipped = rowsSkipped(by: chunk, x.padding)
      skip(skipped, output: &input, states: &states)
      outputs[outputs.count - 1] = input
      pass.records.append(records)
      pass.outputs.append(outputs)
      pass.pooling.add(input, start: chunk.lowerBound)
    }
    (pass.logits, pass.headTrace) = head.forward(pass.pooling.pooled)
    return pass
  }

  /// Goes back through a recorded pass by a rule.
  /// - Parameters:
  ///   - top: returns the gradient at the last layer's outputs in a chunk, `[T, B, D]`.
  ///   - slopes: the rule, for one direction of one layer in one chunk.
  ///   - reached: called with the gradient at each layer's outputs in each chunk.
  /// - Returns: the gradient at the embeddings, `[B, T, D]`.
  func backward(
    _ pass: RecordedPass, top: (_ chunk: Int) -> TimeMajor,
    slopes: (RecordedPass.Place, [[Int]]) -> LSTMSlopes,
    reached: (_ layer: Int, _ chunk: Range<Int>, TimeMajor) -> Void = { _, _, _ in }
  ) throws -> TokenVectors {
    let batch = 0..<pass.lengths.count
    var gradient = TokenVectors(lengths: pass.lengths, width: configuration.embeddingSize)
    var dStates = layers.map { $0.initialState(rows: batch.count) }
    for (index, chunk) in pass.chunks.enumerated().reversed() {
      let lengths = lengths(pass.lengths, in: chunk)
      var d = top(index)
      skip(rowsSkipped(by: chunk, pass.padding), output: &d, states: &dStates)
      for layer in layers.indices.reversed() {
        reached(layer, chunk, d)
        let directions = layers[layer].directions.enumerated().map { direction, part in
          slopes(.init(chunk: index, layer: layer, direction: direction), part.recurrence.columns)
        }
        d = try layers[layer].backward(
          d, lengths: lengths, slopes: directions, dState: &dStates[layer], workers: workers)
      }
      d.copy(to: &gradient, batchRows: batch, steps: chunk)
    }
    return gradient
  }
}
