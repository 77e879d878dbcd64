import CKernels
import Tensors
import TestSupport
import Testing

/// The kernels' loops are compiled once for each set of instructions. Whichever a processor has, the
/// numbers are the same; without instructions for `a * b + c` they differ by the product's rounding.
struct InstructionSetTests {
  private let sets = (0..<Int32(kernels_sets)).filter { kernels_has($0) != 0 }

  /// What each set makes of the same work.
  private func results<Result>(_ work: () throws -> Result) rethrows -> [Result] {
    defer { if let best = sets.first { kernels_use(best) } }
    return try sets.map {
      kernels_use($0)
      return try work()
    }
  }

  private func agree(_ all: [[Float]], within tolerance: Float = 1e-5) -> Bool {
    zip(sets, all).allSatisfy { set, numbers in
      set == Int32(kernels_generic)
        ? largestDifference(numbers, all[0]) < tolerance : numbers == all[0]
    }
  }

  private func numbers(_ count: Int) -> [Float] {
    (0..<count).map { Float($0 * 7919 % 1009) / 1009 - 0.5 }
  }

  @Test func `tiles hold what their rows held`() {
    for rows in 1...14 {
      for depth in [1, 7, 8, 15, 16, 17, 50] {
        let left = numbers(20 * (depth + 3))
        for numbered in [false, true] {
          let order = numbered ? (0..<rows).map { Int32($0 * 3 % 20) } : (0..<rows).map(Int32.init)
          var expected: [Float] = []
          for k in 0..<depth {
            for row in order { expected.append(left[Int(row) * (depth + 3) + k]) }
          }
          for tile in results({
            // What stands behind a tile belongs to somebody else.
            var tile = [Float](repeating: 7, count: depth * rows + 16)
            unsafe kernels_pack_rows(
              left, Int64(depth + 3), numbered ? order : nil, Int64(rows), Int64(depth), &tile)
            return tile
          }) {
            #expect(tile == expected + [Float](repeating: 7, count: 16), "\(rows) x \(depth)")
          }
        }
      }
    }
  }

  @Test func `strips hold what their columns held`() {
    for (rows, columns) in [(1, 1), (9, 31), (33, 32), (50, 17)] {
      let matrix = numbers(rows * columns)
      for transposed in [false, true] {
        var expected = [Float](repeating: 0, count: rows * 32)
        for row in 0..<rows {
          for column in 0..<columns {
            let place = transposed ? column * rows + row : row * columns + column
            expected[row * 32 + column] = matrix[place]
          }
        }
        for strip in results({
          var strip = [Float](repeating: 7, count: rows * 32 + 16)
          unsafe kernels_pack_strip(
            matrix, Int64(rows), Int64(columns), transposed ? 1 : Int64(columns),
            transposed ? Int64(rows) : 1, &strip)
          return strip
        }) {
          #expect(strip == expected + [Float](repeating: 7, count: 16), "\(rows) x \(columns)")
        }
      }
    }
  }

  @Test func `a tile's products stay within their columns and are those of the definition`() {
    let depth = 37
    for rows in 1...14 {
      let tile = numbers(depth * rows)
      let strip = numbers(depth * 32 + 64).map { $0 * 0.75 }
      for columns in [1, 7, 8, 9, 16, 17, 24, 25, 31, 32] {
        let bias = numbers(columns)
        let all = results {
          var out = [Float](repeating: 7, count: rows * 40)
          unsafe kernels_multiply_tile(
            tile, Int64(rows), Int64(depth), strip, Int64(columns), bias, &out, 40, 0)
          return out
        }
        for row in 0..<rows {
          for column in 0..<40 where all.count > 0 {
            var sum = 0.0
            for k in 0..<depth where column < columns {
              sum += Double(tile[k * rows + row]) * Double(strip[k * 32 + column])
            }
            let expected = column < columns ? Float(sum) + bias[column] : 7
            #expect(abs(all[0][row * 40 + column] - expected) < 1e-5)
          }
        }
        #expect(agree(all), "\(rows) rows, \(columns) columns")
      }
    }
  }

  @Test func `a tile's products with two bytes are those with the same numbers in four`() {
    let depth = 37
    let halves = (0..<depth * 32).map { UInt16(truncatingIfNeeded: 0x3B00 + $0 * 40_503 % 0x0500) }
    for (format, half) in [(kernels_float16, HalfFormat.float16), (kernels_bfloat16, .bfloat16)] {
      let strip = half.floats(halves[...])
      for rows in 1...14 {
        let tile = numbers(depth * rows)
        for columns in [1, 15, 16, 17, 32] {
          for (found, expected) in results({
            var found = [Float](repeating: 7, count: rows * 40)
            var expected = found
            unsafe kernels_multiply_half_tile(
              tile, Int64(rows), Int64(depth), halves, Int32(format), Int64(columns), nil, &found,
              40, 1)
            unsafe kernels_multiply_tile(
              tile, Int64(rows), Int64(depth), strip, Int64(columns), nil, &expected, 40, 1)
            return (found, expected)
          }) {
            #expect(found == expected, "\(rows) rows, \(columns) columns")
          }
        }
      }
    }
  }

  @Test func `products of many rows are the same to the last bit`() {
    // Deep enough for several blocks.
    let (rows, depth, columns) = (130, 1300, 70)
    let left = numbers(rows * depth)
    let strips = numbers(3 * 32 * depth + 64)
    let all = results {
      var out = [Float](repeating: 0, count: rows * columns)
      let failed = unsafe kernels_multiply(
        left, Int64(depth), Int64(rows), Int64(depth), strips, Int64(columns), nil, &out,
        Int64(columns), 0)
      #expect(failed == 0)
      return out
    }
    #expect(agree(all, within: 1e-4))
  }

  @Test func `products with a transpose are those of the definition`() {
    for (rows, depth, columns) in [(1, 33, 40), (13, 64, 64), (50, 1300, 96), (120, 600, 33)] {
      let strips = numbers((depth + 31) / 32 * 32 * columns + 64)
      let left = numbers(rows * depth)
      let all = results {
        var fromRows = [Float](repeating: 7, count: rows * columns + 16)
        _ = unsafe kernels_multiply_transposed_rows(
          left, Int64(depth), Int64(rows), Int64(depth), strips, Int64(columns), 0,
          Int64(columns), nil, &fromRows, Int64(columns), 0)
        var tiles = [Float](repeating: 0, count: rows * depth)
        let count = Int(kernels_tiles(Int64(rows)))
        for tile in 0..<count {
          let (first, end) = (rows * tile / count, rows * (tile + 1) / count)
          unsafe tiles.withUnsafeMutableBufferPointer { tiles in
            unsafe left.withUnsafeBufferPointer { left in
              guard let tiles = tiles.baseAddress, let left = left.baseAddress else { return }
              unsafe kernels_pack_rows(
                left + first * depth, Int64(depth), nil, Int64(end - first), Int64(depth),
                tiles + first * depth)
            }
          }
        }
        var fromTiles = [Float](repeating: 7, count: rows * columns + 16)
        _ = unsafe kernels_multiply_transposed_tiles(
          tiles, Int64(rows), Int64(depth), strips, Int64(columns), 0, Int64(columns), &fromTiles,
          Int64(columns), 0)
        #expect(fromTiles == fromRows)
        return fromRows
      }
      for row in stride(from: 0, to: rows, by: 7) {
        for column in 0..<columns where all.count > 0 {
          var sum = 0.0
          for k in 0..<depth {
            sum +=
              Double(left[row * depth + k])
              * Double(strips[k / 32 * 32 * columns + column * 32 + k % 32])
          }
          #expect(abs(all[0][row * columns + column] - Float(sum)) < 2e-4)
        }
      }
      #expect(agree(all, within: 2e-4) && all.allSatisfy { $0.suffix(16).allSatisfy { $0 == 7 } })
    }
  }

  @Test(arguments: [(1, 33, 0), (7, 1, 65), (40, 64, 16), (130, 33, 1200)])
  func `products of unpacked matrices are those of the definition`(
    _ rows: Int, _ columns: Int, _ depth: Int
  ) {
    for transposed in 0..<4 {
      for keep: Float in [0, 1, 0.5] {
        let (turnsLeft, turnsRight) = (transposed & 1 != 0, transposed & 2 != 0)
        // Parts of larger matrices, as a head of attention is.
        let leftStride = (turnsLeft ? rows : depth) + 3
        let rightStride = (turnsRight ? depth : columns) + 5
        let left = numbers((turnsLeft ? depth : rows) * leftStride + 1)
        let right = numbers((turnsRight ? columns : depth) * rightStride + 1)
        let before = numbers(rows * (columns + 2))
        let all = results {
          var out = before
          let failed = unsafe kernels_gemm(
            turnsLeft ? 1 : 0, turnsRight ? 1 : 0, Int64(rows), Int64(columns), Int64(depth), 0.75,
            left, Int64(leftStride), right, Int64(rightStride), keep, &out, Int64(columns + 2))
          #expect(failed == 0)
          return out
        }
        for row in 0..<rows {
          for column in 0..<columns + 2 where all.count > 0 {
            let place = row * (columns + 2) + column
            var sum = 0.0
            for k in 0..<depth where column < columns {
              sum +=
                Double(left[turnsLeft ? k * leftStride + row : row * leftStride + k])
                * Double(right[turnsRight ? column * rightStride + k : k * rightStride + column])
            }
            let expected =
              column < columns ? Float(0.75 * sum) + keep * before[place] : before[place]
            #expect(abs(all[0][place] - expected) < 2e-4)
          }
        }
        #expect(agree(all, within: 1e-4))
      }
    }
  }

  @Test func `interpolated rows and their errors are the same to the last bit`() {
    for (nodes, columns) in [(5, 1), (8, 33), (12, 70), (14, 16)] {
      let rows = numbers(20 * columns)
      let weights = numbers(20 * nodes).map { $0 + 0.25 }
      let order = (0..<nodes).map { Int32($0 * 3 % 20) }
      let all = results {
        var out = [Float](repeating: 7, count: 20 * columns + 1)
        unsafe kernels_interpolate(
          rows, Int64(columns), Int64(nodes), weights, 20, Int64(columns), &out,
          Int64(columns))
        var largest: Float = 0
        let error = unsafe kernels_interpolation_error(
          rows, Int64(columns), 20, order, Int64(nodes), weights, Int64(columns), &largest)
        return out + [error, largest]
      }
      for row in 0..<20 where all.count > 0 {
        for column in 0..<columns {
          let expected = (0..<nodes).reduce(Float(0)) {
            $0 + weights[row * nodes + $1] * rows[$1 * columns + column]
          }
          #expect(abs(all[0][row * columns + column] - expected) < 1e-5)
        }
      }
      #expect(agree(all) && all.allSatisfy { $0[20 * columns] == 7 })
    }
  }

  @Test func `steps of an LSTM are the same to the last bit`() {
    for units in [1, 7, 16, 41] {
      let all = results {
        var gates = numbers(4 * units).map { $0 * 12 } + [7]
        var cell = numbers(units) + [7]
        var hidden = [Float](repeating: 0, count: units) + [7]
        let before = cell
        unsafe kernels_lstm_forward(&gates, &cell, &hidden, Int64(units))
        let forward = gates + cell + hidden
        var d = numbers(units) + [7]
        unsafe kernels_lstm_backward(&gates, before, cell, hidden, &d, Int64(units))
        return forward + gates + d
      }
      #expect(agree(all) && all.allSatisfy { $0.filter { $0 == 7 }.count >= 5 })
    }
  }

  @Test func `functions of one number are the same to the last bit`() {
    for function in 0..<Int32(kernels_activations) {
      for aspect in 0..<Int32(kernels_aspects) {
        for count in [1, 7, 16, 1009] {
          let x = numbers(count).map { $0 * 24 }
          let factors = numbers(count)
          let all = results {
            var (y, times) = ([Float](repeating: 7, count: count + 1), factors + [7])
            unsafe kernels_activate(function, aspect, x, nil, &y, Int64(count))
            unsafe kernels_activate(function, aspect, x, factors, &times, Int64(count))
            #expect(times == zip(y, factors).map { $0 * $1 } + [7])
            return y
          }
          #expect(agree(all, within: 1e-4), "function \(function), aspect \(aspect)")
          #expect(all.allSatisfy { $0[count] == 7 })
        }
      }
    }
  }

  @Test func `softmax and normalisation of a row are the same to the last bit`() {
    for count in [1, 7, 16, 17, 64, 250] {
      let x = numbers(count).map { $0 * 20 }
      let (weight, bias, d) = (x.map { 1 - $0 / 30 }, x.reversed() as [Float], numbers(count))
      let all = results {
        var (weights, logarithms, back) = (x + [7], x + [7], d + [7])
        unsafe kernels_softmax(&weights, Int64(count))
        unsafe kernels_log_softmax(&logarithms, Int64(count))
        unsafe kernels_softmax_backward(weights, &back, 1, Int64(count))
        var (y, dx) = (x + [7], x + [7])
        var (mean, inverse): (Float, Float) = (0, 0)
        unsafe kernels_normalise(
          x, weight, bias, 1, 0.5, Int64(count), &y, &mean, &inverse)
        unsafe kernels_normalise_backward(
          d, x, weight, mean, inverse, 1, 0, Int64(count), &dx)
        var sum = x + [7]
        unsafe kernels_add(&sum, d, Int64(count))
        return [weights, logarithms, back, y, dx, sum, [mean, inverse]].flatMap(\.self)
      }
      #expect(agree(all, within: 1e-4), "\(count) numbers")
      #expect(
        all.allSatisfy { numbers in (1...6).allSatisfy { numbers[$0 * (count + 1) - 1] == 7 } })
    }
  }

  @Test func `sums of products in sixteen parts are the same to the last bit`() {
    for (count, depth) in [(1, 1), (4, 16), (7, 37), (6, 1300)] {
      let (x, rows) = (numbers(6 * depth), numbers(count * depth))
      let all = results {
        var out = [Float](repeating: 7, count: 6 * count + 1)
        unsafe kernels_dots(
          x, Int64(depth), 6, rows, Int64(depth), Int64(count), Int64(depth), &out, Int64(count))
        return out
      }
      #expect(agree(all) && all.allSatisfy { $0[6 * count] == 7 })
    }
  }
}
