import Checkpoints
public import Tensors
public import Tokenizers

extension AWDLSTM: InspectableClassifier, IntervenableClassifier {
  public var traits: ClassifierTraits {
    ClassifierTraits(
      [
        .predictions, .gradients, .relevance, .multipliers, .layers, .recurrence, .pools,
        .decomposition, .randomisation,
      ], isRecurrent: true, pooling: .maximum, absentToken: .unknown)
  }

  public func logits(for batch: [[Token]]) throws -> Matrix {
    try logits(from: embeddings(for: batch))
  }

  /// The input and output of a call stay below 32 MB; within a call, rows are processed in groups
  /// whose traces fit into memory.
  public func rowsPerCall(tokens: Int) -> Int {
    let row = max(1, tokens).multipliedReportingOverflow(
      by: configuration.embeddingSize * MemoryLayout<Float>.size)
    return row.overflow ? 1 : min(64, max(1, (32 << 20) / row.partialValue))
  }

  /// How many rows' traces fit into the budget.
  private func rowsPerGroup(tokens: Int) -> Int {
    let row = max(1, tokens).multipliedReportingOverflow(by: traceBytesPerToken)
    return row.overflow ? 1 : max(1, traceBudget / row.partialValue)
  }

  public func embeddings(for batch: [[Token]]) throws -> TokenVectors {
    var vectors = try embedding.forward(batch)
    if batch.contains(where: hasPadding) {
      vectors.padding = batch.map { text in
        text.indices.filter { text[$0].id == configuration.padding }
      }
    }
    return vectors
  }

  public func logits(from embeddings: TokenVectors) throws -> Matrix {
    try validate(embeddings)
    let passes = try perGroup(of: embeddings.batch, tokens: embeddings.tokens) { rows, workers in
      try forward(
        .vectors(embeddings, rows: rows), window: .model, keeping: .nothing, workers: workers)
    }
    return joined(passes.map(\.logits))
  }

  public func backward(
    _ rule: PropagationRule, of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient {
    switch rule {
    case .derivative: try gradient(of: targets, at: embeddings, window: .model)
    case .unwindowed: try gradient(of: targets, at: embeddings, window: .whole)
    case .relevance: try relevance(of: targets, at: embeddings)
    case .chords(let baselines): try multipliers(of: targets, at: embeddings, from: baselines)
    }
  }

  public func activations(
    _ site: Site, of targets: [Target], at embeddings: TokenVectors
  ) throws -> SiteActivations {
    switch site {
    case .layers: try layerActivations(of: targets, at: embeddings)
    case .lastRecurrentLayer: try recurrentActivations(of: targets, at: embeddings)
    }
  }
}

extension AWDLSTM {
  private func recurrentActivations(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> SiteActivations {
    try validate(embeddings, targets)
    let passes = try perGroup(of: embeddings.batch, tokens: embeddings.tokens) { rows, workers in
      try forward(
        .vectors(embeddings, rows: rows), window: .model, keeping: .outputs, workers: workers)
    }
    var activations = TokenVectors(
      lengths: embeddings.lengths, width: configuration.embeddingSize)
    var gradient = activations
    for pass in passes {
      let dPooled = head.backward(
        dLogits(of: targets[pass.rows], logits: pass.logits), trace: pass.headTrace)
      for (chunk, output) in zip(pass.chunks, pass.outputs) {
        output.copy(to: &activations, batchRows: pass.rows, steps: chunk)
        pass.pooling.backward(dPooled, steps: chunk, rows: output.rows)
          .copy(to: &gradient, batchRows: pass.rows, steps: chunk)
      }
    }
    let logits = joined(passes.map(\.logits))
    return SiteActivations(
      logits: logits, scores: scores(of: targets, logits: logits),
      parts: [.init(outputs: activations, gradient: gradient)])
  }
}

extension AWDLSTM {
  private func gradient(
    of targets: [Target], at embeddings: TokenVectors, window: Window
  ) throws -> ScoreGradient {
    try validate(embeddings, targets)
    let results = try perGroup(of: embeddings.batch, tokens: embeddings.tokens) { rows, workers in
      let pass = try forward(
        .vectors(embeddings, rows: rows), window: window, keeping: .traces, workers: workers)
      let logits = pass.logits
      let d = dLogits(of: targets[pass.rows], logits: pass.logits)
      var gradient = TokenVectors(
        lengths: Array(embeddings.lengths[rows]), width: embeddings.width)
      try backward(d, pass: pass, into: &gradient, workers: workers)
      return (rows: rows, logits: logits, gradient: gradient)
    }
    var gradient = TokenVectors(lengths: embeddings.lengths, width: embeddings.width)
    for result in results { gradient.replace(rows: result.rows, with: result.gradient) }
    let logits = joined(results.map(\.logits))
    return ScoreGradient(
      logits: logits, scores: scores(of: targets, logits: logits), gradient: gradient)
  }

  /// Processes rows in groups, which are the same for any number of threads. A small model's groups
  /// run in parallel on one thread each; a large model's run in turn on all threads, because its
  /// weights pass through the cache at every time step and are best read once for many rows.
  func perGroup<Result: Sendable>(
    of count: Int, tokens: Int, _ body: @Sendable (Range<Int>, Workers) throws -> Result
  ) throws -> [Result] {
    try perGroup(groups(of: count, tokens: tokens), body)
  }

  func perGroup<Group: Sendable, Result: Sendable>(
    _ groups: [Group], _ body: @Sendable (Group, Workers) throws -> Result
  ) throws -> [Result] {
    var results: [Result] = []
    try perGroup(groups, body) { results.append($1) }
    return results
  }

  /// The same for a large model whose results are not all kept.
  /// - Parameter receive: called with the results in the order of the groups, so that a sum of them
  ///   is the same for any number of threads.
  func perGroup<Group: Sendable, Result: Sendable>(
    _ groups: [Group], _ body: @Sendable (Group, Workers) throws -> Result,
    receive: (Group, Result) throws -> Void
  ) throws {
    if isSmall && groups.count > 1 {
      let results = try workers.map(groups.count) { try body(groups[$0], $1) }
      for (group, result) in zip(groups, results) { try receive(group, result) }
      return
    }
    for group in groups {
      try Task.checkCancellation()
      try receive(group, try body(group, workers))
    }
  }

  func groups(of count: Int, tokens: Int) -> [Range<Int>] {
    let fitting = rowsPerGroup(tokens: tokens)
    // As many rows as the registers hold, and an even number of groups for two threads. For short
    // texts, whose traces are small, a large model takes more: its weights come from memory at each
    // step, once per group.
    let tile = 14
    let most =
      isSmall ? tile : max(min(tile, max(8, fitting)), min(4 * tile, fitting * 3 / 4))
    var parts = (count + most - 1) / most
    if isSmall && count >= 8 { parts += parts % 2 }
    return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
  }

  /// Whether a layer's recurrent weights fit into a core's own cache.
  var isSmall: Bool { configuration.hiddenSize < 384 }

  func validate(_ embeddings: TokenVectors, _ targets: [Target]? = nil) throws {
    try validate(embeddings, targets, width: configuration.embeddingSize)
  }
}

extension TokenVectors {
  /// Takes over the rows of a batch that was computed separately.
  fileprivate mutating func replace(rows: Range<Int>, with part: TokenVectors) {
    for (row, batchRow) in rows.enumerated() where lengths[batchRow] > 0 {
      let count = lengths[batchRow] * width
      let to = range(row: batchRow, token: 0).lowerBound
      let from = part.range(row: row, token: 0).lowerBound
      values.replaceSubrange(to..<to + count, with: part.values[from..<from + count])
    }
  }
}
