internal import Classifiers

extension Lane {
  public static let threshold = Lane("threshold")
}

/// The current model with another threshold for its classes, or with its own. Its probabilities
/// stay the same; its decisions change.
public struct SetThreshold: Question {
  /// nil for the model's own.
  public var threshold: Float?

  public init(_ threshold: Float?) { self.threshold = threshold }

  public var lane: Lane { .threshold }

  /// - Throws: `ModelOpeningError.noThreshold` if the model does not decide each class by itself.
  public func answer(_ lab: Lab, progress: @escaping Progress<OpenedModel>) throws -> OpenedModel {
    var opened = try lab.model(in: .main).opened
    try Task.checkCancellation()
    opened.model.threshold = nil
    opened.model = try opened.model.reading(ReadingOptions(threshold: threshold))
    opened.options.reading.threshold = threshold
    var argument = opened.summary.argument.map { ModelArgument($0) }
    argument?.reading.threshold = threshold
    opened.summary = ModelSummary(
      opened.model, argument: argument?.line, quality: opened.summary.quality)
    opened.name = argument?.line ?? opened.name
    return opened
  }
}
