public import Classifiers

/// A model, and how it was opened.
public struct OpenedModel: Sendable, Equatable {
  public var model: Model
  public var summary: ModelSummary
  /// How the user named it, by which its earlier answers are found; nil is the default model.
  public var name: String?
  public var options: OpeningOptions
  /// The model with its own classes, where it is asked for labels of the user's.
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

  /// By what is known of the models: two of the same summary, opened in the same way, are one.
  public static func == (a: OpenedModel, b: OpenedModel) -> Bool {
    (a.summary, a.name, a.options) == (b.summary, b.name, b.options)
  }
}
