/// A binary tree over the tokens of a text, built like that of shap's text masker: neighbours are
/// joined pair by pair, word pieces first, then small groups; a comma, a sentence's end, a
/// conjunction or an open bracket keeps its neighbours apart for longer.
///
/// Source: `partition_tree` and `merge_score` of shap 0.51, maskers/_text.py.
struct TextTree {
  /// The number of leaves; higher node numbers are inner nodes.
  let leaves: Int
  private var pairs: [(left: Int, right: Int)] = []
  /// The leaves below each node.
  private var ranges: [Range<Int>]

  var root: Int { leaves + pairs.count - (pairs.isEmpty ? leaves : 1) }

  /// - Parameters:
  ///   - marks: the text of each leaf that the rules look at: the token's text, with `##` in front
  ///     if it continues a word; empty for a frame token.
  ///   - separator: the token between two texts; groups that meet at two of them are joined last.
  init(marks: [String], separator: String? = nil) {
    leaves = marks.count
    ranges = marks.indices.map { $0..<$0 + 1 }
    var groups = marks.enumerated().map { index, mark in Group(node: index, leaves: [Mark(mark)]) }
    while groups.count > 1 {
      // The first of equal scores, like numpy's argmax.
      var best = 0
      var bestScore = -Double.infinity
      for index in 0..<groups.count - 1 {
        let score = Group.score(groups[index], groups[index + 1], separator: separator)
        if score > bestScore { (best, bestScore) = (index, score) }
      }
      let (left, right) = (groups[best], groups[best + 1])
      pairs.append((left.node, right.node))
      ranges.append(ranges[left.node].lowerBound..<ranges[right.node].upperBound)
      groups[best] = left.joined(right, node: ranges.count - 1)
      groups.remove(at: best + 1)
    }
  }

  func children(of node: Int) -> (left: Int, right: Int) { pairs[node - leaves] }

  func leaves(below node: Int) -> Range<Int> { ranges[node] }

  /// How many coalitions Owen values need in all: both children of each node in each context, of
  /// which there are twice as many at each level. A Double, because an `Int` overflows for a
  /// degenerate tree.
  var questions: Double {
    var contexts = [Double](repeating: 1, count: ranges.count)
    var sum = 0.0
    for (place, pair) in pairs.enumerated().reversed() {
      sum += 2 * contexts[leaves + place]
      contexts[pair.left] = 2 * contexts[leaves + place]
      contexts[pair.right] = 2 * contexts[leaves + place]
    }
    return sum
  }
}

/// A leaf and the properties that the rules use.
private struct Mark {
  let text: String
  /// Whether a bracket has been matched.
  var isBalanced: Bool

  init(_ text: String) {
    self.text = text
    isBalanced = !["(", ")"].contains(text)
  }
}

private struct Group {
  let node: Int
  var leaves: [Mark]

  func joined(_ other: Group, node: Int) -> Group {
    var group = Group(node: node, leaves: leaves + other.leaves)
    // shap marks the bracket that ends the second part, which is then the group's last.
    if group.leaves[0].text == "(", group.leaves[group.leaves.count - 1].text == ")" {
      group.leaves[0].isBalanced = true
      group.leaves[group.leaves.count - 1].isBalanced = true
    }
    return group
  }

  private var first: Mark { leaves[0] }
  private var last: Mark { leaves[leaves.count - 1] }
  private var isControl: Bool { first.text.hasPrefix("[") && first.text.hasSuffix("]") }
  private var endsWithControl: Bool { last.text.hasPrefix("[") && last.text.hasSuffix("]") }

  /// Neighbours with a higher score are joined earlier.
  static func score(_ a: Group, _ b: Group, separator: String?) -> Double {
    if let separator, a.last.text == separator, b.first.text == separator { return -.infinity }
    var score = 0.0
    if b.first.text.hasPrefix("##") { score += 20 }
    let endings = ["t", "s"]
    if b.first.text == "'",
      b.leaves.count == 1 || (b.leaves.count == 2 && endings.contains(b.leaves[1].text))
    {
      score += 15
    }
    if a.last.text == "'", endings.contains(b.first.text) { score += 15 }
    if a.isControl != b.endsWithControl { score -= 1000 }
    if b.first.text == "(", !b.first.isBalanced { score -= 100 }
    if a.last.text == ")", !a.last.isBalanced { score -= 100 }
    if a.first.text == "(" { score -= 2 }
    let connectors = ["but", "and", "or"]
    if connectors.contains(a.last.text) || connectors.contains(b.first.text) { score -= 2 }
    if a.last.text == "," { score -= 10 }
    if b.first.text == "," { score -= b.leaves.count > 1 ? 10 : 1 }
    let enders = [".", "?", "!"]
    if enders.contains(a.last.text) { score -= 20 }
    if enders.contains(b.first.text) { score -= b.leaves.count > 1 ? 20 : 1 }
    return score - Double(a.leaves.count + b.leaves.count)
  }
}
