internal import Checkpoints
public import Tensors

/// A transformer text classifier: what BERT, Llama and their relatives have in common.
///
/// The texts of a batch are concatenated in one matrix, without padding and masks, so that a text's
/// results do not depend on the others. Dropout is off.
public struct Transformer: Sendable {
  public private(set) var classes: [String]
  public private(set) var link: OutputLink
  /// The number of threads for a pass. Results are the same for any number.
  public var workers = Workers.all
  /// The most bytes that a pass keeps for the backward pass. The rest is computed a second time,
  /// layer by layer.
  package var traceBudget = 352 << 20
  var embedding: TextEmbedding
  /// In the order in which they are used; some families use a layer several times.
  var layers: [TransformerLayer]
  /// DeBERTa-v2's convolution beside the first layer.
  var convolution: ConvolutionBranch?
  /// The normalisation of the last layer's output, for layers that normalise their inputs.
  var finalNorm: LayerNorm?
  var head: ClassificationHead

  /// - Parameter head: nil for an encoder alone, which has no classes.
  init(
    classes: [String] = [], link: OutputLink = .identity, embedding: TextEmbedding,
    layers: [TransformerLayer], convolution: ConvolutionBranch? = nil,
    finalNorm: LayerNorm? = nil, head: ClassificationHead? = nil
  ) {
    self.classes = classes
    self.link = link
    self.embedding = embedding
    self.layers = layers
    self.convolution = convolution
    self.finalNorm = finalNorm
    self.head = head ?? .none(width: layers.last?.attention.output.outputs ?? 0)
  }

  /// An encoder with a head.
  func classifier(
    _ configuration: HuggingFaceConfiguration, head: ClassificationHead
  ) -> Transformer {
    var classifier = self
    classifier.classes = configuration.classes
    classifier.link = configuration.link
    classifier.head = head
    return classifier
  }

  /// The width of a token's vector after the last layer.
  var width: Int { layers.last?.attention.output.outputs ?? embedding.words.weight.columns }

  /// For a token in all layers.
  var traceBytesPerToken: Int { layers.reduce(0) { $0 + $1.traceBytesPerToken } }
}

// The passes below the protocols: some rows of a batch through all layers, forwards and backwards.
extension Transformer {
  /// The forward pass of some texts, and what the backward pass needs of it.
  struct Pass: NetworkPass {
    let texts: TextSpans
    /// The trace of the embedding's normalisation, if it has one.
    let embeddingTrace: NormTrace?
    /// The input of each layer whose trace was not kept; that of the first layer also if a
    /// convolution reads it.
    var inputs: [[Float]?] = []
    var traces: [TransformerLayer.Trace?] = []
    var convolutionTrace: ConvolutionBranch.Trace?
    var final: NormTrace?
    var logits = Matrix(zeros: 0, 0)
    var headTrace: ClassificationHead.Trace?
  }

  /// - Parameters:
  ///   - vectors: the word embeddings, `[N, E]`.
  ///   - places: the places of the tokens.
  ///   - padding: the tokens of each text that are padding; or empty.
  ///   - silenced: rows whose value vectors are zero in every layer.
  ///   - keeping: the most bytes of traces; nil keeps nothing for a backward pass.
  /// - Throws: `CancellationError`, `TensorError.productFailed`.
  func forward(
    _ vectors: consuming [Float], texts: TextSpans, places: TokenPlaces, padding: [[Int]],
    silenced: [Int] = [], keeping budget: Int?
  ) throws -> Pass {
    var (x, pass) = try encode(
      vectors, texts: texts, places: places, silenced: silenced,
      only: head.readRows(texts, padding: padding), keeping: budget)
    (pass.logits, pass.headTrace) = head.forward(x, texts: texts, padding: padding)
    return pass
  }

  /// The same up to the head: the output of the last layer, `[N, D]`.
  /// - Parameter only: the rows of it that are read, if not all; the others are undefined.
  func encode(
    _ vectors: consuming [Float], texts: TextSpans, places: TokenPlaces, silenced: [Int] = [],
    only: RowSelection? = nil, keeping budget: Int?
  ) throws -> (x: [Float], pass: Pass) {
    let (x, trace) = try embedding.forward(vectors, places: places, workers: workers)
    return try encode(
      embedded: x, trace: trace, texts: texts, silenced: silenced, only: only, keeping: budget)
  }

  /// The same from what the embedding gave, `[N, D]`.
  /// - Parameter known: what the first layer's attention is given, where that is known.
  func encode(
    embedded: consuming [Float], trace: NormTrace?, known: TransformerLayer.Projected? = nil,
    texts: TextSpans, silenced: [Int] = [], only: RowSelection? = nil, keeping budget: Int?
  ) throws -> (x: [Float], pass: Pass) {
    var x = embedded
    var pass = Pass(texts: texts, embeddingTrace: trace)
    let firstKept = firstKeptLayer(tokens: texts.count, budget: budget ?? 0)
    let isForward = budget == nil
    for (index, layer) in layers.enumerated() {
      try workers.checkCancellation()
      let input = x
      // The last layer's trace is always kept. A convolution reads all of its rows.
      let isLast = index == layers.count - 1 && !(index == 0 && convolution != nil)
      let rows = isLast ? only : nil
      let (y, trace) =
        if index == 0, let known {
          try layer.forward(x, known, texts: texts, only: rows, workers: workers)
        } else {
          try layer.forward(
            x, texts: texts, silenced: silenced, only: rows, keepsTrace: !isForward,
            workers: workers)
        }
      x = y
      if !isForward {
        pass.traces.append(index >= firstKept ? trace : nil)
        pass.inputs.append(index >= firstKept ? nil : input)
      }
      if index == 0, let convolution {
        let (y, trace) = try convolution.forward(x, input: input, texts: texts, workers: workers)
        x = y
        if !isForward { pass.convolutionTrace = trace }
      }
    }
    if let finalNorm {
      let (y, statistics) = finalNorm.forward(rows: x, count: texts.count, workers: workers)
      if !isForward { pass.final = NormTrace(rows: x, statistics: statistics) }
      x = y
    }
    return (x, pass)
  }

  /// The gradient at the word embeddings, `[N, E]`, from that at the logits.
  /// - Parameter visit: called for each layer from the last to the first, with its trace and the
  ///   gradient at the mixed values of its attention.
  /// - Throws: `CancellationError`, `TensorError`.
  func backward(
    _ dLogits: Matrix, pass: consuming Pass, rule: consuming LayerRule<Pass>,
    visit: (Int, TransformerLayer.Trace, [Float]) throws -> Void
  ) throws -> [Float] {
    guard let headTrace = pass.headTrace, let headRule = rule.map(\.headTrace) else { return [] }
    let d = head.backward(dLogits, trace: headTrace, texts: pass.texts, rule: headRule)
    return try backward(encoded: d, pass: pass, rule: rule, visit: visit)
  }

  /// The same from the gradient at the last layer's output, `[N, D]`.
  func backward(
    encoded dEncoded: [Float], pass: consuming Pass, rule: consuming LayerRule<Pass>,
    visit: (Int, TransformerLayer.Trace, [Float]) throws -> Void = { _, _, _ in }
  ) throws -> [Float] {
    let texts = pass.texts
    var d = dEncoded
    if let finalNorm, let final = pass.final, let rule = rule.map(\.final) {
      d = finalNorm.backward(d, trace: final, rule: rule, workers: workers)
    }
    var dInput: [Float]?
    for index in layers.indices.reversed() {
      try workers.checkCancellation()
      if index == 0, let convolution, let trace = pass.convolutionTrace,
        let rule = rule.map(\.convolutionTrace)
      {
        let (dy, dx) = try convolution.backward(
          d, trace: trace, texts: texts, rule: rule, workers: workers)
        d = dy
        dInput = dx
      }
      guard let trace = try removeLastTrace(of: &pass),
        let layerRule = try removeLastRule(of: &rule)
      else { return [] }
      let (dx, dMixed) = try layers[index].backward(
        d, trace: trace, texts: texts, rule: layerRule, workers: workers)
      try visit(index, trace, dMixed)
      d = dx
    }
    if let dInput { d = sum(d, dInput, workers: workers) }
    return try embedding.backward(
      d, trace: pass.embeddingTrace, rows: texts.count, rule: rule.map(\.embeddingTrace),
      workers: workers)
  }

  /// Removes the trace of the last remaining layer, so that its memory is freed when the layer is
  /// done.
  private func removeLastTrace(of pass: inout Pass) throws -> TransformerLayer.Trace? {
    let input = pass.inputs.removeLast()
    if let trace = pass.traces.removeLast() { return trace }
    let layer = layers[pass.traces.count]
    return try input.map { try layer.forward($0, texts: pass.texts, workers: workers).trace }
  }

  private func removeLastRule(
    of rule: inout LayerRule<Pass>
  ) throws -> LayerRule<TransformerLayer.Trace>? {
    guard case .chords(var baseline) = rule else { return rule.map { _ in nil } }
    // Held only here while it changes, so that it is not copied.
    rule = .derivative
    let trace = try removeLastTrace(of: &baseline)
    rule = .chords(from: baseline)
    return trace.map { .chords(from: $0) }
  }

  /// Traces are kept for as many layers from the end as fit into memory.
  private func firstKeptLayer(tokens: Int, budget: Int) -> Int {
    var bytes = 0
    for (index, layer) in layers.enumerated().reversed() {
      bytes += tokens * layer.traceBytesPerToken
      if bytes > budget { return min(index + 1, layers.count - 1) }
    }
    return 0
  }
}
