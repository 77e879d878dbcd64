public import Classifiers
public import Tokenizers

/// A way to give each token of a text a score for what the model said.
public protocol Explainer: Sendable {
  /// What menus, `--help` and the method card say of it.
  var card: MethodCard { get }
  /// Scores for one text.
  ///
  /// Results become better from refinement to refinement; the first comes within one forward and
  /// backward pass, the last is also the return value.
  /// - Parameter refined: called with each result but the last. What it throws ends the run.
  /// - Throws: `ExplainerError` where the model lacks what the method needs, `CancellationError`
  ///   within one model pass of the task's cancellation.
  func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution
  /// About how many model passes an explanation costs, a row of a batch counted as one and a
  /// gradient as one: what is known before anything is computed, to tell how long it will take.
  func expectedPasses(for request: ExplanationRequest) -> Int
}

extension Explainer {
  public func expectedPasses(for request: ExplanationRequest) -> Int { 1 }
}

/// What is to be explained and how.
public struct ExplanationRequest: Sendable {
  public var model: Model
  public var encoding: Encoding
  public var target: Target
  public var options: ExplainerOptions
  /// Takes the number of model passes as they are made; nil where nobody asks.
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

/// The choices of the command line; nil means the method's own default for the model at hand.
public struct ExplainerOptions: Sendable, Hashable {
  public enum Baseline: String, Sendable, CaseIterable { case zero, pad, mask, unk }
  public enum Replacement: String, Sendable, CaseIterable { case unk, mask, pad, delete }
  public enum Norm: String, Sendable, CaseIterable { case l1, l2 }
  /// What a perturbation method takes away as one: `phrase` is what stands between punctuation
  /// marks, `occurrences` all places of a word together.
  public enum Grouping: String, Sendable, CaseIterable {
    case token, word, phrase, sentence, occurrences
  }
  /// Whose sampling, kernel and regression LIME uses: the lime package's for texts, or Captum's.
  public enum Surrogate: String, Sendable, CaseIterable { case lime, captum }

  /// What was set by hand.
  var values: [ExplainerSetting: ParameterValue] = [:]
  public var rectify = false
  /// What scores are going to be summed by; where nothing else is asked for, feature ablation takes
  /// away these units.
  public var unit = ScoreUnit.token

  public init() {}
}

/// One score a token, and what is known about how far to trust it.
public struct TokenAttribution: Sendable, Equatable {
  /// In the order of the pieces; positive speaks for the target where the method has a sign.
  public var scores: [Float]
  /// For sampling methods, one a token.
  public var standardErrors: [Float]?
  /// Sum of the scores minus what they should add up to; nil where nothing is claimed.
  public var convergenceDelta: Float?
  /// The target's value at the text itself.
  public var targetValue: Float
  /// Model passes, a row of a batch counted as one: what these scores stand on. Of a path method
  /// its points; what only the delta needs is not counted.
  public var evaluations: Int
  /// What was used, defaults filled in, for the JSON's `parameters`.
  public var parameters: [String: ParameterValue]
  /// Where a method scores each token more than once, by layer or head: all of it.
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

/// Several rows of scores, one score a token each.
public struct ScoreMap: Sendable, Equatable {
  /// What a row is: `LSTM 2`.
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
  /// The model has no such token, asked for as a baseline or a replacement.
  case noToken(role: String)
  /// The classifier lacks what the method needs.
  case notApplicable(method: String, needs: Capability)
  /// An option's value is outside what the method can do.
  case badOption(name: String, value: String, allowed: String)
  /// The text has more units than the method can take.
  case tooManyUnits(method: String, found: Int, most: Int)
}
