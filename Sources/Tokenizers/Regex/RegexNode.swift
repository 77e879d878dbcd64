/// The syntax tree of a regular expression in Oniguruma's Ruby syntax.
indirect enum RegexNode: Sendable, Hashable {
  case set(ScalarSet)
  case sequence([RegexNode])
  case alternatives([RegexNode])
  case repetition(RegexNode, RegexRepetition)
  /// `(?>…)`: no backtracking into it.
  case atomic(RegexNode)
  case look(RegexNode, behind: Bool, negated: Bool)
  case anchor(RegexAnchor)
}

struct RegexRepetition: Sendable, Hashable {
  enum Greed: Sendable { case greedy, lazy, possessive }
  var minimum: Int
  /// nil for no limit.
  var maximum: Int?
  var greed: Greed
}

enum RegexAnchor: Sendable {
  case lineStart
  case lineEnd
  case textStart
  case textEnd
  /// At the end of the text, or before a final line end.
  case textEndOrLastLineEnd
  case wordBoundary
  case noWordBoundary
}

/// Why a regular expression cannot be used, and at which of its scalars.
public enum RegexError: Error, Sendable, Hashable {
  case endedEarly
  case unexpected(String, at: Int)
  /// A construct of Oniguruma that this matcher does not support: `\X`, a back reference.
  case unsupported(String, at: Int)
  case tooLong(limit: Int)
  case tooDeep(limit: Int)
}

extension RegexNode {
  /// How many scalars it matches; nil if that varies.
  var width: Int? {
    switch self {
    case .set: return 1
    case .anchor, .look: return 0
    case .atomic(let node): return node.width
    case .sequence(let nodes):
      var total = 0
      for node in nodes {
        guard let width = node.width else { return nil }
        total += width
      }
      return total
    case .alternatives(let nodes):
      let widths = Set(nodes.map(\.width))
      return widths.count == 1 ? widths.first ?? nil : nil
    case .repetition(let node, let times):
      guard times.minimum == times.maximum, let width = node.width else { return nil }
      let (product, overflow) = width.multipliedReportingOverflow(by: times.minimum)
      return overflow ? nil : product
    }
  }

  /// Whether it can match the empty text.
  var canBeEmpty: Bool {
    switch self {
    case .set: false
    case .anchor, .look: true
    case .atomic(let node): node.canBeEmpty
    case .sequence(let nodes): nodes.allSatisfy(\.canBeEmpty)
    case .alternatives(let nodes): nodes.contains(where: \.canBeEmpty)
    case .repetition(let node, let times): times.minimum == 0 || node.canBeEmpty
    }
  }
}
