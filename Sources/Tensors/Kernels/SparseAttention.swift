import Glibc

/// Attention in which a query sees what lies near it and little else, for long texts.
public enum SparseAttention: Sendable, Equatable {
  /// A query sees the keys up to `reach` places away, and the first token's. The first token sees all,
  /// with queries, keys and values of a second set.
  ///
  /// Source: Beltagy et al. 2020, arXiv:2004.05150, sections 3.1 and 3.2, with global attention on the
  /// first token alone.
  case firstToken(reach: Int)
  /// A text of more than `(5 + 2 * copies) * size` tokens is cut into blocks. A query in the first or last
  /// block sees all; any other sees the blocks beside its own and the first and last one, whose keys
  /// count `1 + copies` and one times. Shorter texts are seen whole.
  ///
  /// Source: Zaheer et al. 2020, arXiv:2007.14062, appendix D, and transformers, which has the first
  /// block stand in the place of each of its `copies` random blocks outside of training.
  case blocks(size: Int, copies: Int)

  /// How many sets of queries, keys and values a token has.
  var sets: Int {
    if case .firstToken = self { 2 } else { 1 }
  }
}

/// The keys of a block of queries: some stretches of a text, side by side.
struct KeySpans {
  private(set) var spans: [Range<Int>] = []
  private(set) var count = 0

  /// - Parameter spans: ascending, perhaps empty; those that meet become one.
  init(_ spans: [Range<Int>]) {
    for span in spans where !span.isEmpty {
      if let last = self.spans.last, span.lowerBound <= last.upperBound {
        self.spans[self.spans.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
      } else {
        self.spans.append(span)
      }
    }
    count = self.spans.reduce(0) { $0 + $1.count }
  }

  /// Of attention that is not sparse, whose keys are one stretch.
  var whole: Range<Int> { spans.first ?? 0..<0 }

  /// Calls with each stretch and the column of its first key until one fails.
  func allSatisfy(_ body: (_ keys: Range<Int>, _ column: Int) -> Bool) -> Bool {
    var column = 0
    for span in spans {
      guard body(span, column) else { return false }
      column += span.count
    }
    return true
  }
}

/// The columns of a block that one query sees.
struct SeenColumns {
  /// So many from the first on, whatever lies between them and those nearby.
  var leading = 0
  var near: Range<Int>

  /// From the first that is seen to the last.
  var whole: Range<Int> { leading > 0 ? 0..<near.upperBound : near }

  /// What is not seen within.
  var gap: Range<Int> {
    leading > 0
      ? min(leading, near.lowerBound)..<near.lowerBound : near.lowerBound..<near.lowerBound
  }

  func contains(_ column: Int) -> Bool { column < leading || near.contains(column) }
}

extension AttentionHead {
  /// Whether it is one of the second set.
  private var isSecond: Bool { index >= attention.heads }

  /// The queries that it answers.
  var rows: Range<Int> {
    asked.map { all.clamped(to: $0) } ?? all
  }

  private var all: Range<Int> {
    guard case .firstToken = attention.sparsity else { return 0..<tokens }
    let first = min(1, tokens)
    return isSecond ? 0..<first : first..<tokens
  }

  /// The size and the number of the blocks that the text is cut into; nil where it is seen whole.
  private var blocks: (size: Int, count: Int, copies: Int)? {
    guard case .blocks(let size, let copies) = attention.sparsity,
      tokens > (5 + 2 * copies) * size
    else { return nil }
    return (size, (tokens + size - 1) / size, copies)
  }

  /// Ranges of at most `most` queries, none of which reaches over the end of a block, with the keys that any of them
  /// sees, until a call fails.
  func forEachRange(of most: Int, _ body: (Range<Int>, KeySpans) -> Bool) -> Bool {
    var first = rows.lowerBound
    while first < rows.upperBound {
      let end = blocks.map { (first / $0.size + 1) * $0.size } ?? rows.upperBound
      let range = first..<min(rows.upperBound, end, first + most)
      guard body(range, keys(of: range)) else { return false }
      first = range.upperBound
    }
    return true
  }

  private func keys(of rows: Range<Int>) -> KeySpans {
    if case .firstToken(let reach) = attention.sparsity {
      return KeySpans(isSecond ? [0..<tokens] : [0..<1, near(rows, reach: reach)])
    }
    guard let (size, count, _) = blocks else {
      return KeySpans([visible(from: rows.lowerBound, to: rows.upperBound)])
    }
    let block = rows.lowerBound / size
    let last = (count - 1) * size..<tokens
    guard block > 0, block < count - 1 else { return KeySpans([0..<tokens]) }
    return KeySpans([0..<size, (block - 1) * size..<min(tokens, (block + 2) * size), last])
  }

  /// The keys near some queries, without the first one.
  private func near(_ rows: Range<Int>, reach: Int) -> Range<Int> {
    let reach = min(reach, tokens)
    return max(1, rows.lowerBound - reach)..<min(tokens, rows.upperBound + reach)
  }

  /// The columns of a block's keys that the query of one row sees.
  func visible(from row: Int, in block: Block) -> SeenColumns {
    if case .firstToken(let reach) = attention.sparsity, !isSecond {
      let near = near(row..<row + 1, reach: reach)
      // All behind the first key lie side by side.
      let end = block.keys.spans.last?.upperBound ?? 0
      let first = block.keys.count - (end - near.lowerBound)
      return SeenColumns(leading: 1, near: first..<first + near.count)
    }
    if blocks != nil || isSecond { return SeenColumns(near: 0..<block.keys.count) }
    let seen = visible(from: row, to: row + 1)
    let first = seen.lowerBound - block.keys.whole.lowerBound
    return SeenColumns(near: first..<first + seen.count)
  }

  /// Adds to the scores of keys that count several times.
  func addCopies(to block: Block) {
    guard let (size, count, copies) = blocks, copies > 0,
      (1..<count - 1).contains(block.rows.lowerBound / size)
    else { return }
    let term = log(1 + Float(copies))
    for row in 0..<block.rows.count {
      let scores = unsafe block.weights + row * block.keys.count
      for key in 0..<size { unsafe scores[key] += term }
    }
  }
}
