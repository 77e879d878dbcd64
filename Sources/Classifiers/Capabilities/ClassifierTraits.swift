/// What a classifier can be asked for.
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

/// Facts about a classifier, which decide what explainers can ask of it, what they take for absent, and
/// which of their caveats are true of it.
public struct ClassifierTraits: Sendable, Hashable {
  /// What the head makes of the vectors of a text's tokens.
  public enum Pooling: Sendable, Hashable {
    /// One token's vector alone, the first one's or the last one's.
    case oneToken
    /// Among others, the largest value over time of each output.
    case maximum
    /// All vectors alike; or nobody knows.
    case other
  }

  /// What stands for a token that is absent.
  public enum AbsentToken: Sendable, Hashable {
    /// The mask token, which the model was trained with, where its tokenizer has one.
    case mask
    /// The token for unknown words; where vectors are wanted, zeros.
    case unknown
  }

  public var capabilities: Set<Capability>
  /// It reads a text token by token with a state.
  public var isRecurrent: Bool
  public var pooling: Pooling
  public var absentToken: AbsentToken
  /// Words' embeddings are normalised without positions, so that their lengths do not count.
  public var normalisesWordsAlone: Bool
  /// It cuts texts itself, and says with each answer what it left out.
  public var cutsTexts: Bool

  public init(
    _ capabilities: Set<Capability> = [.predictions], isRecurrent: Bool = false,
    pooling: Pooling = .other, absentToken: AbsentToken = .mask,
    normalisesWordsAlone: Bool = false, cutsTexts: Bool = false
  ) {
    self.capabilities = capabilities
    self.isRecurrent = isRecurrent
    self.pooling = pooling
    self.absentToken = absentToken
    self.normalisesWordsAlone = normalisesWordsAlone
    self.cutsTexts = cutsTexts
  }
}
