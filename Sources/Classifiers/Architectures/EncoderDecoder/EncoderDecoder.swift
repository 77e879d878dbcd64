public import Tensors
internal import Tokenizers

/// A text classifier with an encoder and a decoder that both read the text: BART.
///
/// The decoder reads the text one position later, after a start token, and attends to the encoder's
/// output for the whole text. A token's vector is therefore read twice, and its gradient is the sum
/// of both. The head reads the decoder's vector at the last end token.
public struct EncoderDecoder: Sendable {
  public let classes: [String]
  public let link: OutputLink
  /// The number of threads for a pass. Results are the same for any number.
  public var workers: Workers {
    get { encoder.workers }
    set { encoder.workers = newValue }
  }
  /// The most bytes that a pass keeps for the backward pass.
  package var traceBudget: Int {
    get { encoder.traceBudget }
    set { encoder.traceBudget = newValue }
  }
  /// Without a head.
  var encoder: Transformer
  /// Shares the encoder's word embeddings.
  let embedding: TextEmbedding
  let layers: [DecoderLayer]
  let head: ClassificationHead
  /// The ids of the decoder's start token and of the end token of a text.
  let start: Int
  let end: Int

  /// For a token in all layers.
  var traceBytesPerToken: Int {
    encoder.traceBytesPerToken + layers.reduce(0) { $0 + $1.traceBytesPerToken }
  }

  /// The forward pass of some texts, and what the backward pass needs of it.
  struct Pass: NetworkPass {
    let encoder: Transformer.Pass
    /// The encoder's output; needed to recompute a layer whose trace was not kept.
    let memory: [Float]
    let embeddingTrace: NormTrace?
    /// The input of each layer whose trace was not kept.
    var inputs: [[Float]?] = []
    var traces: [DecoderLayer.Trace?] = []
    /// The rows that the head reads, one per text; nil for a text without tokens.
    let summaries: [Int?]
    let logits: Matrix
    let headTrace: ClassificationHead.Trace
  }
}

extension EncoderDecoder {
  /// Runs some rows of a batch through all layers.
  /// - Parameter budget: the most bytes of traces; nil keeps nothing for a backward pass.
  /// - Throws: `CancellationError`, `TensorError.productFailed`, `ClassifierError`.
  func forward(
    _ embeddings: TokenVectors, rows: Range<Int>, keeping budget: Int?
  ) throws -> Pass {
    let texts = TextSpans(lengths: Array(embeddings.lengths[rows]))
    let vectors = encoder.packed(embeddings, rows: rows, texts: texts)
    let places = try encoder.embedding.places(of: texts, padding: [], types: [])
    let (memory, encoderPass) = try encoder.encode(
      vectors, texts: texts, places: places, keeping: budget.map { $0 / 2 })
    var (x, embeddingTrace) = try embedding.forward(
      try shifted(vectors, texts: texts), places: places, workers: workers)
    var (inputs, traces): ([[Float]?], [DecoderLayer.Trace?]) = ([], [])
    var free = (budget ?? 0) / 2
    for layer in layers {
      try workers.checkCancellation()
      let input = x
      let (y, trace) = try layer.forward(x, memory: memory, texts: texts, workers: workers)
      x = y
      guard budget != nil else { continue }
      free -= layer.traceBytesPerToken * texts.count
      traces.append(free >= 0 ? trace : nil)
      inputs.append(free >= 0 ? nil : input)
    }
    let summaries = summaries(of: texts, embeddings.summaries(of: rows))
    let (logits, headTrace) = answer(x, summaries)
    return Pass(
      encoder: encoderPass, memory: budget == nil ? [] : memory, embeddingTrace: embeddingTrace,
      inputs: inputs, traces: traces, summaries: summaries, logits: logits, headTrace: headTrace)
  }

  /// The layers of the backward pass, from the last of the decoder to the first of the encoder.
  enum Visit {
    case decoder(Int, DecoderLayer.Trace, DecoderLayer.MixedGradients)
    /// With the gradient at the mixed values of its attention.
    case encoder(Int, TransformerLayer.Trace, [Float])
  }

  /// The gradient at the word embeddings, `[N, E]`, from that at the logits.
  /// - Throws: `CancellationError`, `TensorError`.
  func backward(
    _ dLogits: Matrix, pass: consuming Pass, rule: consuming LayerRule<Pass>
  ) throws -> [Float] {
    try backward(dLogits, pass: pass, rule: rule) { _ in }
  }

  /// - Parameter visit: called for each layer.
  func backward(
    _ dLogits: Matrix, pass: consuming Pass, rule: consuming LayerRule<Pass>,
    visit: (Visit) throws -> Void
  ) throws -> [Float] {
    let (pass, rule) = (pass, rule)
    let texts = pass.encoder.texts
    var d = spread(
      head.backward(
        dLogits, trace: pass.headTrace,
        texts: TextSpans(lengths: pass.summaries.map { $0 == nil ? 0 : 1 }),
        rule: rule[\.headTrace]),
      pass.summaries, rows: texts.count)
    var dMemory = zeros(d.count)
    for (index, layer) in layers.enumerated().reversed() {
      try workers.checkCancellation()
      guard let trace = try trace(of: index, in: pass),
        let rule = try layerRule(of: index, in: rule)
      else { return [] }
      let (dx, dm, dMixed) = try layer.backward(
        d, trace: trace, texts: texts, rule: rule, workers: workers)
      try visit(.decoder(index, trace, dMixed))
      d = dx
      dMemory = sum(dMemory, dm, workers: workers)
    }
    let dShifted = try embedding.backward(
      d, trace: pass.embeddingTrace, rows: texts.count, rule: rule.map(\.embeddingTrace),
      workers: workers)
    var dWords = try encoder.backward(
      encoded: dMemory, pass: pass.encoder, rule: rule[\.encoder]
    ) { try visit(.encoder($0, $1, $2)) }
    // forward:  the decoder's row is the text's row before it
    let width = embedding.words.weight.columns
    for text in texts.ranges {
      for row in text.dropFirst() {
        for column in 0..<width {
          dWords[(row - 1) * width + column] += dShifted[row * width + column]
        }
      }
    }
    return dWords
  }

  private func layerRule(
    of index: Int, in rule: LayerRule<Pass>
  ) throws -> LayerRule<DecoderLayer.Trace>? {
    guard let baseline = rule.baseline else { return rule.map { _ in nil } }
    return try trace(of: index, in: baseline).map { .chords(from: $0) }
  }

  private func trace(of index: Int, in pass: Pass) throws -> DecoderLayer.Trace? {
    if let trace = pass.traces[index] { return trace }
    return try pass.inputs[index].map {
      try layers[index].forward(
        $0, memory: pass.memory, texts: pass.encoder.texts, workers: workers
      ).trace
    }
  }

  /// The word embeddings one position later, after the start token of each text.
  func shifted(_ vectors: [Float], texts: TextSpans) throws -> [Float] {
    let width = embedding.words.weight.columns
    let first = try embedding.vectors(for: [[Token(id: start)]]).values
    var shifted = zeros(vectors.count)
    for text in texts.ranges where !text.isEmpty {
      let start = text.lowerBound * width
      shifted.replaceSubrange(start..<start + width, with: first)
      shifted.replaceSubrange(
        start + width..<text.upperBound * width,
        with: vectors[start..<(text.upperBound - 1) * width])
    }
    return shifted
  }

  /// The rows of the last end tokens. A text without an end token, for which transformers has no
  /// result, uses its last row.
  func summaries(of texts: TextSpans, _ places: [Int]) -> [Int?] {
    texts.ranges.enumerated().map { text, range in
      guard let last = range.last else { return nil }
      guard places.indices.contains(text) else { return last }
      return min(last, range.lowerBound + max(0, places[text]))
    }
  }

  /// The head's output for the rows that it reads.
  func answer(
    _ x: [Float], _ summaries: [Int?]
  ) -> (logits: Matrix, trace: ClassificationHead.Trace) {
    head.forward(
      gathered(x, summaries), texts: TextSpans(lengths: summaries.map { $0 == nil ? 0 : 1 }),
      padding: [])
  }

  private func gathered(_ x: [Float], _ rows: [Int?]) -> [Float] {
    let width = head.inputs
    return rows.compactMap(\.self).flatMap { x[$0 * width..<($0 + 1) * width] }
  }

  private func spread(_ d: [Float], _ rows: [Int?], rows count: Int) -> [Float] {
    let width = head.inputs
    var all = zeros(count * width)
    for (index, row) in rows.compactMap(\.self).enumerated() {
      all.replaceSubrange(
        row * width..<(row + 1) * width, with: d[index * width..<(index + 1) * width])
    }
    return all
  }
}
