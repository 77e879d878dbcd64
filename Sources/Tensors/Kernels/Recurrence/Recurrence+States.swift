extension Recurrence {
  /// The states from which a pass's steps can be computed again.
  struct States: Sendable {
    /// The hidden state before the first step, of all rows or only of the nodes of an
    /// interpolation, and the cells before every `cellStride`th step, `[B, units]` each. The cells
    /// between them follow from the gates.
    let numbers: Numbers
    private let startCount: Int
    private let interpolation: (RowInterpolation, level: Int)?

    /// Stores the state before the first step, with memory for the following cells.
    init(_ start: State, units: Int, steps: Int, interpolation: RowInterpolation?) {
      let segments = max(1, (steps + Recurrence.cellStride - 1) / Recurrence.cellStride)
      self.interpolation = interpolation.map { ($0, $0.level(of: start.hidden, columns: units)) }
      let kept = self.interpolation.map { interpolation, level in
        interpolation.levels[level].nodes.map(Int.init)
      }
      startCount = kept.map { $0.count * units } ?? start.hidden.count
      numbers = Numbers(count: startCount + segments * start.cell.count)
      unsafe start.hidden.withUnsafeBufferPointer { hidden in
        guard let hidden = hidden.baseAddress else { return }
        for (place, row) in (kept ?? Array(0..<start.hidden.count / units)).enumerated() {
          unsafe (numbers.start + place * units).update(from: hidden + row * units, count: units)
        }
      }
      unsafe start.cell.withUnsafeBufferPointer { cell in
        guard let cell = cell.baseAddress else { return }
        // The steps write the cells; without steps they are written here.
        unsafe cells.update(from: cell, count: start.cell.count)
      }
    }

    var cells: UnsafeMutablePointer<Float> { unsafe numbers.start + startCount }

    /// The hidden state before the first step, `[rows, units]`.
    func hidden(rows: Int, units: Int) -> [Float] {
      unsafe largeArray(rows * units) { hidden in
        guard let hidden = hidden.baseAddress else { return }
        if let (interpolation, level) = interpolation {
          unsafe interpolation.extend(
            numbers.start, from: level, to: interpolation.all, columns: units, stride: units,
            into: hidden)
        } else {
          unsafe hidden.update(from: numbers.start, count: rows * units)
        }
      }
    }
  }
}
