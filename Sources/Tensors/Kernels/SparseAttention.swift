import Glibc

/// Attention for long texts, in which a query attends to its neighbourhood and to few other tokens.
public enum SparseAttention: Sendable, Equatable {
  /// A query attends to keys at a distance of at most `reach`, and to the first token. The first
  /// token attends to all tokens, with a second set of queries, keys and values.
  ///
  /// Source: Beltagy et al. 2020, arXiv:2004.05150, sections 3.1 and 3.2, with global attention on
  /// the first token only.
  case firstToken(reach: Int)
  /// A text of more than `(5 + 2 * copies) * size` tokens is divided into blocks. A query in the
  /// first or last block attends to all tokens; any other query attends to its own and the adjacent
  /// blocks, and to the first and the last block, whose keys count `1 + copies` times and once. In
  /// shorter texts, every query attends to all tokens.
  ///
  /// Source: Zaheer et al. 2020, arXiv:2007.14062, appendix D, and transformers, which outside of
  /// training replaces each of the `copies` random blocks with the first block.
  case blocks(size: Int, copies: Int)

  /// How many sets of queries, keys and values a token has.
  var sets: Int {
    if case .firstToken = self { 2 } else { 1 }
  }
}

/// The keys of a block of queries: several ranges of a text, side by side.
struct KeySpans {
  private(set) var spans: [Range<Int>] = []
  private(set) var count = 0

  /// - Parameter spans: in ascending order, possibly empty; adjacent and overlapping ones are
  ///   joined.
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

  /// The keys if attention is not sparse: one range.
  var whole: Range<Int> { spans.first ?? 0..<0 }

  /// Calls `body` with each range and the column of its first key, until a call returns false.
  func allSatisfy(_ body: (_ keys: Range<Int>, _ column: Int) -> Bool) -> Bool {
    var column = 0
    for span in spans {
      guard body(span, column) else { return false }
      column += span.count
    }
    return true
  }
}

/// The columns of a block that one query attends to.
struct SeenColumns {
  /// The number of visible columns from the first one on, before the gap.
  var leading = 0
  var near: Range<Int>

  /// From the first visible column to the last.
  var whole: Range<Int> { leading > 0 ? 0..<near.upperBound : near }

  /// The invisible columns within `whole`.
  var gap: Range<Int> {
    leading > 0
      ? min(leading, near.lowerBound)..<near.lowerBound : near.lowerBound..<near.lowerBound
  }

  func contains(_ column: Int) -> Bool { column < leading || near.contains(column) }
}

extension AttentionHead {
  /// Whether it is a head of the second set.
  private var isSecond: Bool { index >= attention.heads }

  /// The queries for which this head computes the output.
  var rows: Range<Int> {
    requested.map { all.clamped(to: $0) } ?? all
  }

  private var all: Range<Int> {
    guard case .firstToken = attention.sparsity else { return 0..<tokens }
    let first = min(1, tokens)
    return isSecond ? 0..<first : first..<tokens
  }

  /// The size and the number of the blocks into which the text is divided; nil if every query
  /// attends to all tokens.
  private var blocks: (size: Int, count: Int, copies: Int)? {
    guard case .blocks(let size, let copies) = attention.sparsity,
      tokens > (5 + 2 * copies) * size
    else { return nil }
    return (size, (tokens + size - 1) / size, copies)
  }

  /// Calls `body` with ranges of at most `most` queries, none of which extends beyond the end of a
  /// block, and with the keys that at least one of the queries attends to, until a call returns
  /// false.
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

  /// The keys close to some queries, without the first token.
  private func near(_ rows: Range<Int>, reach: Int) -> Range<Int> {
    let reach = min(reach, tokens)
    return max(1, rows.lowerBound - reach)..<min(tokens, rows.upperBound + reach)
  }

  /// The columns of a block's keys that the query of one row attends to.
  func visible(from row: Int, in block: Block) -> SeenColumns {
    if case .firstToken(let reach) = attention.sparsity, !isSecond {
      let near = near(row..<row + 1, reach: reach)
      // All keys after the first are adjacent.
      let end = block.keys.spans.last?.upperBound ?? 0
      let first = block.keys.count - (end - near.lowerBound)
      return SeenColumns(leading: 1, near: first..<first + near.count)
    }
    if blocks != nil || isSecond { return SeenColumns(near: 0..<block.keys.count) }
    let seen = visible(from: row, to: row + 1)
    let first = seen.lowerBound - block.keys.whole.lowerBound
    return SeenColumns(near: first..<first + seen.count)
  }

  /// Adds the logarithm of the count to the scores of keys that count several times.
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
