import Foundation
import Synchronization

/// Positions as rotations of queries and keys: number `i` of a head and number `i + d / 2` turn
/// together by `position * base^(-2i / d)`.
///
/// Source: Su et al. 2021, arXiv:2104.09864, equation 15, in the order of halves (GPT-NeoX).
public final class RotaryPositions: Sendable {
  private let width: Int
  /// `[d / 2]`.
  private let frequencies: [Float]
  /// Cosines and sines `[positions, d / 2]`, for as many positions as were asked for.
  private let table = Mutex<(cosines: [Float], sines: [Float])>(([], []))

  /// - Parameter width: of a head, even.
  public init(width: Int, base: Float) {
    precondition(width.isMultiple(of: 2), "pairs of numbers turn together")
    self.width = width
    frequencies = stride(from: 0, to: width, by: 2).map {
      1 / pow(base, Float($0) / Float(width))
    }
  }

  /// Turns queries and keys of `[N, 3 * H * d]` by their places in their texts.
  public func rotate(_ qkv: inout [Float], heads: Int, texts: TextSpans, workers: Workers) {
    turn(&qkv, heads: heads, texts: texts, sign: 1, workers: workers)
  }

  /// The gradient before turning, from the one after it.
  public func rotateBack(_ dQKV: inout [Float], heads: Int, texts: TextSpans, workers: Workers) {
    turn(&dQKV, heads: heads, texts: texts, sign: -1, workers: workers)
  }

  private func turn(
    _ qkv: inout [Float], heads: Int, texts: TextSpans, sign: Float, workers: Workers
  ) {
    let (cosines, sines) = angles(positions: texts.longest)
    let columns = heads * width
    let half = width / 2
    let positions = texts.ranges.flatMap { 0..<$0.count }
    precondition(qkv.count >= texts.count * 3 * columns, "three vectors a token and head")
    unsafe qkv.withUnsafeMutableBufferPointer { qkv in
      unsafe cosines.withUnsafeBufferPointer { cosines in
        unsafe sines.withUnsafeBufferPointer { sines in
          guard let qkvStart = qkv.baseAddress, let cosinesStart = cosines.baseAddress,
            let sinesStart = sines.baseAddress
          else { return }
          nonisolated(unsafe) let (qkv, cosines, sines) = unsafe (
            qkvStart, cosinesStart, sinesStart
          )
          workers.forEachRow(texts.count, cost: 2 * columns) { row in
            let cosine = unsafe cosines + positions[row] * half
            let sine = unsafe sines + positions[row] * half
            for head in 0..<2 * heads {
              let x = unsafe qkv + row * 3 * columns + head * width
              for index in 0..<half {
                let (a, b) = unsafe (x[index], x[index + half])
                unsafe x[index] = a * cosine[index] - sign * b * sine[index]
                unsafe x[index + half] = b * cosine[index] + sign * a * sine[index]
              }
            }
          }
        }
      }
    }
  }

  /// In single precision, as PyTorch computes them: far from the start an angle's rounding shows.
  private func angles(positions: Int) -> (cosines: [Float], sines: [Float]) {
    table.withLock { table in
      let known = table.cosines.count / max(1, frequencies.count)
      for position in min(known, positions)..<positions {
        for frequency in frequencies {
          let angle = Float(position) * frequency
          table.cosines.append(cos(angle))
          table.sines.append(sin(angle))
        }
      }
      return table
    }
  }
}
