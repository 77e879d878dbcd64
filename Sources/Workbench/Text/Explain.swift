public import Attribution
internal import Classifiers
public import Tokenizers

extension Lane {
  public static let explanation = Lane("explanation")
}

/// The pieces of a text that contribute to a model's prediction.
public struct Explain: Question {
  public enum Answer: Sendable, Equatable {
    /// The approximate number of model passes; sent before the first one.
    case expected(passes: Int)
    /// - Parameter seconds: since the work started.
    case scores(TokenAttribution, seconds: Double)
  }

  public var encoding: Encoding
  public var choice: ExplanationChoice
  /// The explainer's options: its defaults, and the user's settings.
  public var options: ExplainerOptions

  public init(
    _ encoding: Encoding, _ choice: ExplanationChoice,
    options: ExplainerOptions = ExplainerOptions()
  ) {
    self.encoding = encoding
    self.choice = choice
    self.options = options
  }

  public var lane: Lane { .explanation }

  public static func mayBeSkipped(_ progress: Answer) -> Bool {
    if case .scores = progress { true } else { false }
  }

  /// As often as a viewer can follow the refinements of a map.
  public static var interval: Duration { .milliseconds(100) }

  public func answer(_ lab: Lab, progress: @escaping Progress<Answer>) throws -> Answer {
    let begin = lab.clock()
    func scores(_ attribution: TokenAttribution) -> Answer {
      .scores(attribution, seconds: (lab.clock() - begin) / .seconds(1))
    }
    let explainer = try ExplainerCatalog.explainer(of: choice)
    let request = try request(lab)
    try progress(.expected(passes: explainer.expectedPasses(for: request)))
    return scores(try explainer.explanation(of: request) { try progress(scores($0)) })
  }

  func request(_ lab: Lab) throws -> ExplanationRequest {
    var request = ExplanationRequest(
      model: try lab.model(in: choice.seat).model, encoding: encoding, target: choice.target,
      options: options)
    request.counter = lab.meter.passes
    return request
  }
}

extension ExplainerCatalog {
  /// - Throws: `QuestionError.noExplainer`.
  static func explainer(of choice: ExplanationChoice) throws -> any Explainer {
    guard let explainer = explainer(named: choice.method) else {
      throw QuestionError.noExplainer(name: choice.method)
    }
    return explainer
  }
}
