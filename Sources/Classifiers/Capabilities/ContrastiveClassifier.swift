/// A classifier that can say what of a difference between two inputs each embedding made: DeepLIFT.
public protocol ContrastiveClassifier: DifferentiableClassifier {
  /// Multipliers `m` at the embeddings, `[B, T, D]`, by DeepLIFT's rescale rule: every part of the
  /// model obeys `sum of m (x - b) = its output at x - its output at b`, so the whole does too.
  ///
  /// A non-linearity of one input gets the slope of its chord, a product of two the mean of what
  /// the change of each gives with the other held at either end; a softmax and a normalisation are
  /// made of such parts.
  /// - Parameter baselines: as many rows as `embeddings`, of the same lengths.
  /// - Throws: `ClassifierError` where the two differ in shape.
  /// Source: Shrikumar, Greenside, Kundaje 2017, arXiv:1704.02685, eq. 3 to 5.
  func multipliers(
    of targets: [Target], at embeddings: TokenVectors, from baselines: TokenVectors
  ) throws -> ScoreMultipliers
}

/// What a pass over texts and their baselines together gives.
public struct ScoreMultipliers: Sendable {
  /// The targets' values at the texts and at the baselines, `[B]`, in double precision: who shows
  /// their difference needs all of it.
  public var scores: [Double]
  public var baselineScores: [Double]
  /// `[B, T, D]`.
  public var multipliers: TokenVectors

  public init(scores: [Double], baselineScores: [Double], multipliers: TokenVectors) {
    self.scores = scores
    self.baselineScores = baselineScores
    self.multipliers = multipliers
  }
}
