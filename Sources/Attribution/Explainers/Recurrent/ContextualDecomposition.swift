internal import Classifiers
internal import Tensors
internal import Tokenizers

/// Contextual decomposition of an LSTM's states (Murdoch, Liu, Yu 2018, arXiv:1801.05453).
///
/// Each state is divided into the contribution of a phrase and the rest. A token's score is the
/// contribution of this single token to the target's value; the functions below compute it for any
/// phrase, and the interaction of two phrases.
public struct ContextualDecomposition: Explainer {
  public let card = MethodCard(
    name: "contextual-decomposition", title: "contextual decomposition", shortTitle: "CD",
    summary: """
      Divides every state of the LSTM, gate by gate, into what one token contributed and all the \
      rest, and shows the token's part of the model's output; phrases, and what two of them \
      contribute only together, can be scored in the same way.
      """,
    formula: "h = beta + gamma in every cell; score = the head's share of beta",
    source: """
      Murdoch, Liu, Yu 2018, arXiv:1801.05453; the rules for pooling and head are Whylight's
      """,
    cost: "2 predictions per token",
    caveats: """
      The scores do not add up to the model's output: what tokens contribute only together belongs \
      to none of them. In a model of many layers most of the output can be left over in this way.
      """,
    isSigned: true, requirement: .decomposition, axioms: [.dummy, .symmetry, .linearity])

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let tokens = request.encoding.pieces.indices
    let classifier = try request.intervenable(for: card)
    let text = try request.embeddings(by: classifier)
    var shares: [Share] = []
    try request.forEachCall(rows: max(tokens.count, 1), tokens: tokens.count) { call in
      if !shares.isEmpty {
        try refined(attribution(shares, tokens: tokens.count))
      }
      // A text without tokens still needs one pass, for its value.
      let phrases = tokens.isEmpty ? [[]] : call.map { Set([$0]) }
      shares += try Self.shares(of: phrases, in: text, by: classifier, target: request.target)
    }
    return attribution(shares, tokens: tokens.count)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    2 * request.encoding.pieces.count
  }

  /// The contribution of each phrase, in the unit of the target.
  /// - Parameter phrases: token indices, not necessarily contiguous.
  public func shares(
    of phrases: [Set<Int>], for request: ExplanationRequest
  ) throws -> [Double] {
    let classifier = try request.intervenable(for: card)
    let text = try request.embeddings(by: classifier)
    var result: [Double] = []
    try request.forEachCall(rows: phrases.count, tokens: text.tokens) { call in
      result += try Self.shares(
        of: Array(phrases[call]), in: text, by: classifier, target: request.target
      ).map(\.score)
    }
    return result
  }

  /// What two phrases contribute together beyond their separate contributions:
  /// `CD(A ∪ B) - CD(A) - CD(B)`.
  public func interaction(
    of a: Set<Int>, and b: Set<Int>, for request: ExplanationRequest
  ) throws -> Double {
    let parts = try shares(of: [a.union(b), a, b], for: request)
    return parts[0] - parts[1] - parts[2]
  }

  private struct Share {
    var score: Double
    var value: Double
  }

  /// A logit is linear in the two parts. Any other quantity `F` is divided as the cells divide
  /// `tanh`: the mean of the phrase's effect alone and its effect after the rest.
  private static func shares(
    of phrases: [Set<Int>], in text: TokenVectors, by classifier: any IntervenableClassifier,
    target: Target
  ) throws -> [Share] {
    let parts = try classifier.contextualDecomposition(of: phrases, at: text)
    func value(_ logits: [Float]) -> Double {
      target.unroundedValue(logits: logits, link: classifier.link)
    }
    return phrases.indices.map { row in
      let phrase = parts.relevant[row: row]
      let rest = parts.irrelevant[row: row]
      let all = zip(phrase, rest).map { $0 + $1 }
      if target.quantity == .logit { return Share(score: value(phrase), value: value(all)) }
      let none = value(phrase.map { _ in 0 })
      return Share(
        score: (value(phrase) - none + value(all) - value(rest)) / 2, value: value(all))
    }
  }

  private func attribution(_ shares: [Share], tokens: Int) -> TokenAttribution {
    let scores = shares.prefix(tokens).map { Float($0.score) }
    return TokenAttribution(
      scores: scores + [Float](repeating: 0, count: tokens - scores.count),
      targetValue: Float(shares.first?.value ?? 0), evaluations: 2 * shares.count)
  }
}
