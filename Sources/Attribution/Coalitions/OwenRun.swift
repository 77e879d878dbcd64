internal import Tokenizers

/// The state of computing Owen values over a text's tree: the credit of each leaf, and the nodes
/// whose credit is still to be divided among their children, in the order of shap's queue.
///
/// Source: `PartitionExplainer.owen` and `lower_credit` of shap 0.51, explainers/_partition.py.
struct OwenRun {
  /// A node in a context: what it adds there, and the weight of that.
  fileprivate struct Node {
    var index: Int
    var context: Coalition
    /// Values of the context without and with the node.
    var without: Double
    var with: Double
    var weight: Double
    var gain: Double { (with - without) * weight }
    var priority: Double { abs(gain) }
  }

  /// A node whose children are to be evaluated: the context with either of them.
  struct Question {
    fileprivate var node: Node
    var withLeft: Coalition
    var withRight: Coalition
  }

  let tree: TextTree
  private let leaves: [TextMarks.Leaf]
  /// Whether each leaf can score: tokens of the text that is held fixed cannot.
  private let canScore: [Bool]
  private let players: Int
  private let base: Double
  private let whole: Double
  /// The next one is last. Of equal ones, which shap orders at random, the earliest is taken first.
  private var waiting: [Node] = []
  /// The credit of each leaf.
  private var credit: [Double]

  /// - Parameters:
  ///   - players: their number.
  ///   - held: the tokens of a pair's other text, which score nothing.
  ///   - base: the value without any player; `whole`: the value with all of them.
  init(
    tree: TextTree, leaves: [TextMarks.Leaf], held: [Int], players: Int, base: Double,
    whole: Double
  ) {
    self.tree = tree
    self.leaves = leaves
    canScore = leaves.map { leaf in
      guard case .frame(let token) = leaf else { return true }
      return !held.contains(token)
    }
    self.players = players
    self.base = base
    self.whole = whole
    credit = [Double](repeating: 0, count: tree.leaves)
    guard tree.leaves > 0 else { return }
    add(
      Node(
        index: tree.root, context: Coalition(none: players), without: base, with: whole, weight: 1))
  }

  /// Removes the nodes with the largest values from the queue; nil if it is empty or no more may be
  /// evaluated.
  mutating func nextNodes(most: Int) -> [Question]? {
    guard most > 0, !waiting.isEmpty else { return nil }
    let questions = nodesAhead(most: most)
    waiting.removeLast(questions.count)
    return questions
  }

  /// The nodes that would be next in the current queue.
  func nodesAhead(most: Int) -> [Question] {
    waiting.suffix(max(0, most)).reversed().map { node in
      let children = tree.children(of: node.index)
      return Question(
        node: node, withLeft: adding(children.left, to: node.context),
        withRight: adding(children.right, to: node.context))
    }
  }

  /// - Parameter values: the values of both coalitions of each question; more may follow.
  mutating func open(_ questions: [Question], values: [Double]) {
    for (place, question) in questions.enumerated() {
      let node = question.node
      let children = tree.children(of: node.index)
      let (left, right) = (values[2 * place], values[2 * place + 1])
      func child(_ index: Int, _ context: Coalition, _ without: Double, _ with: Double) -> Node {
        Node(
          index: index, context: context, without: without, with: with, weight: node.weight / 2)
      }
      add(child(children.left, node.context, node.without, left))
      add(child(children.right, node.context, node.without, right))
      add(child(children.left, question.withRight, right, node.with))
      add(child(children.right, question.withLeft, left, node.with))
    }
  }

  /// The scores, with the credit of waiting nodes divided evenly among their leaves. A node of held
  /// tokens only adds nothing, because none of its units is ever absent.
  func attribution(_ game: CoalitionGame) -> TokenAttribution {
    var credit = credit
    for node in waiting {
      let below = tree.leaves(below: node.index).filter { canScore[$0] }
      for leaf in below { credit[leaf] += node.gain / Double(below.count) }
    }
    var scores = [Double](repeating: 0, count: players)
    var frame: [Int: Double] = [:]
    for (leaf, credit) in zip(leaves, credit) {
      switch leaf {
      case .unit(let unit): scores[unit] += credit
      case .frame(let token): frame[token] = credit
      }
    }
    return game.attribution(
      scores, others: frame, delta: credit.reduce(0, +) - (whole - base), value: whole,
      parameters: ["complete": .flag(waiting.isEmpty)])
  }

  private func adding(_ node: Int, to coalition: Coalition) -> Coalition {
    var coalition = coalition
    for leaf in leaves[tree.leaves(below: node)] {
      if let unit = leaf.unit { coalition.insert(unit) }
    }
    return coalition
  }

  private mutating func add(_ node: Node) {
    guard node.index >= tree.leaves else {
      credit[node.index] += node.gain
      return
    }
    waiting.insert(node, at: waiting.partitioningIndex { !($0.priority < node.priority) })
  }
}
