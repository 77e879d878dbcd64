internal import Classifiers
internal import Tokenizers

/// A measure of how far an explanation of one text can be trusted.
public protocol Measure: Sendable {
  var card: MeasureCard { get }
  /// - Throws: errors of the model. If the measure does not apply to this explanation, the result
  ///   gives the reason and nothing is thrown.
  func measure(_ request: MeasureRequest) throws -> MeasureResult
  /// The approximate number of model passes.
  func expectedPasses(for request: MeasureRequest) -> Int
}

extension Measure {
  public func expectedPasses(for request: MeasureRequest) -> Int { 0 }
}

/// The description of a measure.
public struct MeasureCard: Sendable, Hashable {
  public enum Best: String, Sendable { case low, high, zero }

  /// The name on the command line: `comprehensiveness`.
  public var name: String
  public var title: String
  /// One sentence.
  public var summary: String
  public var formula: String
  public var source: String
  public var cost: String
  public var caveats: String
  /// Which values are good.
  public var best: Best

  public init(
    name: String, title: String, summary: String, formula: String, source: String, cost: String,
    caveats: String, best: Best
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.formula = formula
    self.source = source
    self.cost = cost
    self.caveats = caveats
    self.best = best
  }
}

/// An explanation and the request that it answers.
public struct MeasureRequest: Sendable {
  public var request: ExplanationRequest
  public var explainer: any Explainer
  public var attribution: TokenAttribution
  /// Which tokens annotators marked as the reason, one per token; nil if there are no annotations.
  public var rationale: [Bool]?
  /// Called when an explanation with another seed starts, with its number and their count.
  public var seedProgress: @Sendable (_ number: Int, _ count: Int) -> Void = { _, _ in }

  public init(
    request: ExplanationRequest, explainer: any Explainer, attribution: TokenAttribution,
    rationale: [Bool]? = nil
  ) {
    self.request = request
    self.explainer = explainer
    self.attribution = attribution
    self.rationale = rationale
  }
}

public struct MeasureResult: Sendable, Equatable {
  /// nil if the measure does not apply.
  public var value: Double?
  /// Why it does not apply, as a sentence without its full stop.
  public var reason: String?
  /// Other values: further bins, the value layer by layer.
  public var details: [String: ParameterValue]
  /// The curve that the value is the area of; nil for other measures.
  public var curve: PerturbationCurve?
  /// Model passes.
  public var evaluations: Int

  public init(
    _ value: Double, details: [String: ParameterValue] = [:], evaluations: Int = 0
  ) {
    // NaN and infinity are not results.
    self.value = value.isFinite ? value : nil
    reason = value.isFinite ? nil : "the model's outputs are not finite numbers"
    self.details = details
    self.evaluations = evaluations
  }

  public init(notApplicable reason: String) {
    value = nil
    self.reason = reason
    details = [:]
    evaluations = 0
  }
}

// Used by most measures.
extension MeasureRequest {
  /// The tokens that are ranked: all except the frame.
  var tokens: [Int] {
    request.encoding.pieces.indices.filter { !request.encoding.pieces[$0].isFrame }
  }

  /// These tokens by descending score; equal ones in the order of the text.
  var ranking: [Int] {
    let scores = attribution.scores
    func key(_ token: Int) -> Float { scores[token].isNaN ? -.infinity : scores[token] }
    return tokens.sorted { (key($0), $1) > (key($1), $0) }
  }

  /// The same request for the probability of the target's class.
  var probability: ExplanationRequest {
    var request = request
    request.target = Target(classIndex: request.target.classIndex, quantity: .probability)
    return request
  }

  /// The probabilities of the target's class for rows that are made one by one.
  /// - Parameter received: called with the values so far after each call of the model but the last.
  func probabilities(
    rows count: Int, row: (Int) -> [Token], received: ([Double]) throws -> Void = { _ in }
  ) throws -> [Double] {
    try probability.values(
      rows: count, tokens: request.encoding.pieces.count, row: row, received: received)
  }

  /// The text without some tokens, which are deleted as in ferret and ERASER.
  func deleting(_ removed: Set<Int>) -> [Token] {
    let tokens = request.encoding.tokens
    return tokens.indices.filter { !removed.contains($0) }.map { tokens[$0] }
  }
}
