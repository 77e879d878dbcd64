public import Attribution
public import Classifiers

/// One method's answer for one text, ready to be written.
public struct ExplainedText: Sendable {
  /// What a measure of faithfulness says of it.
  public struct Measurement: Sendable {
    /// The measure's name.
    public var name: String
    public var result: MeasureResult

    public init(name: String, result: MeasureResult) {
      self.name = name
      self.result = result
    }
  }

  public var prediction: Prediction
  /// Of the method.
  public var card: MethodCard
  public var target: Target
  public var attribution: TokenAttribution
  /// What counts as one: a token, a word, a sentence.
  public var unit: ScoreUnit
  /// The scores by that unit.
  public var units: [UnitScore]
  /// What it took.
  public var seconds: Double
  /// In the order in which they were asked for.
  public var measurements: [Measurement]
  /// The text as a molecule, where it is read as one.
  public var molecule: ExplainedMolecule?
  /// How the words of two texts meet, where it was asked for.
  public var interactions: PairInteractions.Result?

  public init(
    prediction: Prediction, card: MethodCard, target: Target, attribution: TokenAttribution,
    unit: ScoreUnit = .token, seconds: Double, measurements: [Measurement] = []
  ) {
    self.prediction = prediction
    self.card = card
    self.target = target
    self.attribution = attribution
    self.unit = unit
    units = attribution.scores(by: unit, of: prediction.encoding)
    self.seconds = seconds
    self.measurements = measurements
  }
}
