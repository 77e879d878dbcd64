import Tensors

/// Pools a text's hidden states to `[last, max, mean]`, in this order, over the time steps in each
/// row's window. A row without time steps gives zeros.
///
/// Source: Howard and Ruder 2018, arXiv:1801.06146, 3.3; fastai's `masked_concat_pool` for a single
/// text.
struct ConcatPooling: Sendable {
  /// The pooled time steps, one window per row.
  let windows: [PooledSteps]
  let width: Int
  /// The steps of the maxima, `[B, D]`; the first of equal ones.
  private(set) var largestSteps: [Int32]
  private(set) var largest: [Float]
  private var sums: [Double]
  private var last: [Float]

  /// - Parameter start: the pooling of one row so far, with which every row starts.
  init(windows: [PooledSteps], width: Int, continuing start: ConcatPooling? = nil) {
    self.windows = windows
    self.width = width
    if let start {
      largestSteps = windows.flatMap { _ in start.largestSteps }
      largest = windows.flatMap { _ in start.largest }
      sums = windows.flatMap { _ in start.sums }
      last = windows.flatMap { _ in start.last }
      return
    }
    let count = windows.count * width
    largestSteps = [Int32](repeating: -1, count: count)
    largest = [Float](repeating: 0, count: count)
    sums = [Double](repeating: 0, count: count)
    last = [Float](repeating: 0, count: count)
  }

  /// Continues from single rows of other poolings.
  init(windows: [PooledSteps], width: Int, from sources: [(pooling: ConcatPooling, row: Int)]) {
    precondition(windows.count == sources.count)
    self.windows = windows
    self.width = width
    largestSteps = []
    largest = []
    sums = []
    last = []
    for (pooling, row) in sources {
      let part = row * width..<(row + 1) * width
      largestSteps += pooling.largestSteps[part]
      largest += pooling.largest[part]
      sums += pooling.sums[part]
      last += pooling.last[part]
    }
  }

  /// Pools points of a line, whose outputs follow from those of a few nodes.
  /// - Parameters:
  ///   - window: the window of each point.
  ///   - outputs: the nodes' outputs at the steps of the window, `[steps, nodes, D]`.
  ///   - shares: the weight of each node for each point, `[points, nodes]`.
  init(
    window: PooledSteps, width: Int, outputs: [Float], shares: Matrix, workers: Workers
  ) throws {
    let (points, nodes) = (shares.rows, shares.columns)
    let steps = window.steps(in: window.range)
    self.width = width
    windows = Array(repeating: window, count: points)
    let maxima = try interpolatedMaxima(
      of: outputs, steps: steps.count, columns: width, weights: shares, workers: workers)
    largest = maxima.values
    largestSteps = maxima.steps.map { $0 < 0 ? -1 : Int32(truncatingIfNeeded: steps[Int($0)]) }
    // Sum and last are linear.
    var nodeSums = [Double](repeating: 0, count: nodes * width)
    for step in steps.indices {
      let start = step * nodes * width
      for index in 0..<nodes * width { nodeSums[index] += Double(outputs[start + index]) }
    }
    let sum = Matrix(rows: nodes, columns: width, elements: nodeSums.map(Float.init))
    sums = shares.multiplied(by: sum).elements.map(Double.init)
    var last = Matrix(zeros: nodes, width)
    if let place = window.last.flatMap({ steps.firstIndex(of: $0) }) {
      let start = place * nodes * width
      last.elements = Array(outputs[start..<start + nodes * width])
    }
    self.last = shares.multiplied(by: last).elements
  }

  /// Adds consecutive steps `[T, B, D]`, of which the first is the step `start`.
  mutating func add(_ x: TimeMajor, start: Int) {
    for (row, window) in windows.enumerated() {
      let part = start..<start + x.steps
      let to = row * width
      for step in window.steps(in: part) {
        let from = x.range(step: step - start, row: row).lowerBound
        for column in 0..<width {
          let value = x.values[from + column]
          sums[to + column] += Double(value)
          if largestSteps[to + column] < 0 || value > largest[to + column] || value.isNaN {
            largest[to + column] = value
            largestSteps[to + column] = Int32(truncatingIfNeeded: step)
          }
        }
      }
      if let step = window.last, part.contains(step) {
        last.replaceSubrange(
          to..<to + width, with: x.values[x.range(step: step - start, row: row)])
      }
    }
  }

  /// `[B, 3 * D]`.
  var pooled: Matrix {
    var elements: [Float] = []
    elements.reserveCapacity(windows.count * 3 * width)
    for row in windows.indices { append(row: row, to: &elements) }
    return Matrix(rows: windows.count, columns: 3 * width, elements: elements)
  }

  /// Of one row, `[3 * D]`.
  func pooled(row: Int) -> [Float] {
    var elements: [Float] = []
    elements.reserveCapacity(3 * width)
    append(row: row, to: &elements)
    return elements
  }

  private func append(row: Int, to elements: inout [Float]) {
    let part = row * width..<(row + 1) * width
    let count = Double(max(1, windows[row].count))
    elements.append(contentsOf: last[part])
    elements.append(contentsOf: largest[part])
    elements.append(contentsOf: sums[part].lazy.map { Float($0 / count) })
  }

  /// The gradient at the steps `range`, `[T, B, D]`, from the one at `pooled`, `[B, 3 * D]`.
  func backward(_ dPooled: Matrix, steps range: Range<Int>, rows: Int) -> TimeMajor {
    var dx = backwardOfLinear(dPooled, steps: range, rows: rows)
    forEachMaximum(in: range) { row, column, step in
      // forward:  max = x[largestStep]
      let to = dx.range(step: step, row: row).lowerBound + column
      dx.values[to] += dPooled[row, width + column]
    }
    return dx
  }

  /// The same if the rows are points of a line: the gradient at the nodes, `[T, nodes, D]`.
  /// - Parameters:
  ///   - gathered: `dPooled` gathered at the nodes, `[nodes, 3 * D]`.
  ///   - shares: the weight of each node for each point, `[points, nodes]`.
  func backward(
    _ dPooled: Matrix, gathered: Matrix, shares: Matrix, steps range: Range<Int>
  ) -> TimeMajor {
    // All rows are one text, but the maxima can be at different steps in each row.
    var dx = backwardOfLinear(gathered, steps: range, rows: gathered.rows)
    interpolatedMaximaBackward(
      dPooled, firstColumn: width, steps: largestSteps, columns: width, weights: shares, in: range,
      into: &dx.values)
    return dx
  }

  /// Through last and mean only, which are linear.
  func backwardOfLinear(_ dPooled: Matrix, steps range: Range<Int>, rows: Int) -> TimeMajor {
    var dx = TimeMajor(zeros: range.count, rows: rows, width: width)
    for (row, window) in zip(0..<dPooled.rows, windows) {
      let steps = window.steps(in: range)
      // forward:  mean = sum over the steps / their number
      let shares = dPooled[row: row].dropFirst(2 * width).map { $0 / Float(window.count) }
      for step in steps {
        dx.values.replaceSubrange(dx.range(step: step - range.lowerBound, row: row), with: shares)
      }
      // forward:  last = x[last]
      guard let last = window.last, range.contains(last) else { continue }
      let to = dx.range(step: last - range.lowerBound, row: row).lowerBound
      for column in 0..<width { dx.values[to + column] += dPooled[row, column] }
    }
    return dx
  }

  /// The maxima in some steps, counted from the first of these.
  private func forEachMaximum(
    in range: Range<Int>, _ body: (_ row: Int, _ column: Int, _ step: Int) -> Void
  ) {
    for row in windows.indices {
      for column in 0..<width {
        let step = Int(largestSteps[row * width + column])
        if range.contains(step) { body(row, column, step - range.lowerBound) }
      }
    }
  }
}
