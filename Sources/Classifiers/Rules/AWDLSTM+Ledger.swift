import Checkpoints
import Tensors

extension AWDLSTM {
  public func poolingLedgers(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> [PoolingLedger] {
    try validate(embeddings, targets)
    let pass = try recorded(embeddings)
    let dPooled = head.backward(
      dLogits(of: targets, logits: pass.logits), trace: pass.headTrace)
    let pooled = pass.pooling.pooled
    let outputs = pass.topOutputs
    let width = configuration.embeddingSize
    return targets.indices.map { row in
      let window = pass.pooling.windows[row]
      let empty = [Double](repeating: 0, count: embeddings.lengths[row])
      var (last, largest, mean) = (empty, empty, empty)
      let steps = window.steps(in: window.range)
      for column in 0..<width {
        func share(_ index: Int) -> Double {
          Double(dPooled[row, index]) * Double(pooled[row, index])
        }
        if let step = window.last { last[step] += share(column) }
        let place = Int(pass.pooling.largestSteps[row * width + column])
        if place >= 0 { largest[place] += share(width + column) }
        // forward:  mean = sum over the steps / their number
        let slope = Double(dPooled[row, 2 * width + column]) / Double(max(1, window.count))
        for step in steps {
          let place = outputs.range(row: row, token: step).lowerBound + column
          mean[step] += slope * Double(outputs.values[place])
        }
      }
      return PoolingLedger(
        entries: [
          .init(pool: "last", steps: last), .init(pool: "max", steps: largest),
          .init(pool: "mean", steps: mean),
        ], value: targets[row].unroundedValue(logits: pass.logits[row: row], link: link))
    }
  }
}
