import Checkpoints
import Tensors
public import Tokenizers

extension AWDLSTM {
  public func variants(of tokens: [Token]) throws -> any TextVariants {
    try variants(of: tokens, after: nil)
  }

  /// - Parameter earlier: another text, and where the model stood when it was read.
  fileprivate func variants(
    of tokens: [Token], after earlier: (tokens: [Token], starts: [Start])?
  ) throws -> any TextVariants {
    // What a backward direction has seen of a beginning depends on the end, a text longer than
    // `max_len` is pooled from a step that its length decides, and padding within a text decides
    // which steps are pooled.
    let isTooLong = configuration.maxLength.map { tokens.count > $0 } ?? false
    if configuration.isBidirectional || isTooLong || tokens.isEmpty || hasPadding(tokens) {
      return WholeVariants(tokens: tokens, model: self)
    }
    return try PrefixVariants(of: tokens, model: self, after: earlier)
  }
}

/// Variants that are read from their first token on.
private struct WholeVariants: TextVariants {
  let tokens: [Token]
  let model: AWDLSTM

  func logits(for batch: [[Token]]) throws -> Matrix {
    try model.logits(from: model.embeddings(for: batch, variantsOf: tokens))
  }

  func moved(to tokens: [Token]) throws -> any TextVariants {
    try model.variants(of: tokens, after: ([], []))
  }
}

/// A text that was read once, and where the model stood on the way: a variant is read from where it
/// departs.
struct PrefixVariants: TextVariants {
  private let model: AWDLSTM
  private let tokens: [Token]
  private let logits: [Float]
  /// Where the model stands before some tokens, ascending; the first is the beginning.
  private let starts: [AWDLSTM.Start]

  fileprivate init(
    of tokens: [Token], model: AWDLSTM, after earlier: (tokens: [Token], starts: [AWDLSTM.Start])?
  ) throws {
    self.model = model
    self.tokens = tokens
    let stride = Recurrence.cellStride
    let most = model.mostStarts
    guard let earlier else {
      // A variant may depart anywhere.
      let every = stride * max(1, (tokens.count / stride + most - 1) / most)
      (starts, logits) = try model.read(tokens, after: [], every: every)
      return
    }
    // The next edit is likely to be where this one was, or at the end.
    let common = min(commonCount(tokens, earlier.tokens), tokens.count - 1)
    let places = [common, tokens.count - 1].map { $0 / stride * stride }
    var known = earlier.starts.filter { $0.step <= common }
    if known.count > most / 2 {
      let last = known.count - 1
      known = known.indices.filter { $0 % 2 == 0 || $0 == last }.map { known[$0] }
    }
    (starts, logits) = try model.read(
      tokens, after: known, every: stride * (4 + 2 * tokens.count / stride / most), and: places)
  }

  func moved(to tokens: [Token]) throws -> any TextVariants {
    try model.variants(of: tokens, after: (self.tokens, starts))
  }

  func logits(for batch: [[Token]]) throws -> Matrix {
    guard !batch.contains(where: { !model.seesWhole($0.count) }) else {
      return try WholeVariants(tokens: tokens, model: model).logits(for: batch)
    }
    var results = Matrix(zeros: batch.count, model.classes.count)
    var rows: [Int: [Int]] = [:]
    for (index, variant) in batch.enumerated() {
      if variant == tokens {
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
      model.groups(of: rows.count, tokens: tokens.count).map { (start, Array(rows[$0])) }
    }
  }

  private static let fewRows = 14

  /// The last start that the variant passes through before it departs, with a token left to read.
  private func start(of variant: [Token]) -> Int {
    let most = min(commonCount(tokens, variant), variant.count - 1)
    return starts.lastIndex { $0.step <= most } ?? 0
  }
}

/// With how many of the same tokens both texts begin.
private func commonCount(_ tokens: [Token], _ other: [Token]) -> Int {
  zip(tokens, other).prefix { $0 == $1 }.count
}

extension AWDLSTM {
  /// The pooling sees all of a text of this many tokens.
  fileprivate func seesWhole(_ count: Int) -> Bool {
    configuration.maxLength.map { count <= $0 } ?? true
  }

  /// How many starts are kept at most.
  fileprivate var mostStarts: Int {
    let bytes = layers.reduce(0) { $0 + $1.outputWidth * 8 } + configuration.embeddingSize * 20
    return max(2, startBudget / bytes)
  }

  /// Reads a text, and keeps where it stood every so many tokens and before some others.
  /// - Parameter earlier: where it stood when its beginning was read before; goes on from the last.
  fileprivate func read(
    _ tokens: [Token], after earlier: [Start], every: Int, and places: [Int] = []
  ) throws -> (starts: [Start], logits: [Float]) {
    let width = configuration.embeddingSize
    let vectors = try embeddings(for: [tokens])
    let begin =
      earlier.last
      ?? Start(
        step: 0, states: layers.map { $0.initialState(rows: 1) },
        pooling: ConcatPooling(windows: [PooledSteps(0..<tokens.count)], width: width))
    var pooling = ConcatPooling(
      windows: [PooledSteps(0..<tokens.count)], width: width, continuing: begin.pooling)
    var states = begin.states
    var starts = earlier.isEmpty ? [begin] : earlier
    var step = begin.step
    while step < tokens.count {
      let stops = [step + every, tokens.count] + places
      let stop = stops.filter { $0 > step }.min() ?? tokens.count
      let output = try encode(
        .vectors(vectors, rows: 0..<1), chunk: step..<stop, lengths: [stop - step],
        states: &states, workers: workers, keepsTraces: false
      ).output
      pooling.add(output, start: step)
      step = stop
      if step < tokens.count { starts.append(Start(step: step, states: states, pooling: pooling)) }
    }
    return (starts, head.forward(pooling.pooled).logits[row: 0])
  }
}
