import Checkpoints
import Tensors

extension AWDLSTM {
  public func variants(of ids: [Int]) throws -> any TextVariants {
    // What a backward direction has seen of a beginning depends on the end, a text longer than
    // `max_len` is pooled from a step that its length decides, and padding within a text decides
    // which steps are pooled.
    let isTooLong = configuration.maxLength.map { ids.count > $0 } ?? false
    if configuration.isBidirectional || isTooLong || ids.isEmpty || hasPadding(ids) {
      return WholeVariants(ids: ids, model: self)
    }
    return try PrefixVariants(of: ids, model: self)
  }
}

/// Variants that are read from their first token on.
private struct WholeVariants: TextVariants {
  let ids: [Int]
  let model: AWDLSTM

  func logits(for batch: [[Int]]) throws -> Matrix {
    try model.logits(from: model.embeddings(for: batch, variantsOf: ids))
  }
}

/// A text that was read once, and where the model stood on the way: a variant is read from where it
/// departs.
struct PrefixVariants: TextVariants {
  private let model: AWDLSTM
  private let ids: [Int]
  private let logits: [Float]
  /// Where the model stands before some tokens, ascending; the first is the beginning.
  private let starts: [AWDLSTM.Start]

  /// What all starts together may take.
  private static let budget = 8 << 20

  fileprivate init(of ids: [Int], model: AWDLSTM) throws {
    self.model = model
    self.ids = ids
    (starts, logits) = try model.read(ids, budget: Self.budget)
  }

  func logits(for batch: [[Int]]) throws -> Matrix {
    guard !batch.contains(where: { !model.seesWhole($0.count) }) else {
      return try WholeVariants(ids: ids, model: model).logits(for: batch)
    }
    var results = Matrix(zeros: batch.count, model.classes.count)
    var rows: [Int: [Int]] = [:]
    for (index, variant) in batch.enumerated() {
      if variant == ids {
        results.replace(row: index, with: logits)
      } else {
        rows[start(of: variant), default: []].append(index)
      }
    }
    let groups = groups(of: rows)
    let parts = try model.perGroup(groups) { group, workers in
      let vectors = try model.embeddings(for: group.rows.map { batch[$0] })
      return try model.forward(
        .vectors(vectors, rows: group.rows.indices), window: .whole, keeping: .nothing,
        from: starts[group.start], workers: workers
      ).logits
    }
    for (group, part) in zip(groups, parts) {
      for (row, index) in group.rows.enumerated() {
        results.replace(row: index, with: part[row: row])
      }
    }
    return results
  }

  /// Rows that begin at the same step make a batch; few of them join those that begin before, because
  /// a pass with few rows takes as long as one with several.
  private func groups(of rows: [Int: [Int]]) -> [(start: Int, rows: [Int])] {
    var joined: [(start: Int, rows: [Int])] = []
    for (start, rows) in rows.sorted(by: { $0.key < $1.key }) {
      if let last = joined.last, last.rows.count + rows.count <= Self.fewRows {
        joined[joined.count - 1].rows += rows
      } else {
        joined.append((start, rows))
      }
    }
    return joined.flatMap { start, rows in
      model.groups(of: rows.count, tokens: ids.count).map { (start, Array(rows[$0])) }
    }
  }

  private static let fewRows = 14

  /// The last start that the variant passes through before it departs, with a token left to read.
  private func start(of variant: [Int]) -> Int {
    let common = zip(ids, variant).prefix { $0 == $1 }.count
    let most = min(common, variant.count - 1)
    return starts.lastIndex { $0.step <= most } ?? 0
  }
}

extension AWDLSTM {
  /// The pooling sees all of a text of this many tokens.
  fileprivate func seesWhole(_ count: Int) -> Bool {
    configuration.maxLength.map { count <= $0 } ?? true
  }

  /// Reads a text, and keeps where it stood every few tokens.
  fileprivate func read(
    _ ids: [Int], budget: Int
  ) throws -> (starts: [Start], logits: [Float]) {
    let width = configuration.embeddingSize
    let bytes = layers.reduce(0) { $0 + $1.outputWidth * 8 } + width * 20
    let stride = Recurrence.cellStride
    let every = stride * max(1, (ids.count / stride * bytes + budget - 1) / budget)
    let vectors = try embeddings(for: [ids])
    var pooling = ConcatPooling(windows: [PooledSteps(0..<ids.count)], width: width)
    var states = layers.map { $0.initialState(rows: 1) }
    var starts: [Start] = []
    var step = 0
    while step < ids.count {
      starts.append(Start(step: step, states: states, pooling: pooling))
      let chunk = step..<min(ids.count, step + every)
      let output = try encode(
        .vectors(vectors, rows: 0..<1), chunk: chunk, lengths: [chunk.count], states: &states,
        workers: workers, keepsTraces: false
      ).output
      pooling.add(output, start: step)
      step = chunk.upperBound
    }
    return (starts, head.forward(pooling.pooled).logits[row: 0])
  }
}
