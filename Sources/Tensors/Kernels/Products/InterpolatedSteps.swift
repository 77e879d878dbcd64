/// The rows of some time steps, `[T, B, columns]`, of which only those are kept that determine the
/// others: a fifth of the memory where the rows are points of a line.
public struct InterpolatedSteps: Sendable {
  let interpolation: RowInterpolation
  let columns: Int
  var steps: [Step]

  struct Step: Sendable {
    /// Of the interpolation.
    let level: Int
    /// `[nodes, columns]`.
    fileprivate(set) var numbers: Numbers

    init(level: Int, nodes: Int, columns: Int) {
      self.level = level
      numbers = Numbers(count: nodes * columns)
    }
  }

  /// Room for steps that the caller writes.
  init(interpolation: RowInterpolation, levels: [Int], columns: Int) {
    self.interpolation = interpolation
    self.columns = columns
    steps = levels.map {
      Step(level: $0, nodes: interpolation.levels[$0].nodes.count, columns: columns)
    }
  }

  /// Rows that are one row each, times a factor a row, plus another, as `spread` makes them.
  /// - Parameters:
  ///   - base, change: `[T, columns]`.
  ///   - factors: of the interpolation's places the same linear function.
  public init(
    base: [Float], change: [Float], factors: [Float], columns: Int, interpolation: RowInterpolation,
    workers: Workers = .all
  ) {
    precondition(base.count == change.count && base.count.isMultiple(of: columns))
    precondition(factors.count >= interpolation.rows)
    self.init(
      interpolation: interpolation, levels: [Int](repeating: 0, count: base.count / columns),
      columns: columns)
    workers.forEach(steps.count) { [steps] step in
      let out = unsafe steps[step].numbers.start
      for (node, row) in interpolation.levels[0].nodes.enumerated() {
        let factor = factors[Int(row)]
        unsafe base.withUnsafeBufferPointer { base in
          unsafe change.withUnsafeBufferPointer { change in
            for column in 0..<columns {
              unsafe out[node * columns + column] =
                base[step * columns + column] + factor * change[step * columns + column]
            }
          }
        }
      }
    }
  }

  /// Before the numbers are written: what others hold too stays as it is.
  mutating func makeUnique() {
    for step in steps.indices where !isKnownUniquelyReferenced(&steps[step].numbers) {
      let shared = steps[step].numbers
      steps[step].numbers = Numbers(count: shared.count)
      unsafe steps[step].numbers.start.update(from: shared.start, count: shared.count)
    }
  }

  /// Bytes in memory.
  var byteCount: Int { steps.reduce(0) { $0 + $1.numbers.count * MemoryLayout<Float>.size } }
}
