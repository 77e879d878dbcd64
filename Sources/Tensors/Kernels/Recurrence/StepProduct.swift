import CKernels
import Foundation

/// The products of a recurrence, one a step, each with the rows that the step before it made.
///
/// A part of a step hands its columns over as soon as it has them, so that no part waits for another
/// within a step and each number is packed once.
@safe final class StepProduct: Sendable {
  private let matrix: PackedMatrix
  private let rows: Int
  private let blend: RowBlend?
  private let parts: Int
  /// The rows before and after a step as tiles, in turns; unused where oneDNN multiplies.
  private nonisolated(unsafe) let tiles: UnsafeMutablePointer<Float>
  private let tileStarts: [Int]
  /// The nodes of each level as tiles, in turns.
  private nonisolated(unsafe) let nodeTiles: UnsafeMutablePointer<Float>
  private let nodeStarts: [Int]
  /// The nodes' products, `[nodes, columns]`.
  private nonisolated(unsafe) let nodeProducts: UnsafeMutablePointer<Float>
  /// The level that each part of a step needs, in turns.
  private nonisolated(unsafe) let partLevels: UnsafeMutablePointer<Int>

  /// - Parameters:
  ///   - rows: of the left-hand side.
  ///   - parts: how many parts a step has.
  init(_ matrix: PackedMatrix, rows: Int, parts: Int, blend: RowBlend? = nil) {
    self.matrix = matrix
    self.rows = rows
    self.parts = parts
    self.blend = blend?.rows == rows ? blend : nil
    let count = PackedMatrix.Kernels.own.areAvailable ? Int(kernels_tiles(Int64(rows))) : 0
    tileStarts = (0...count).map { count == 0 ? 0 : rows * $0 / count }
    var starts = [0]
    for level in self.blend?.levels ?? [] {
      starts.append(starts[starts.count - 1] + level.nodes.count)
    }
    nodeStarts = starts
    unsafe tiles = .allocate(capacity: 2 * rows * matrix.rows + 1)
    unsafe nodeTiles = .allocate(capacity: 2 * starts[starts.count - 1] * matrix.rows + 1)
    unsafe nodeProducts = .allocate(capacity: kernels_tile_rows * matrix.columns)
    unsafe partLevels = .allocate(capacity: 2 * parts)
    unsafe partLevels.initialize(repeating: 0, count: 2 * parts)
  }

  deinit {
    unsafe tiles.deallocate()
    unsafe nodeTiles.deallocate()
    unsafe nodeProducts.deallocate()
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

  /// How many nodes the rows after a step take; may be asked once all parts have handed over.
  func level(after step: Int) -> Int {
    let first = unsafe partLevels + (step & 1) * parts
    var level = 0
    for part in 0..<parts { level = unsafe max(level, first[part]) }
    return level
  }

  /// Takes over the columns `range` of the rows after a step, `[rows, matrix.rows]`.
  func take(_ left: UnsafePointer<Float>, columns range: Range<Int>, part: Int, after step: Int) {
    if case .panels = matrix.storage { return }
    let start = unsafe left + range.lowerBound
    for index in tileStarts.indices.dropLast() {
      let (first, end) = (tileStarts[index], tileStarts[index + 1])
      unsafe kernels_pack_rows(
        start + first * matrix.rows, Int64(matrix.rows), nil, Int64(end - first),
        Int64(range.count), tile(index, after: step) + range.lowerBound * (end - first))
    }
    guard let blend else { return }
    for (index, level) in blend.levels.enumerated() {
      unsafe kernels_pack_rows(
        start, Int64(matrix.rows), level.nodes, Int64(level.nodes.count), Int64(range.count),
        nodeTile(index, after: step) + range.lowerBound * level.nodes.count)
    }
    unsafe partLevels[(step & 1) * parts + part] = blend.level(
      of: start, stride: matrix.rows, columns: range.count)
  }

  /// `out += left * matrix` for the columns of a part.
  /// - Parameters:
  ///   - left: the rows after `step`, as `take` was given them.
  ///   - part: the panel of these columns where oneDNN multiplies.
  ///   - out: the first column of the first row.
  /// - Returns: false where oneDNN failed.
  func add(
    _ left: UnsafePointer<Float>, after step: Int, part: Int, columns range: Range<Int>,
    to out: UnsafeMutablePointer<Float>
  ) -> Bool {
    switch matrix.storage {
    case .panels(let panels):
      return unsafe panels[part].multiply(
        left, rows: rows, into: out, outStride: matrix.columns, accumulates: true)
    case .turned(let strips):
      unsafe kernels_multiply_turned_tiles(
        tile(0, after: step), Int64(rows), Int64(matrix.rows), strips.start, Int64(strips.rows),
        Int64(range.lowerBound), Int64(range.count), out + range.lowerBound, Int64(matrix.columns),
        1)
      return true
    case .strips(let strips):
      if let blend {
        let level = level(after: step)
        if level < blend.levels.count {
          unsafe addBlended(
            blend.levels[level], tile: nodeTile(level, after: step), strips: strips,
            columns: range, to: out)
          return true
        }
      }
      for column in stride(from: range.lowerBound, to: range.upperBound, by: Strips.width) {
        for index in tileStarts.indices.dropLast() {
          let first = tileStarts[index]
          unsafe strips.multiply(
            tile: tile(index, after: step), rows: tileStarts[index + 1] - first, column: column,
            end: range.upperBound, into: out + first * matrix.columns, accumulates: true)
        }
      }
      return true
    }
  }

  private func addBlended(
    _ level: RowBlend.Level, tile: UnsafePointer<Float>, strips: Strips, columns range: Range<Int>,
    to out: UnsafeMutablePointer<Float>
  ) {
    for column in stride(from: range.lowerBound, to: range.upperBound, by: Strips.width) {
      unsafe strips.multiply(
        tile: tile, rows: level.nodes.count, column: column, end: range.upperBound,
        into: nodeProducts, accumulates: false)
    }
    unsafe kernels_blend(
      nodeProducts + range.lowerBound, Int64(matrix.columns), Int64(level.nodes.count),
      level.weights, Int64(rows), Int64(range.count), nil, out + range.lowerBound,
      Int64(matrix.columns))
  }
}

extension Strips {
  /// A tile times one strip, or the part of it before the column `end`.
  fileprivate func multiply(
    tile: UnsafePointer<Float>, rows tileRows: Int, column: Int, end: Int,
    into out: UnsafeMutablePointer<Float>, accumulates: Bool
  ) {
    unsafe kernels_multiply_tile(
      tile, Int64(tileRows), Int64(rows), start + column * rows,
      Int64(min(Self.width, end - column)), nil, out + column, Int64(columns),
      accumulates ? 1 : 0)
  }
}
