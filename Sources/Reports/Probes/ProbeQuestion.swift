package import Attribution
package import Classifiers

/// A question about a text as a whole.
package enum ProbeQuestion: String, Sendable, CaseIterable {
  case reduction, hotflip, flipping, keeping, ledger

  package var summary: String {
    switch self {
    case .reduction: "the shortest text that keeps its class (Feng et al. 2018)"
    case .hotflip: "words of the vocabulary that change the class (Ebrahimi et al. 2018)"
    case .flipping: "the fewest units whose removal changes the class"
    case .keeping: "the fewest units that keep the class on their own"
    case .ledger: "how much each pool contributes to the score, and at which token (AWD-LSTM)"
    }
  }
}

/// The answers to questions about a text; nil if a question was not asked, does not apply to the
/// model, or has no answer.
package struct ProbeAnswers: Sendable {
  /// The contributions of words of the text to the score.
  package struct Phrases: Sendable {
    package var texts: [String]
    /// In logits, one per text.
    package var shares: [Double]
    /// The interaction of the two phrases: their joint contribution beyond the sum of their own.
    package var interaction: Double?

    package init(texts: [String], shares: [Double], interaction: Double? = nil) {
      self.texts = texts
      self.shares = shares
      self.interaction = interaction
    }
  }

  package var questions: [ProbeQuestion]
  package var reduction: InputReduction.Result?
  package var hotFlip: HotFlip.Result?
  package var flipping: DecisiveSets.Result?
  package var keeping: DecisiveSets.Result?
  package var ledger: PoolingLedger?
  package var phrases: Phrases?

  package init(questions: [ProbeQuestion]) { self.questions = questions }
}
