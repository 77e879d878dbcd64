/// The rows of some time steps, `[T, B, columns]`, of which only the nodes of an interpolation are
/// stored: a fifth of the memory if the rows are points on a line.
public struct InterpolatedSteps: Sendable {
  let interpolation: RowInterpolation
  let columns: Int
  var steps: [Step]

  struct Step: Sendable {
    /// The level of the interpolation.
    let level: Int
    /// `[nodes, columns]`.
    fileprivate(set) var numbers: Numbers

    init(level: Int, nodes: Int, columns: Int) {
      self.level = level
      numbers = Numbers(count: nodes * columns)
    }
  }

  /// Memory for steps that the caller writes.
  init(interpolation: RowInterpolation, levels: [Int], columns: Int) {
    self.interpolation = interpolation
    self.columns = columns
    steps = levels.map {
      Step(level: $0, nodes: interpolation.levels[$0].nodes.count, columns: columns)
    }
  }

  /// Rows on a line, as in `spread`: the base row of each step plus a multiple of its change.
  /// - Parameters:
  ///   - base, change: `[T, columns]`.
  ///   - factors: one per row, a linear function of the interpolation's positions.
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

  /// Copies the numbers if something else refers to them; call it before writing.
  mutating func makeUnique() {
    for step in steps.indices where !isKnownUniquelyReferenced(&steps[step].numbers) {
      let shared = steps[step].numbers
      steps[step].numbers = Numbers(count: shared.count)
      unsafe steps[step].numbers.start.update(from: shared.start, count: shared.count)
    }
  }

  /// The size in memory.
  var byteCount: Int { steps.reduce(0) { $0 + $1.numbers.count * MemoryLayout<Float>.size } }
}
