internal import Classifiers
internal import Tokenizers

/// A way to ask how far an explanation of one text can be trusted.
public protocol Measure: Sendable {
  var card: MeasureCard { get }
  /// - Throws: what the model throws; where the question makes no sense for this explanation, the
  ///   result says so and nothing is thrown.
  func measure(_ request: MeasureRequest) throws -> MeasureResult
  /// About how many model passes it costs.
  func expectedPasses(for request: MeasureRequest) -> Int
}

extension Measure {
  public func expectedPasses(for request: MeasureRequest) -> Int { 0 }
}

/// What a measure is, in words.
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

/// An explanation, and what it took to make it.
public struct MeasureRequest: Sendable {
  public var request: ExplanationRequest
  public var explainer: any Explainer
  public var attribution: TokenAttribution
  /// Which tokens people gave as the reason, one a token; nil where nobody was asked.
  public var rationale: [Bool]?
  /// Called with the number of each explanation with another seed as it begins, and with how many there are.
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
  /// nil where the measure does not apply.
  public var value: Double?
  /// Why it does not, as a sentence without its full stop.
  public var reason: String?
  /// What else is known: other bins, the value layer by layer.
  public var details: [String: ParameterValue]
  /// Model passes.
  public var evaluations: Int

  public init(
    _ value: Double, details: [String: ParameterValue] = [:], evaluations: Int = 0
  ) {
    // What is no number is no answer.
    self.value = value.isFinite ? value : nil
    reason = value.isFinite ? nil : "the model's answers are no numbers"
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

// What most measures need.
extension MeasureRequest {
  /// The tokens that compete: all but the frame's, which no text is without.
  var tokens: [Int] {
    request.encoding.pieces.indices.filter { !request.encoding.pieces[$0].isFrame }
  }

  /// These tokens, the highest score first, equal ones in the order of the text.
  var ranking: [Int] {
    let scores = attribution.scores
    func key(_ token: Int) -> Float { scores[token].isNaN ? -.infinity : scores[token] }
    return tokens.sorted { (key($0), $1) > (key($1), $0) }
  }

  /// The same question about the probability of the target's class.
  var probability: ExplanationRequest {
    var request = request
    request.target = Target(classIndex: request.target.classIndex, quantity: .probability)
    return request
  }

  /// The probability of the target's class for rows made one by one.
  func probabilities(rows count: Int, row: (Int) -> [Token]) throws -> [Double] {
    try probability.values(rows: count, tokens: request.encoding.pieces.count, row: row)
  }

  /// The text without some tokens: deleted, as ferret and ERASER do.
  func deleting(_ removed: Set<Int>) -> [Token] {
    let tokens = request.encoding.tokens
    return tokens.indices.filter { !removed.contains($0) }.map { tokens[$0] }
  }
}
