public import Classifiers

/// A model, and how it was opened.
public struct OpenedModel: Sendable, Equatable {
  public var model: Model
  public var summary: ModelSummary
  /// The user's name for it, by which stored answers are found; nil for the default model.
  public var name: String?
  public var options: OpeningOptions
  /// The model with its own classes, if it is used with the user's labels.
  var plain: Model?

  public init(
    _ model: Model, summary: ModelSummary, name: String? = nil,
    options: OpeningOptions = OpeningOptions()
  ) {
    self.model = model
    self.summary = summary
    self.name = name
    self.options = options
  }

  /// Compares summaries and the way of opening: two models with equal ones count as the same.
  public static func == (a: OpenedModel, b: OpenedModel) -> Bool {
    (a.summary, a.name, a.options) == (b.summary, b.name, b.options)
  }
}
