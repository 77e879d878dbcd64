public import Classifiers
public import Tokenizers

/// A method that scores each token of a text for its contribution to the model's output.
public protocol Explainer: Sendable {
  /// The description in menus, `--help` and the method card.
  var card: MethodCard { get }
  /// Scores for one text.
  ///
  /// Results are refined step by step; the first is available within one forward and backward pass,
  /// and the last is also the return value.
  /// - Parameter refined: called with each result but the last. An error that it throws ends the
  ///   run.
  /// - Throws: `ExplainerError` if the model lacks what the method needs; `CancellationError`
  ///   within one model pass of the task's cancellation.
  func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution
  /// The approximate number of model passes for an explanation, where each row of a batch and each
  /// gradient counts as one. Known before anything is computed, to estimate the time.
  func expectedPasses(for request: ExplanationRequest) -> Int
}

extension Explainer {
  public func expectedPasses(for request: ExplanationRequest) -> Int { 1 }
}

/// What to explain, and how.
public struct ExplanationRequest: Sendable {
  public var model: Model
  public var encoding: Encoding
  public var target: Target
  public var options: ExplainerOptions
  /// Counts model passes while they run; nil to count nothing.
  public var counter: PassCounter?

  public init(
    model: Model, encoding: Encoding, target: Target, options: ExplainerOptions = .init()
  ) {
    self.model = model
    self.encoding = options.only.map { encoding.explainingOnly($0) } ?? encoding
    self.target = target
    self.options = options
  }
}

/// The options of the command line; nil means the method's own default for the model.
public struct ExplainerOptions: Sendable, Hashable {
  public enum Baseline: String, Sendable, CaseIterable { case zero, pad, mask, unk }
  public enum Replacement: String, Sendable, CaseIterable { case unk, mask, pad, delete }
  public enum Norm: String, Sendable, CaseIterable { case l1, l2 }
  /// The units that a perturbation method removes: `phrase` is the text between punctuation marks,
  /// `occurrences` all occurrences of a word together.
  public enum Grouping: String, Sendable, CaseIterable {
    case token, word, phrase, sentence, occurrences
  }
  /// The implementation whose sampling, kernel and regression LIME uses: the lime package's for
  /// texts, or Captum's.
  public enum Surrogate: String, Sendable, CaseIterable { case lime, captum }

  /// Values set by the user.
  var values: [ExplainerSetting: ParameterValue] = [:]
  public var rectify = false
  /// The unit by which scores will be summed. Feature ablation removes these units unless a
  /// grouping is set.
  public var unit = ScoreUnit.token

  public init() {}
}

/// One score per token, and how reliable the scores are.
public struct TokenAttribution: Sendable, Equatable {
  /// In the order of the pieces; positive supports the target if the method's scores have a sign.
  public var scores: [Float]
  /// Standard errors of sampling methods, one per token.
  public var standardErrors: [Float]?
  /// The sum of the scores minus the sum that the method claims; nil if it claims none.
  public var convergenceDelta: Float?
  /// The target's value for the text itself.
  public var targetValue: Float
  /// The number of model passes that the scores are based on, each row of a batch counted as one.
  /// For a path method these are its points; passes for the delta alone are not counted.
  public var evaluations: Int
  /// The settings used, including defaults, for the JSON's `parameters`.
  public var parameters: [String: ParameterValue]
  /// All scores, if the method computes several per token, by layer or head.
  public var map: ScoreMap?

  public init(
    scores: [Float], standardErrors: [Float]? = nil, convergenceDelta: Float? = nil,
    targetValue: Float, evaluations: Int, parameters: [String: ParameterValue] = [:],
    map: ScoreMap? = nil
  ) {
    self.map = map
    self.scores = scores
    self.standardErrors = standardErrors
    self.convergenceDelta = convergenceDelta
    self.targetValue = targetValue
    self.evaluations = evaluations
    self.parameters = parameters
  }
}

/// Several rows of scores with one score per token each.
public struct ScoreMap: Sendable, Equatable {
  /// Names of the rows: `LSTM 2`.
  public var names: [String]
  /// `[rows, T]`.
  public var scores: [[Float]]

  public init(names: [String], scores: [[Float]]) {
    self.names = names
    self.scores = scores
  }
}

public enum ParameterValue: Sendable, Hashable {
  case text(String)
  case whole(Int)
  case number(Float)
  case flag(Bool)
}

public enum ExplainerError: Error, Sendable, Equatable {
  /// The model lacks the token that a baseline or replacement requires.
  case noToken(role: String)
  /// The classifier lacks a capability that the method needs.
  case notApplicable(method: String, needs: Capability)
  /// An option's value is out of range for the method.
  case badOption(name: String, value: String, allowed: String)
  /// The text has more units than the method supports.
  case tooManyUnits(method: String, found: Int, most: Int)
}
