internal import Attribution
internal import Classifiers
internal import Datasets
internal import Reports
internal import Tensors

/// Messages for errors: what is wrong, where, and what would be right.
extension Messages {
  /// For any error.
  static func sentence(_ error: any Error) -> String {
    (error as? any Explained)?.sentence ?? reason(error)
  }

  static func sentence(_ error: ExplainerError) -> String {
    switch error {
    case .noToken(let role):
      "the model has no \(role) token; choose another --baseline or --replacement"
    case .notApplicable(let method, let needs):
      "\(method) does not apply to this model: it needs \(needs.rawValue)"
    case .badOption(let name, let value, let allowed):
      "--\(name) can't be \(value); allowed: \(allowed)"
    case .tooManyUnits(let method, let found, let most):
      "\(method) takes at most \(most) units and the text has \(found); "
        + "choose a larger --group, or shapley-sampling"
    }
  }

  /// For the explorer's screens, where no option can be given.
  static func tooManyTokens(found: Int, most: Int) -> String {
    "Exact Shapley values take at most \(most) tokens, and this text has \(found)"
  }

  /// The system's own description of an error.
  static func reason(_ error: any Error) -> String { SystemReason.sentence(error) }

  static func reason(errno code: Int32) -> String { SystemReason.sentence(errno: code) }
}
