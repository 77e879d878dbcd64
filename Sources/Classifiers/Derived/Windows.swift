import Tensors
internal import Tokenizers

/// How a text that is too long for a model is read in overlapping windows.
public struct WindowReading: Sendable, Hashable {
  /// How the windows' logits are combined, for each class separately.
  public enum Pooling: String, Sendable, Hashable, CaseIterable {
    case mean
    /// The largest.
    case max
    /// That of the first window; the rest is ignored.
    case first
  }

  /// The tokens of a window, including the frame; nil for the model's limit.
  public var tokens: Int?
  public var pooling: Pooling

  public init(tokens: Int? = nil, pooling: Pooling = .mean) {
    self.tokens = tokens
    self.pooling = pooling
  }
}

/// Divides a text into windows, each with its own frame. A window starts in the middle of the
/// previous one, and the last one contains the rest. Of two texts, only the longer one is divided;
/// the other one (the first of two equally long ones) is in each window as a whole.
///
/// The windows equal those of transformers with `return_overflowing_tokens` and a `stride` of half
/// the room; for pairs with the truncation `only_second` or `only_first`, as its question answering
/// pipeline reads a question and a long context.
struct Windows: Derivation {
  let classes: [String]
  let link: OutputLink
  /// The tokens of a window, including the frame.
  let size: Int
  let pooling: WindowReading.Pooling
  let frame: TextFrame
  /// nil for a model whose pairs are not divided.
  let pairFrame: PairFrame?

  /// How a text is divided.
  struct Cut: Sendable, Hashable {
    /// The text's own tokens.
    var text: Range<Int>
    /// The tokens of each window.
    var windows: [Range<Int>]
  }

  /// - Parameter parts: the part (text of a pair) of each token, `[T]`.
  /// - Returns: nil if the text is read at once.
  func cut(_ parts: [Int]) -> Cut? {
    guard parts.count > size, let text = longerText(parts) else { return nil }
    let room = size - (parts.count - text.count)
    guard room > 0 else { return nil }
    let step = (room + 1) / 2
    var windows: [Range<Int>] = []
    var start = text.lowerBound
    while true {
      let end = min(start + room, text.upperBound)
      windows.append(start..<end)
      if end == text.upperBound { return Cut(text: text, windows: windows) }
      start += step
    }
  }

  private func longerText(_ parts: [Int]) -> Range<Int>? {
    guard parts.contains(where: { $0 != 0 }) else { return frame.inside(parts.count) }
    return pairFrame?.inside(parts).map { first, second in
      first.count > second.count ? first : second
    }
  }

  func readings(of parts: [Int]) -> [Reading] {
    let tokens = parts.indices
    guard let cut = cut(parts) else { return [Reading(tokens: Array(tokens))] }
    let read = pooling == .first ? Array(cut.windows.prefix(1)) : cut.windows
    return read.map { window in
      Reading(
        tokens: Array(tokens[..<cut.text.lowerBound]) + Array(window)
          + Array(tokens[cut.text.upperBound...]))
    }
  }

  func logits(_ outputs: Matrix) -> [Float] {
    (0..<outputs.columns).map { column in
      let values = self.column(column, of: outputs)
      switch pooling {
      case .mean: return Float(values.reduce(0) { $0 + Double($1) } / Double(max(1, values.count)))
      case .max: return values.max() ?? 0
      case .first: return values.first ?? 0
      }
    }
  }

  private func column(_ column: Int, of outputs: Matrix) -> [Float] {
    (0..<outputs.rows).map { outputs[$0, column] }
  }

  func backward(_ dLogits: [Float], outputs: Matrix) -> Matrix {
    var d = Matrix(zeros: outputs.rows, outputs.columns)
    for (column, value) in dLogits.enumerated() {
      switch pooling {
      // forward:  logit = sum of outputs / windows
      case .mean:
        for row in 0..<outputs.rows { d[row, column] = value / Float(outputs.rows) }
      case .max:
        let shares = maximumShares(of: self.column(column, of: outputs), from: nil)
        for (row, share) in shares.enumerated() { d[row, column] = value * share }
      case .first: d[0, column] = value
      }
    }
    return d
  }

  func chords(_ multipliers: [Float], from baseline: Matrix, to outputs: Matrix) -> Matrix {
    guard pooling == .max else { return backward(multipliers, outputs: outputs) }
    var m = Matrix(zeros: outputs.rows, outputs.columns)
    for (column, value) in multipliers.enumerated() {
      let shares = maximumShares(
        of: self.column(column, of: outputs), from: self.column(column, of: baseline))
      for (row, share) in shares.enumerated() { m[row, column] = value * share }
    }
    return m
  }
}
