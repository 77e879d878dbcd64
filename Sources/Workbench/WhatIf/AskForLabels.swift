public import Attribution
public import Classifiers

/// The current model with the user's labels as its classes, or with its own classes again.
public struct AskForLabels: WhatIfQuestion {
  /// nil for the model's own classes.
  public var labels: ZeroShotLabels?
  /// The text on the screen; the model does not depend on it.
  public var text: EditedText
  /// Whether labels are being typed; an obsolete answer is then cancelled.
  public var isLive: Bool

  public init(_ labels: ZeroShotLabels?, text: EditedText, isLive: Bool) {
    self.labels = labels
    self.text = text
    self.isLive = isLive
  }

  public var lane: Lane { isLive ? .whatIf : .opening }

  /// - Throws: `ModelOpeningError` if the labels cannot be used with the model.
  public func answer(_ lab: Lab, progress: @escaping Progress<OpenedModel>) throws -> OpenedModel {
    let seated = try lab.model(in: .main).opened
    var argument = seated.summary.argument.map { ModelArgument($0) }
    var reading = argument?.reading ?? seated.options.reading
    let wasAsked = reading.labels != nil
    // Labels of which one applies have no threshold.
    let threshold = labels?.isMany == true ? reading.threshold : nil
    (reading.labels, reading.threshold) = (nil, nil)
    argument?.reading = reading
    let plain: Model
    if let known = seated.plain {
      plain = known
    } else if wasAsked {
      // It was opened with labels, so its own classes are only in its files.
      plain = try lab.surroundings.open(argument?.line, progress: lab.meter.loading).model
    } else {
      plain = seated.model
    }
    try Task.checkCancellation()
    (reading.labels, reading.threshold) = (labels, threshold)
    argument?.reading = reading
    let asked = ReadingOptions(
      labels: labels, windows: labels == nil ? nil : reading.windows, threshold: threshold)
    let model = try plain.reading(asked)
    var options = seated.options
    options.reading = reading
    var opened = OpenedModel(
      model,
      summary: ModelSummary(
        model, argument: argument?.line, quality: labels == nil ? seated.summary.quality : nil),
      name: argument?.line ?? seated.name, options: options)
    opened.plain = labels == nil ? nil : plain
    return opened
  }
}

extension ModelSummary {
  /// The user's labels; nil if it has its own classes.
  public var labels: ZeroShotLabels? {
    argument.flatMap { ModelArgument($0).reading.labels }
  }
}
