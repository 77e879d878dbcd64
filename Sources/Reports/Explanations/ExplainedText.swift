public import Attribution
public import Classifiers

/// The explanation of one text by one method, as input for reports.
public struct ExplainedText: Sendable {
  /// The value of a measure of faithfulness for the explanation.
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
  /// The card of the method.
  public var card: MethodCard
  public var target: Target
  public var attribution: TokenAttribution
  /// The unit that is scored: a token, a word or a sentence.
  public var unit: ScoreUnit
  /// The scores of these units.
  public var units: [UnitScore]
  /// The time that the explanation took.
  public var seconds: Double
  /// In the order in which they were requested.
  public var measurements: [Measurement]
  /// The text as a molecule, if it is read as one.
  public var molecule: ExplainedMolecule?
  /// The interactions between the words of two texts, if they were requested.
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
