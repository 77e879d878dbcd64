import Glibc
import Synchronization

/// Positions as rotations of queries and keys: the numbers `i` and `i + r / 2` of a head are
/// rotated as a pair by `position * frequency[i]`. `r <= d` numbers of a head are rotated.
///
/// Source: Su et al. 2021, arXiv:2104.09864, equation 15, in the order of GPT-NeoX (halves).
public final class RotaryPositions: Sendable {
  /// The width of a head.
  private let width: Int
  private let frequencies: RotaryFrequencies
  private let tables = Mutex<[Int: Table]>([:])

  /// Cosines and sines `[positions, r / 2]`, for as many positions as were needed so far.
  private struct Table: Sendable {
    var positions = 0
    var cosines: [Float] = []
    var sines: [Float] = []
  }

  /// - Parameter width: the width of a head, an even number.
  public convenience init(width: Int, base: Float) {
    self.init(
      width: width, frequencies: RotaryFrequencies(base: Double(base), turning: width))
  }

  /// - Parameter width: the width of a head, at least two numbers for each frequency.
  public init(width: Int, frequencies: RotaryFrequencies) {
    precondition(2 * frequencies.count <= width, "pairs of numbers turn together")
    self.width = width
    self.frequencies = frequencies
  }

  /// Rotates the first `heads` heads of each row by the row's position in its text; rows have
  /// `stride` numbers.
  public func rotate(
    _ rows: inout [Float], heads: Int, stride: Int, texts: TextSpans, workers: Workers
  ) {
    turn(&rows, heads: heads, stride: stride, texts: texts, sign: 1, workers: workers)
  }

  /// The gradient before the rotation, from the gradient after it.
  public func rotateBack(
    _ dRows: inout [Float], heads: Int, stride: Int, texts: TextSpans, workers: Workers
  ) {
    turn(&dRows, heads: heads, stride: stride, texts: texts, sign: -1, workers: workers)
  }

  private func turn(
    _ rows: inout [Float], heads: Int, stride: Int, texts: TextSpans, sign: Float,
    workers: Workers
  ) {
    precondition(rows.count >= texts.count * stride && heads * width <= stride, "heads in a row")
    let half = frequencies.count
    // Texts with the same frequencies share a table.
    var keys = texts.ranges.map { frequencies.key(tokens: $0.count) }
    let tables = tables(for: texts, keys: keys)
    keys = keys.map { key in tables.firstIndex { $0.key == key } ?? 0 }
    let places = zip(texts.ranges, keys).flatMap { range, key in
      (0..<range.count).map { (table: key, position: $0) }
    }
    unsafe rows.withUnsafeMutableBufferPointer { rows in
      guard let start = rows.baseAddress else { return }
      nonisolated(unsafe) let rows = unsafe start
      workers.forEachRow(texts.count, cost: heads * width) { row in
        let place = places[row]
        let table = tables[place.table].table
        let first = place.position * half
        unsafe table.cosines.withUnsafeBufferPointer { cosines in
          unsafe table.sines.withUnsafeBufferPointer { sines in
            for head in 0..<heads {
              let x = unsafe rows + row * stride + head * width
              for index in 0..<half {
                let (a, b) = unsafe (x[index], x[index + half])
                let (cosine, sine) = unsafe (cosines[first + index], sines[first + index])
                unsafe x[index] = a * cosine - sign * b * sine
                unsafe x[index + half] = b * cosine + sign * a * sine
              }
            }
          }
        }
      }
    }
  }

  /// For how many sets of frequencies tables are kept.
  private static let tableLimit = 4

  /// In single precision, as in PyTorch: at large positions, the rounding of the angles is
  /// noticeable.
  private func tables(for texts: TextSpans, keys: [Int]) -> [(key: Int, table: Table)] {
    var longest: [Int: Int] = [:]
    for (text, key) in zip(texts.ranges, keys) {
      longest[key] = max(longest[key] ?? 0, text.count)
    }
    return tables.withLock { known in
      longest.sorted { $0.key < $1.key }.map { key, positions in
        var table = known[key] ?? Table()
        if table.positions < positions {
          let frequencies = frequencies.values(key: key)
          for position in table.positions..<positions {
            for frequency in frequencies {
              let angle = Float(position) * frequency
              table.cosines.append(cos(angle) * self.frequencies.factor)
              table.sines.append(sin(angle) * self.frequencies.factor)
            }
          }
          table.positions = positions
          if known.count >= Self.tableLimit, known[key] == nil { known = [:] }
          known[key] = table
        }
        return (key, table)
      }
    }
  }
}
