internal import Classifiers
internal import Tokenizers

/// Owen values over a tree of the text (Owen 1977; shap's `PartitionExplainer` with its text
/// masker): like Shapley values, but what stands together in the tree comes and goes together.
public struct PartitionSHAP: Explainer {
  public let card = MethodCard(
    name: "partition-shap", title: "partition SHAP", shortTitle: "Part",
    summary: """
      Halves the text again and again along its phrases and shares the score between the halves, \
      each with the other present and absent: Owen values.
      """,
    formula:
      "a node's share is its mean gain with its sibling there and not, in each context above",
    source: "Owen 1977, doi:10.1007/978-3-642-45494-3_7; shap's PartitionExplainer and text masker",
    cost: "at most 500 predictions, or --samples; d (d - 1) are exact in a balanced tree",
    caveats: """
      Depends on the tree, which knows punctuation and sizes but no grammar. Where the budget \
      ends, what is left of a phrase is shared evenly among its tokens. Absent tokens are replaced \
      one by one in the model's input, as shap's masker does with output_type "token_ids".
      """,
    isSigned: true, requirement: .predictions)

  static let defaultEvaluations = 500
  /// Nodes that are opened together: what one call to a model likes.
  static let nodesAtOnce = 32

  public init() {}

  /// `--samples` is the budget of predictions, shap's `max_evals`.
  public func explain(
    _ request: ExplanationRequest, refined: (Attribution) throws -> Void
  ) throws -> Attribution {
    let budget = request.options.samples ?? Self.defaultEvaluations
    try NoisyGradients.check(samples: budget, noise: 0)
    var game = try CoalitionGame(request)
    if game.count > 1, let estimate = try game.firstOrder(for: card) { try refined(estimate) }
    let marks = TextMarks(units: game.units, of: request.encoding)
    let ends = try game.values(of: [game.all, game.none])
    var run = OwenRun(
      tree: TextTree(marks: marks.marks, separator: marks.separator), players: marks.units,
      base: ends[1], whole: ends[0])
    var asked = 2
    while let batch = run.nextNodes(most: min(Self.nodesAtOnce, (budget - asked + 1) / 2)) {
      let result = run.attribution(game, evaluations: game.evaluations)
      try refined(result)
      let values = try game.values(of: batch.flatMap { [$0.withLeft, $0.withRight] })
      run.open(batch, values: values)
      asked += values.count
    }
    return run.attribution(game, evaluations: game.evaluations)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    // The tokens around the text are leaves too.
    let frame = request.encoding.pieces.count { $0.isFrame }
    let units = request.encoding.units(by: request.options.grouping ?? .token).count + frame
    return min(request.options.samples ?? Self.defaultEvaluations, units * (units - 1)) + 2
  }
}

/// The nodes of the tree that wait for being shared among their children.
private struct OwenRun {
  /// A node in a context: what it gains there, and how much that counts.
  struct Node {
    var index: Int
    var context: Coalition
    /// Values of the context without and with the node.
    var without: Double
    var with: Double
    var weight: Double
    var priority: Double { abs(with - without) * weight }
  }

  struct Question {
    var node: Node
    var withLeft: Coalition
    var withRight: Coalition
  }

  let tree: TextTree
  /// Which player each leaf is; a leaf that is none is there always.
  let players: [Int?]
  let base: Double
  let whole: Double
  private var waiting: [Node]
  /// Credit that has reached a leaf.
  private var credit: [Double]

  init(tree: TextTree, players: [Int?], base: Double, whole: Double) {
    self.tree = tree
    self.players = players
    self.base = base
    self.whole = whole
    credit = [Double](repeating: 0, count: tree.leaves)
    waiting = []
    guard tree.leaves > 0 else { return }
    add(
      Node(
        index: tree.root, context: Coalition(none: players.count), without: base, with: whole,
        weight: 1))
  }

  private func adding(_ node: Int, to coalition: Coalition) -> Coalition {
    var coalition = coalition
    for player in players[tree.leaves(below: node)] { if let player { coalition.insert(player) } }
    return coalition
  }

  private mutating func add(_ node: Node) {
    if node.index < tree.leaves {
      credit[node.index] += (node.with - node.without) * node.weight
    } else {
      waiting.append(node)
    }
  }

  /// The nodes with most at stake; nil where nothing waits or nothing may be asked any more.
  mutating func nextNodes(most: Int) -> [Question]? {
    guard most > 0, !waiting.isEmpty else { return nil }
    // Equal ones in the order in which they came.
    let order = waiting.indices.sorted {
      (waiting[$0].priority, $1) > (waiting[$1].priority, $0)
    }
    let chosen = Set(order.prefix(most))
    let nodes = order.prefix(most).map { waiting[$0] }
    waiting = waiting.indices.filter { !chosen.contains($0) }.map { waiting[$0] }
    return nodes.map { node in
      let children = tree.children(of: node.index)
      return Question(
        node: node, withLeft: adding(children.left, to: node.context),
        withRight: adding(children.right, to: node.context))
    }
  }

  /// - Parameter values: of each question the two coalitions.
  mutating func open(_ questions: [Question], values: [Double]) {
    for (place, question) in questions.enumerated() {
      let node = question.node
      let children = tree.children(of: node.index)
      let (left, right) = (values[2 * place], values[2 * place + 1])
      let half = node.weight / 2
      add(
        Node(
          index: children.left, context: node.context, without: node.without, with: left,
          weight: half))
      add(
        Node(
          index: children.right, context: node.context, without: node.without, with: right,
          weight: half))
      add(
        Node(
          index: children.left, context: question.withRight, without: right, with: node.with,
          weight: half))
      add(
        Node(
          index: children.right, context: question.withLeft, without: left, with: node.with,
          weight: half))
    }
  }

  func attribution(_ game: CoalitionGame, evaluations: Int) -> Attribution {
    var scores = [Double](repeating: 0, count: game.count)
    for (leaf, player) in players.enumerated() {
      if let player { scores[player] += credit[leaf] }
    }
    for node in waiting {
      let inside = players[tree.leaves(below: node.index)].compactMap(\.self)
      let share = (node.with - node.without) * node.weight / Double(max(1, inside.count))
      for player in inside { scores[player] += share }
    }
    return game.attribution(
      scores, delta: scores.reduce(0, +) - (whole - base), value: whole,
      evaluations: evaluations, parameters: ["complete": .flag(waiting.isEmpty)])
  }
}
