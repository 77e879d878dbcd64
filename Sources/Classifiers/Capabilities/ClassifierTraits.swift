/// A capability of a classifier.
public enum Capability: String, Sendable, Hashable, CaseIterable {
  /// Logits of tokens: every classifier.
  case predictions
  /// `backward` by `.derivative` and `.unwindowed`.
  case gradients
  /// `backward` by `.relevance`.
  case relevance
  /// `backward` by `.chords`.
  case multipliers
  /// `activations` at `.layers`.
  case layers
  /// `activations` at `.lastRecurrentLayer`.
  case recurrence
  /// `attentionMaps`.
  case attention
  /// `poolingLedgers`.
  case pools
  /// `valueZeroing` and `logits(for:zeroingValuesOf:)`.
  case valueZeroing = "value-zeroing"
  /// `contextualDecomposition`.
  case decomposition
  /// `randomizingLayers`.
  case randomisation
}

/// Facts about a classifier, which determine the explainers that apply, their default baselines and
/// replacements, and the caveats to show.
public struct ClassifierTraits: Sendable, Hashable {
  /// How the head reduces the vectors of a text's tokens.
  public enum Pooling: Sendable, Hashable {
    /// It reads only one token's vector, the first or the last.
    case oneToken
    /// It uses, among others, the maximum over time of each output.
    case maximum
    /// It treats all vectors alike, or this is unknown.
    case other
  }

  /// What replaces an absent token.
  public enum AbsentToken: Sendable, Hashable {
    /// The mask token that the model was trained with, if its tokenizer has one.
    case mask
    /// The unknown token; zeros if vectors are needed.
    case unknown
  }

  public var capabilities: Set<Capability>
  /// Whether it reads a text token by token with a state.
  public var isRecurrent: Bool
  public var pooling: Pooling
  public var absentToken: AbsentToken
  /// Whether word embeddings are normalised without positions, so that their lengths do not matter.
  public var normalisesWordsAlone: Bool
  /// Whether it cuts off long texts itself, and reports it with each answer.
  public var cutsTexts: Bool
  /// Whether its products round both factors to bfloat16, which leaves an output about eight bits.
  public var roundsFactors: Bool

  public init(
    _ capabilities: Set<Capability> = [.predictions], isRecurrent: Bool = false,
    pooling: Pooling = .other, absentToken: AbsentToken = .mask,
    normalisesWordsAlone: Bool = false, cutsTexts: Bool = false, roundsFactors: Bool = false
  ) {
    self.capabilities = capabilities
    self.isRecurrent = isRecurrent
    self.pooling = pooling
    self.absentToken = absentToken
    self.normalisesWordsAlone = normalisesWordsAlone
    self.cutsTexts = cutsTexts
    self.roundsFactors = roundsFactors
  }
}
