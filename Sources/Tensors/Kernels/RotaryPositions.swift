import Glibc
import Synchronization

/// Positions as rotations of queries and keys: number `i` of a head and number `i + r / 2` turn
/// together by `position * frequency[i]`, where `r <= d` numbers of a head turn at all.
///
/// Source: Su et al. 2021, arXiv:2104.09864, equation 15, in the order of halves (GPT-NeoX).
public final class RotaryPositions: Sendable {
  /// Of a head.
  private let width: Int
  private let frequencies: RotaryFrequencies
  private let tables = Mutex<[Int: Table]>([:])

  /// Cosines and sines `[positions, r / 2]`, for as many positions as were asked for.
  private struct Table: Sendable {
    var positions = 0
    var cosines: [Float] = []
    var sines: [Float] = []
  }

  /// - Parameter width: of a head, even.
  public convenience init(width: Int, base: Float) {
    self.init(
      width: width, frequencies: RotaryFrequencies(base: Double(base), turning: width))
  }

  /// - Parameter width: of a head; at least two numbers for each frequency.
  public init(width: Int, frequencies: RotaryFrequencies) {
    precondition(2 * frequencies.count <= width, "pairs of numbers turn together")
    self.width = width
    self.frequencies = frequencies
  }

  /// Turns the first `heads` heads of each row by its place in its text, of rows of `stride` numbers.
  public func rotate(
    _ rows: inout [Float], heads: Int, stride: Int, texts: TextSpans, workers: Workers
  ) {
    turn(&rows, heads: heads, stride: stride, texts: texts, sign: 1, workers: workers)
  }

  /// The gradient before turning, from the one after it.
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
    // Texts of one set of frequencies share a table.
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

  /// Of so many sets of frequencies tables are kept.
  private static let tableLimit = 4

  /// In single precision, as PyTorch computes them: far from the start an angle's rounding shows.
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
