import Checkpoints
import Tensors
import Tokenizers

// Several texts as a prefix tree: common prefixes are read once, and each time step has one product
// for all texts that differ by then. Texts that depart from another one later and later, like those
// of occlusion, join one after another.
extension AWDLSTM {
  /// How often, in steps, the texts are compared; on average half of these steps are read for a
  /// text before it differs.
  private static let treeSteps = 4

  /// A text of the tree.
  struct Branch: Sendable {
    var tokens: [Token]
    /// Where reading starts, before its last token.
    var start: Start

    /// The indices of some texts, sorted so that those with a common prefix are adjacent.
    static func sorted(_ branches: [Branch]) -> [Int] {
      branches.indices.sorted {
        branches[$0].tokens.lazy.map(\.id).lexicographicallyPrecedes(
          branches[$1].tokens.lazy.map(\.id))
      }
    }
  }

  /// The logits of the texts, `[texts, C]`, with pooling over their whole length.
  /// - Parameters:
  ///   - branches: sorted.
  ///   - recorded: the index of a text whose intermediate states are returned in `starts`.
  ///   - every: the number of steps between these.
  func read(
    _ branches: [Branch], recorded: Int?, every: Int, workers: Workers
  ) throws -> (logits: Matrix, starts: [Start]) {
    let width = configuration.embeddingSize
    var pooled = Matrix(zeros: branches.count, 3 * width)
    var starts: [Start] = []
    let common = branches.indices.map {
      $0 == 0 ? 0 : commonCount(branches[$0 - 1].tokens, branches[$0].tokens)
    }
    var nodeOf = [Int?](repeating: nil, count: branches.count)
    var states = layers.map { $0.initialState(rows: 0) }
    var pooling = ConcatPooling(windows: [], width: width)
    var step = branches.map(\.start.step).min() ?? 0
    let end = branches.map(\.tokens.count).max() ?? 0
    while step < end {
      try Task.checkCancellation()
      let next = branches.lazy.map(\.start.step).filter { $0 > step }.min()
      let stop = min(step / Self.treeSteps * Self.treeSteps + Self.treeSteps, end, next ?? end)
      let nodes = nodes(of: branches, common: common, steps: step..<stop)
      if nodes.isEmpty {
        step = stop
        continue
      }
      let earlier = nodeOf
      let sources = nodes.map { node in node.lazy.compactMap { earlier[$0] }.first }
      states = layers.indices.map { layer in
        layers[layer].directions.indices.map { direction in
          joined(
            zip(nodes, sources).map { node, source in
              source.map { (states[layer][direction], $0) }
                ?? (branches[node[0]].start.states[layer][direction], 0)
            }, units: layers[layer].directions[direction].recurrence.units)
        }
      }
      pooling = ConcatPooling(
        windows: nodes.map { node in
          PooledSteps(0..<(node.map { branches[$0].tokens.count }.min() ?? 0))
        }, width: width,
        from: zip(nodes, sources).map { node, source in
          source.map { (pooling, $0) } ?? (branches[node[0]].start.pooling, 0)
        })
      let output = try read(
        nodes.map { branches[$0[0]].tokens[step...].prefix(stop - step) }, steps: stop - step,
        states: &states, workers: workers)
      pooling.add(output, start: step)
      for (number, node) in nodes.enumerated() {
        for branch in node {
          nodeOf[branch] = number
          if branches[branch].tokens.count <= stop {
            pooled.replace(row: branch, with: pooling.pooled(row: number))
          } else if branch == recorded, stop.isMultiple(of: every) {
            starts.append(
              Start(
                step: stop,
                states: states.indices.map { layer in
                  states[layer].indices.map { direction in
                    joined(
                      [(states[layer][direction], number)],
                      units: layers[layer].directions[direction].recurrence.units)
                  }
                },
                pooling: ConcatPooling(
                  windows: [PooledSteps(0..<branches[branch].tokens.count)], width: width,
                  from: [(pooling, number)])))
          }
        }
      }
      step = stop
    }
    return (head.forward(pooled).logits, starts)
  }

  /// The texts that are read in some steps; those that are identical to the end of the steps
  /// together.
  private func nodes(
    of branches: [Branch], common: [Int], steps: Range<Int>
  ) -> [[Int]] {
    var nodes: [[Int]] = []
    var shared = 0
    for branch in branches.indices {
      shared = min(shared, common[branch])
      guard branches[branch].start.step <= steps.lowerBound,
        branches[branch].tokens.count > steps.lowerBound
      else { continue }
      let isSame = branch > 0 && branches[branch].tokens == branches[branch - 1].tokens
      if let last = nodes.indices.last, shared >= steps.upperBound || (isSame && shared > 0) {
        nodes[last].append(branch)
      } else {
        nodes.append([branch])
      }
      shared = .max
    }
    return nodes
  }

  /// Runs some steps of some texts, `[steps, texts, D]`.
  private func read(
    _ texts: [ArraySlice<Token>], steps: Int, states: inout [LSTM.State], workers: Workers
  ) throws -> TimeMajor {
    // The same few words occur in most texts: each is multiplied once.
    var ids: [Int] = []
    var places: [Int: Int] = [:]
    for token in texts.joined() where places[token.id] == nil {
      places[token.id] = ids.count
      ids.append(token.id)
    }
    let words = TimeMajor(
      try embedding.forward([ids.map { Token(id: $0) }]), batchRows: 0..<1, steps: 0..<ids.count)
    let lengths = texts.map(\.count)
    var (x, _) = try layers[0].forward(
      steps: steps, rows: texts.count, lengths: lengths, state: &states[0], workers: workers
    ) { direction in
      let columns = layers[0].directions[direction].input.columns
      let gates = try layers[0].directions[direction].gates(words, workers: workers)
      var rows: [Float] = []
      rows.reserveCapacity(steps * texts.count * columns)
      for step in 0..<steps {
        for text in texts {
          // Values after the end are never read.
          let token = step < text.count ? text[text.startIndex + step] : text[text.startIndex]
          let place = places[token.id] ?? 0
          rows += gates[place * columns..<(place + 1) * columns]
        }
      }
      return .rows(rows)
    }
    for index in layers.indices.dropFirst() {
      (x, _) = try layers[index].forward(
        x, lengths: lengths, state: &states[index], workers: workers)
    }
    return x
  }

  /// Single rows of states, concatenated.
  private func joined(
    _ sources: [(state: Recurrence.State, row: Int)], units: Int
  ) -> Recurrence.State {
    var result = Recurrence.State(hidden: [], cell: [])
    result.hidden.reserveCapacity(sources.count * units)
    result.cell.reserveCapacity(sources.count * units)
    for (state, row) in sources {
      result.hidden += state.hidden[row * units..<(row + 1) * units]
      result.cell += state.cell[row * units..<(row + 1) * units]
    }
    return result
  }
}

/// The length of the common prefix of two texts.
func commonCount(_ tokens: [Token], _ other: [Token]) -> Int {
  zip(tokens, other).prefix { $0.id == $1.id }.count
}
