import CKernels
import Glibc

/// The products of a recurrence, one per step, each with the rows that the previous step computed.
///
/// Each part of a step packs its columns as soon as they are computed, so that no part waits for
/// another within a step, and each number is packed once.
@safe final class StepProduct: Sendable {
  private let matrix: PackedMatrix
  private let rows: Int
  private let interpolation: RowInterpolation?
  private let parts: Int
  /// The rows before and after a step as tiles, alternately.
  private nonisolated(unsafe) let tiles: UnsafeMutablePointer<Float>
  private let tileStarts: [Int]
  /// The nodes of each level but the last as tiles, alternately.
  private nonisolated(unsafe) let nodeTiles: UnsafeMutablePointer<Float>
  private let nodeStarts: [Int]
  /// The level that each part of a step needs, alternately.
  private nonisolated(unsafe) let partLevels: UnsafeMutablePointer<Int>

  /// - Parameters:
  ///   - matrix: one whose products do not round their left-hand side: the state is carried on in
  ///     single precision, and rounded rows could not be interpolated.
  ///   - rows: the number of rows of the left-hand side.
  ///   - parts: the number of parts of a step.
  ///   - interpolation: an interpolation of that many rows; nil if they must not be interpolated.
  init(_ matrix: PackedMatrix, rows: Int, parts: Int, interpolation: RowInterpolation? = nil) {
    precondition(!matrix.roundsLeft, "the state of a recurrence is not rounded")
    self.matrix = matrix
    self.rows = rows
    self.parts = parts
    self.interpolation = interpolation
    let count = Int(kernels_tiles(Int64(rows)))
    tileStarts = (0...count).map { count == 0 ? 0 : rows * $0 / count }
    var starts = [0]
    for level in interpolation?.levels.dropLast() ?? [] {
      starts.append(starts[starts.count - 1] + level.nodes.count)
    }
    nodeStarts = starts
    unsafe tiles = .allocate(capacity: 2 * rows * matrix.rows + 1)
    unsafe nodeTiles = .allocate(capacity: 2 * starts[starts.count - 1] * matrix.rows + 1)
    unsafe partLevels = .allocate(capacity: 2 * parts)
    unsafe partLevels.initialize(repeating: 0, count: 2 * parts)
  }

  deinit {
    unsafe tiles.deallocate()
    unsafe nodeTiles.deallocate()
    unsafe partLevels.deallocate()
  }

  private func tile(_ index: Int, after step: Int) -> UnsafeMutablePointer<Float> {
    let turn = (step & 1) * rows * matrix.rows
    return unsafe tiles + turn + tileStarts[index] * matrix.rows
  }

  private func nodeTile(_ level: Int, after step: Int) -> UnsafeMutablePointer<Float> {
    let turn = (step & 1) * (nodeStarts.last ?? 0) * matrix.rows
    return unsafe nodeTiles + turn + nodeStarts[level] * matrix.rows
  }

  /// The level that determines the rows after a step. Call it only once all parts have packed
  /// theirs.
  func level(after step: Int) -> Int {
    let first = unsafe partLevels + (step & 1) * parts
    var level = 0
    for part in 0..<parts { level = unsafe max(level, first[part]) }
    return level
  }

  /// Packs the columns `range` of the rows after a step as tiles, `[rows, matrix.rows]`.
  func pack(_ left: UnsafePointer<Float>, columns range: Range<Int>, part: Int, after step: Int) {
    let start = unsafe left + range.lowerBound
    for index in tileStarts.indices.dropLast() {
      let (first, end) = (tileStarts[index], tileStarts[index + 1])
      unsafe kernels_pack_rows(
        start + first * matrix.rows, Int64(matrix.rows), nil, Int64(end - first),
        Int64(range.count), tile(index, after: step) + range.lowerBound * (end - first))
    }
    guard let interpolation else { return }
    for (index, level) in interpolation.levels.dropLast().enumerated() {
      unsafe kernels_pack_rows(
        start, Int64(matrix.rows), level.nodes, Int64(level.nodes.count), Int64(range.count),
        nodeTile(index, after: step) + range.lowerBound * level.nodes.count)
    }
    unsafe partLevels[(step & 1) * parts + part] = interpolation.level(
      of: start, stride: matrix.rows, columns: range.count)
  }

  /// `out += left * matrix` for the columns of a part.
  /// - Parameters:
  ///   - step: the step whose rows, as passed to `pack`, are the left-hand side.
  ///   - out: the first column of the first row.
  /// - Returns: false if there is no memory.
  func add(after step: Int, columns range: Range<Int>, to out: UnsafeMutablePointer<Float>) -> Bool
  {
    switch matrix.storage {
    case .transposedHalves(let strips):
      return unsafe kernels_multiply_transposed_half_tiles(
        tile(0, after: step), Int64(rows), Int64(matrix.rows), strips.start,
        strips.format.kernelFormat, Int64(strips.rows), Int64(range.lowerBound),
        Int64(range.count), out + range.lowerBound, Int64(matrix.columns), 1) == 0
    case .transposed(let strips):
      return unsafe kernels_multiply_transposed_tiles(
        tile(0, after: step), Int64(rows), Int64(matrix.rows), strips.start, Int64(strips.rows),
        Int64(range.lowerBound), Int64(range.count), out + range.lowerBound, Int64(matrix.columns),
        1) == 0
    case .strips, .halves:
      for column in stride(from: range.lowerBound, to: range.upperBound, by: stripWidth) {
        for index in tileStarts.indices.dropLast() {
          let first = tileStarts[index]
          unsafe matrix.add(
            tile: tile(index, after: step), rows: tileStarts[index + 1] - first, column: column,
            end: range.upperBound, to: out + first * matrix.columns)
        }
      }
      return true
    }
  }

  /// The same for the nodes of a level, which determine the rows.
  func add(
    nodesOf level: Int, after step: Int, columns range: Range<Int>,
    to out: UnsafeMutablePointer<Float>
  ) -> Bool {
    guard let interpolation, level < interpolation.all, matrix.isInStrips else {
      return unsafe add(after: step, columns: range, to: out)
    }
    for column in stride(from: range.lowerBound, to: range.upperBound, by: stripWidth) {
      unsafe matrix.add(
        tile: nodeTile(level, after: step), rows: interpolation.levels[level].nodes.count,
        column: column,
        end: range.upperBound, to: out)
    }
    return true
  }
}

extension PackedMatrix {
  /// False for a transpose of packed numbers.
  fileprivate var isInStrips: Bool {
    switch storage {
    case .strips, .halves: true
    case .transposed, .transposedHalves: false
    }
  }

  /// Multiplies a tile by one strip, or by the part of it before the column `end`.
  fileprivate func add(
    tile: UnsafePointer<Float>, rows tileRows: Int, column: Int, end: Int,
    to out: UnsafeMutablePointer<Float>
  ) {
    let width = Int64(min(stripWidth, end - column))
    let (tileRows, depth) = (Int64(tileRows), Int64(rows))
    let out = unsafe out + column
    switch storage {
    case .strips(let strips):
      unsafe kernels_multiply_tile(
        tile, tileRows, depth, strips.start + column * rows, width, nil, out, Int64(columns), 1)
    case .halves(let strips):
      unsafe kernels_multiply_half_tile(
        tile, tileRows, depth, strips.start + column * rows, strips.format.kernelFormat, width,
        nil, out, Int64(columns), 1)
    case .transposed, .transposedHalves: preconditionFailure("a transpose has no strips of its own")
    }
  }
}
