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
    _ request: ExplanationRequest, refined: (Attribution) throws -> Void
  ) throws -> Attribution
}

/// What is to be explained and how.
public struct ExplanationRequest: Sendable {
  public var model: Model
  public var encoding: Encoding
  public var target: Target
  public var options: ExplainerOptions

  public init(
    model: Model, encoding: Encoding, target: Target, options: ExplainerOptions = .init()
  ) {
    self.model = model
    self.encoding = encoding
    self.target = target
    self.options = options
  }
}

/// The choices of the command line; nil means the method's own default for the model at hand.
public struct ExplainerOptions: Sendable, Hashable {
  public enum Baseline: String, Sendable, CaseIterable { case zero, pad, mask, unk }
  public enum Replacement: String, Sendable, CaseIterable { case unk, mask, pad, delete }
  public enum Norm: String, Sendable, CaseIterable { case l1, l2 }

  public var baseline: Baseline?
  public var replacement: Replacement?
  public var norm: Norm?
  public var rectify = false
  /// Path points; nil is adaptive.
  public var steps: Int?
  public var samples: Int?
  public var seed: UInt64 = 0

  public init() {}
}

/// One score a token, and what is known about how far to trust it.
public struct Attribution: Sendable, Equatable {
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

  public init(
    scores: [Float], standardErrors: [Float]? = nil, convergenceDelta: Float? = nil,
    targetValue: Float, evaluations: Int, parameters: [String: ParameterValue] = [:]
  ) {
    self.scores = scores
    self.standardErrors = standardErrors
    self.convergenceDelta = convergenceDelta
    self.targetValue = targetValue
    self.evaluations = evaluations
    self.parameters = parameters
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
  case notApplicable(method: String, needs: MethodCard.Requirement)
  /// An option's value is outside what the method can do.
  case badOption(name: String, value: String, allowed: String)
}
