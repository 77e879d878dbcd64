public import Classifiers
public import Tokenizers

/// Which words of one text interact with which of the other: for the words of each text with the
/// largest effect when removed alone, the second difference
/// `v(all) - v(all but a) - v(all but b) + v(all but a and b)`.
///
/// It is exact for the pair of words in the context of all others: what the two do together beyond
/// their separate effects (Grabisch, Roubens 1999, the interaction of a pair in one context).
/// Positive: each has more effect in the presence of the other.
///
/// For a differentiable model, integrated Hessians measure the same along the path from a baseline
/// to the texts, on which words are partly present.
public struct PairInteractions: Sendable {
  public enum Method: String, Sendable, CaseIterable {
    case removal, hessian

    /// The capability that it needs.
    public var requirement: Capability {
      switch self {
      case .removal: .predictions
      case .hessian: .gradients
      }
    }

    /// Why it cannot be used with a classifier of these capabilities, as a sentence without its
    /// subject; nil if it can.
    public func reasonNotApplicable(to capabilities: Set<Capability>) -> String? {
      capabilities.contains(requirement) ? nil : requirement.reasonWhereMissing
    }
  }

  /// How many words of each text take part.
  public var count: Int
  public var method: Method

  /// Each word costs a prediction with every word of the other text.
  public static let mostWords = 64

  public init(count: Int = 5, method: Method = .removal) {
    self.count = count
    self.method = method
  }

  public struct Word: Sendable, Equatable {
    public var text: String
    /// In its own text.
    public var utf8Range: Range<Int>
    /// The loss in score without it.
    public var effect: Double
  }

  public struct Result: Sendable, Equatable {
    /// In the order of their texts.
    public var first: [Word]
    public var second: [Word]
    /// One row for each word of the first text, one column for each of the second.
    public var values: [[Double]]
    public var method: Method
    /// What replaces an absent word.
    public var replacement: ExplainerOptions.Replacement
    /// Where the path of integrated Hessians starts; nil for removal.
    public var baseline: ExplainerOptions.Baseline?
    public var evaluations: Int

    /// Indices of `first` and `second`, the strongest interaction first.
    public var ranking: [(first: Int, second: Int)] {
      let all = first.indices.flatMap { row in second.indices.map { (first: row, second: $0) } }
      return all.sorted { a, b in
        abs(values[a.first][a.second]) > abs(values[b.first][b.second])
      }
    }
  }

  /// About how many model passes it takes: a word each, and each two of the strongest.
  public func expectedPasses(for encoding: Encoding, options: ExplainerOptions) -> Int {
    let words = encoding.groups(by: .word).filter { !$0.isFrame && !$0.utf8Range.isEmpty }
    let second = min(count, words.count { $0.part == 1 })
    switch method {
    case .removal: return 1 + words.count + min(count, words.count { $0.part == 0 }) * second
    case .hessian:
      return 1 + words.count + IntegratedHessians.expectedPasses(options, columns: second)
    }
  }

  /// - Returns: nil where there is one text only.
  /// - Throws: `ExplainerError`, `CancellationError` within one call of the task's cancellation.
  public func measure(_ request: ExplanationRequest) throws -> Result? {
    let encoding = request.encoding
    guard encoding.pair != nil else { return nil }
    guard (1...Self.mostWords).contains(count) else {
      throw ExplainerError.badOption(
        name: "interactions", value: String(count), allowed: "1 to \(Self.mostWords)")
    }
    var game = try CoalitionGame(request, grouping: .word)
    let groups = encoding.groups(by: .word).filter { !$0.isFrame }
    let all = game.all
    let singles = game.units.indices.map { all.without([$0]) }
    let values = try game.values(of: [all] + singles)
    let effects = values.dropFirst().map { values[0] - $0 }
    func strongest(_ part: Int) -> [Int] {
      let own = groups.indices.filter { groups[$0].part == part && !groups[$0].utf8Range.isEmpty }
      let ranked = own.sorted { abs(effects[$0]) > abs(effects[$1]) }
      return ranked.prefix(count).sorted {
        groups[$0].utf8Range.lowerBound < groups[$1].utf8Range.lowerBound
      }
    }
    let (first, second) = (strongest(0), strongest(1))
    func word(_ unit: Int) -> Word {
      Word(
        text: groups[unit].text, utf8Range: groups[unit].utf8Range, effect: effects[unit])
    }
    var result = Result(
      first: first.map(word), second: second.map(word), values: [], method: method,
      replacement: request.replacement, baseline: nil, evaluations: game.evaluations)
    switch method {
    case .removal:
      let pairs = try game.values(
        of: first.flatMap { a in second.map { b in all.without([a, b]) } })
      // v(all) - v(a) - v(b) + v(ab), from the losses
      result.values = first.indices.map { row in
        second.indices.map { column in
          pairs[row * second.count + column] - values[0] + effects[first[row]]
            + effects[second[column]]
        }
      }
      result.evaluations = game.evaluations
    case .hessian:
      let found = try IntegratedHessians(request).values(
        of: first.map { groups[$0].pieces }, and: second.map { groups[$0].pieces })
      result.values = found.values
      result.baseline = request.baseline
      result.evaluations += found.evaluations
    }
    return result
  }
}

extension Coalition {
  fileprivate func without(_ players: [Int]) -> Coalition {
    var rest = self
    for player in players { rest.remove(player) }
    return rest
  }
}
