import Tensors
internal import Tokenizers

/// How a text that is longer than a model takes is read in overlapping windows.
public struct WindowReading: Sendable, Hashable {
  /// How the windows' logits become the text's, for each class by itself.
  public enum Pooling: String, Sendable, Hashable, CaseIterable {
    case mean
    /// The largest.
    case max
    /// The first window's: the rest counts for nothing.
    case first
  }

  /// Tokens of a window with those that stand around it; nil for as many as the model takes.
  public var tokens: Int?
  public var pooling: Pooling

  public init(tokens: Int? = nil, pooling: Pooling = .mean) {
    self.tokens = tokens
    self.pooling = pooling
  }
}

/// A text in windows, each with what stands around a text; a window begins in the middle of the one
/// before it, and the last one holds what is left.
///
/// The windows are those that transformers makes with `return_overflowing_tokens` and a `stride` of half
/// the room.
struct Windows: Derivation {
  let classes: [String]
  let link: OutputLink
  /// Tokens of a window, those around the text among them.
  let size: Int
  let pooling: WindowReading.Pooling
  let frame: TextFrame

  /// Tokens from the beginning of a window to that of the next.
  private var step: Int { max(1, (size - frame.count + 1) / 2) }

  /// The places of a window's own tokens in a text of so many.
  func ranges(_ tokens: Int) -> [Range<Int>] {
    guard tokens > size, let inside = frame.inside(tokens) else {
      return [frame.inside(tokens) ?? 0..<tokens]
    }
    let room = max(1, size - frame.count)
    var ranges: [Range<Int>] = []
    var start = inside.lowerBound
    while true {
      let end = min(start + room, inside.upperBound)
      ranges.append(start..<end)
      if end == inside.upperBound { return ranges }
      start += step
    }
  }

  func readings(of types: [Int]) -> [Reading] {
    let count = types.count
    guard count > size, let inside = frame.inside(count) else {
      return [Reading(tokens: Array(0..<count))]
    }
    let ranges = pooling == .first ? Array(ranges(count).prefix(1)) : ranges(count)
    return ranges.map { range in
      Reading(
        tokens: Array(0..<inside.lowerBound) + Array(range) + Array(inside.upperBound..<count))
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
