import Checkpoints
import Synchronization
import Tensors
public import Tokenizers

extension AWDLSTM {
  public func variants(of tokens: [Token]) throws -> any TextVariants {
    try variants(of: tokens, after: nil)
  }

  /// - Parameter earlier: another text, and the model's states when it was read.
  fileprivate func variants(
    of tokens: [Token], after earlier: (tokens: [Token], starts: [Start])?
  ) throws -> any TextVariants {
    // A backward direction reads the end first, a text longer than `max_len` is pooled from a step
    // that depends on its length, and padding within a text decides which steps are pooled.
    let isTooLong = configuration.maxLength.map { tokens.count > $0 } ?? false
    if configuration.isBidirectional || isTooLong || tokens.isEmpty || hasPadding(tokens) {
      return WholeVariants(tokens: tokens, model: self)
    }
    return try PrefixVariants(of: tokens, model: self, after: earlier)
  }
}

/// Variants that are read from their first token.
private struct WholeVariants: TextVariants {
  let tokens: [Token]
  let model: AWDLSTM

  func logits(for batch: [[Token]]) throws -> Matrix {
    try model.logits(from: model.embeddings(for: batch, variantsOf: tokens))
  }

  func rowsPerCall(tokens: Int) -> Int { model.rowsPerCall(tokens: tokens) }

  func moved(to tokens: [Token]) throws -> any TextVariants {
    try model.variants(of: tokens, after: ([], []))
  }
}

/// A text and the model's states along it: a variant is read from where it departs.
struct PrefixVariants: TextVariants {
  private let model: AWDLSTM
  private let tokens: [Token]
  private let known: Known

  /// The states along the text: unknown until it is read together with its first variants.
  private final class Known: Sendable {
    private let text = Mutex<(starts: [AWDLSTM.Start], logits: [Float])?>(nil)

    var value: (starts: [AWDLSTM.Start], logits: [Float])? {
      get { text.withLock(\.self) }
      set { text.withLock { $0 = newValue } }
    }
  }

  fileprivate init(
    of tokens: [Token], model: AWDLSTM, after earlier: (tokens: [Token], starts: [AWDLSTM.Start])?
  ) throws {
    self.model = model
    self.tokens = tokens
    known = Known()
    guard let earlier else { return }
    let stride = Recurrence.cellStride
    let most = model.mostStarts
    // The next edit is likely to be where this one was, or at the end.
    let common = min(commonCount(tokens, earlier.tokens), tokens.count - 1)
    let places = [common, tokens.count - 1].map { $0 / stride * stride }
    var starts = earlier.starts.filter { $0.step <= common }
    if starts.count > most / 2 {
      let last = starts.count - 1
      starts = starts.indices.filter { $0 % 2 == 0 || $0 == last }.map { starts[$0] }
    }
    known.value = try model.read(
      tokens, after: starts, every: stride * (4 + 2 * tokens.count / stride / most), and: places)
  }

  func moved(to tokens: [Token]) throws -> any TextVariants {
    try model.variants(of: tokens, after: (self.tokens, known.value?.starts ?? []))
  }

  /// The more variants a call has, the more of them have long prefixes in common. A large model takes
  /// too long for so many.
  func rowsPerCall(tokens: Int) -> Int {
    let rows = model.rowsPerCall(tokens: tokens)
    return model.isSmall ? max(rows, min(1024, (1 << 16) / max(1, tokens))) : rows
  }

  func logits(for batch: [[Token]]) throws -> Matrix {
    guard !batch.contains(where: { !model.seesWhole($0.count) }) else {
      return try WholeVariants(tokens: tokens, model: model).logits(for: batch)
    }
    // A variant may depart anywhere.
    let stride = Recurrence.cellStride
    let most = model.mostStarts
    let every = stride * max(1, (tokens.count / stride + most - 1) / most)
    if known.value == nil, batch.allSatisfy({ $0 == tokens }) {
      known.value = try model.read(tokens, after: [], every: every)
    }
    let text = known.value
    let starts = text?.starts ?? [model.begin(tokens.count)]
    var results = Matrix(zeros: batch.count, model.classes.count)
    // The text itself is an additional row if its states are not known yet.
    var rows: [(index: Int?, branch: AWDLSTM.Branch)] = []
    if text == nil { rows.append((nil, AWDLSTM.Branch(tokens: tokens, start: starts[0]))) }
    for (index, variant) in batch.enumerated() {
      if let text, variant == tokens {
        results.replace(row: index, with: text.logits)
      } else if variant.isEmpty {
        results.replace(row: index, with: try model.logits(for: [[]])[row: 0])
      } else {
        let common = min(commonCount(tokens, variant), variant.count - 1)
        let start = starts.last { $0.step <= common } ?? starts[0]
        rows.append((index, AWDLSTM.Branch(tokens: variant, start: start)))
      }
    }
    let (asked, branches) = (rows, AWDLSTM.Branch.sorted(rows.map(\.branch)))
    let groups = model.treeGroups(branches.count)
    let parts = try model.perGroup(groups) { group, workers in
      try model.read(
        branches[group].map { asked[$0].branch },
        recorded: branches[group].firstIndex { asked[$0].index == nil }.map {
          $0 - group.lowerBound
        },
        every: every, workers: workers)
    }
    var found = text
    for (group, part) in zip(groups, parts) {
      for (row, branch) in branches[group].enumerated() {
        if let index = asked[branch].index {
          results.replace(row: index, with: part.logits[row: row])
        } else {
          found = (starts + part.starts, part.logits[row: row])
        }
      }
    }
    if text == nil { known.value = found }
    return results
  }
}

extension AWDLSTM {
  /// Whether pooling covers all of a text with this many tokens.
  fileprivate func seesWhole(_ count: Int) -> Bool {
    configuration.maxLength.map { count <= $0 } ?? true
  }

  /// The start of a text.
  fileprivate func begin(_ count: Int) -> Start {
    Start(
      step: 0, states: layers.map { $0.initialState(rows: 1) },
      pooling: ConcatPooling(
        windows: [PooledSteps(0..<count)], width: configuration.embeddingSize))
  }

  /// Texts that are read as one tree: for a small model as many as the registers hold, or twice that if
  /// there are enough for all cores, because more have a prefix in common. A large model's weights are
  /// read once for many.
  fileprivate func treeGroups(_ count: Int) -> [Range<Int>] {
    let tile = 14
    let most = isSmall ? (count < 16 * tile ? tile : 2 * tile) : 8 * tile
    var parts = (count + most - 1) / most
    if isSmall && count >= 8 { parts += parts % 2 }
    return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
  }

  /// The most states that are kept.
  fileprivate var mostStarts: Int {
    let bytes = layers.reduce(0) { $0 + $1.outputWidth * 8 } + configuration.embeddingSize * 20
    return max(2, startBudget / bytes)
  }

  /// Reads a text, and keeps the states at regular intervals and before some other tokens.
  /// - Parameter earlier: the states along its prefix from an earlier text; reading continues from
  ///   the last.
  fileprivate func read(
    _ tokens: [Token], after earlier: [Start], every: Int, and places: [Int] = []
  ) throws -> (starts: [Start], logits: [Float]) {
    let width = configuration.embeddingSize
    let vectors = try embeddings(for: [tokens])
    let begin = earlier.last ?? begin(tokens.count)
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
