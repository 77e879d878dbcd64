import Checkpoints
import Tensors

extension AWDLSTM {
  /// The head propagates relevance like its gradient: batch normalisation and linear layers without
  /// their biases, ReLU and maximum by the winning input.
  func relevance(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient {
    try validate(embeddings, targets)
    let pass = try recorded(embeddings)
    let dPooled = head.backward(
      dLogits(of: targets, logits: pass.logits), trace: pass.headTrace)
    let gradient = try backward(pass) { chunk in
      pass.pooling.backward(
        dPooled, steps: pass.chunks[chunk], rows: pass.outputs[chunk].last?.rows ?? 0)
    } slopes: { place, columns in
      .relevance(pass[place], columns: columns)
    }
    return ScoreGradient(
      logits: pass.logits, scores: scores(of: targets, logits: pass.logits), gradient: gradient)
  }
}

extension AWDLSTM {
  public var layerNames: [String] { layers.indices.map { "LSTM \($0 + 1)" } }

  /// For each unit: four gates and the cell, its output twice, the gradient there, and intermediate
  /// values of the backward pass.
  public var layerBytesPerToken: Int {
    layers.reduce(0) { $0 + $1.outputWidth } * 10 * MemoryLayout<Float>.size
  }

  func layerActivations(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> SiteActivations {
    try validate(embeddings, targets)
    let pass = try recorded(embeddings)
    let dPooled = head.backward(
      dLogits(of: targets, logits: pass.logits), trace: pass.headTrace)
    let batch = 0..<embeddings.batch
    var parts = layers.map { layer in
      let empty = TokenVectors(lengths: embeddings.lengths, width: layer.outputWidth)
      return SiteActivations.Part(outputs: empty, gradient: empty)
    }
    for (chunk, outputs) in zip(pass.chunks, pass.outputs) {
      for (layer, output) in outputs.enumerated() {
        output.copy(to: &parts[layer].outputs, batchRows: batch, steps: chunk)
      }
    }
    _ = try backward(pass) { chunk in
      pass.pooling.backward(
        dPooled, steps: pass.chunks[chunk], rows: pass.outputs[chunk].last?.rows ?? 0)
    } slopes: { place, columns in
      .gradient(pass[place], columns: columns)
    } reached: { layer, chunk, d in
      d.copy(to: &parts[layer].gradient, batchRows: batch, steps: chunk)
    }
    return SiteActivations(
      logits: pass.logits, scores: scores(of: targets, logits: pass.logits), parts: parts)
  }
}
