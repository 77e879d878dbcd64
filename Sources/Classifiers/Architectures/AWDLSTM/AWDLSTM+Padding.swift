import Checkpoints
import Tensors
public import Tokenizers

// Padding within a text, as when a user types `xxpad`. fastai recognises it by its id and cannot
// tell it from the padding of a batch: pooling leaves it out, and fastai 2 treats a text whose
// chunk starts with it as finished. The chunk is not read, its outputs are zero, and the next one
// starts with zero states.
// Source: `SentenceEncoder.forward` and `AWD_LSTM._change_one_hidden`, fastai 2.8;
// `MultiBatchEncoder.forward`, fastai 1.0.61, which reads all chunks.
extension AWDLSTM {
  func hasPadding(_ tokens: [Token]) -> Bool {
    tokens.contains { $0.id == configuration.padding }
  }

  /// The embeddings of variants of a text. Padding counts as such only if it is in the text itself:
  /// a replacement is an input like any other, and the text determines which steps are pooled, as
  /// on a path from a baseline of padding.
  public func embeddings(
    for variants: [[Token]], variantsOf tokens: [Token]
  ) throws -> TokenVectors {
    var vectors = try embedding.forward(variants)
    guard hasPadding(tokens) else { return vectors }
    let padding = configuration.padding
    vectors.padding = variants.map { variant in
      variant.indices.filter {
        variant[$0].id == padding
          && (variant.count != tokens.count || tokens[$0].id == padding)
      }
    }
    return vectors
  }

  /// The pooled steps of texts of these lengths.
  /// - Parameter padding: the padding of each row, or empty.
  func pooledSteps(lengths: [Int], padding: [[Int]], window: Window) -> [PooledSteps] {
    lengths.indices.map { row in
      PooledSteps(
        pooledSteps(length: lengths[row], window: window),
        padding: padding.isEmpty ? [] : padding[row],
        tail: configuration.isFastai1
          ? 0 : configuration.poolingChunk ?? configuration.chunk)
    }
  }

  /// Whether a chunk of some row is not read.
  func skipsChunks(_ padding: [[Int]]) -> Bool {
    !configuration.isFastai1
      && padding.contains { $0.contains { $0.isMultiple(of: configuration.chunk) } }
  }

  /// The rows that are not read in a chunk.
  func rowsSkipped(by chunk: Range<Int>, _ padding: [[Int]]) -> [Int] {
    guard skipsChunks(padding) else { return [] }
    return padding.indices.filter { padding[$0].contains(chunk.lowerBound) }
  }

  /// Sets a chunk's outputs, and the states after it, to zero for these rows; or, in the backward
  /// pass, their gradients.
  func skip(_ rows: [Int], output: inout TimeMajor, states: inout [LSTM.State]) {
    for row in rows {
      for step in 0..<output.steps {
        let range = output.range(step: step, row: row)
        for place in range { output.values[place] = 0 }
      }
    }
    skip(rows, states: &states)
  }

  func skip(_ rows: [Int], states: inout [LSTM.State]) {
    for row in rows {
      for layer in states.indices {
        for direction in states[layer].indices {
          states[layer][direction].clear(row: row, units: layers[layer].directions[direction])
        }
      }
    }
  }
}

extension Recurrence.State {
  fileprivate mutating func clear(row: Int, units direction: LSTM.Direction) {
    let units = direction.recurrence.units
    for place in row * units..<(row + 1) * units {
      hidden[place] = 0
      cell[place] = 0
    }
  }
}
