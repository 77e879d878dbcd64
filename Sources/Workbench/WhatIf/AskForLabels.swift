public import Attribution
public import Classifiers

/// The model that is open with labels of the user's as its classes, or with its own again.
public struct AskForLabels: WhatIfQuestion {
  /// nil for the model's own classes.
  public var labels: ZeroShotLabels?
  /// What is on the screen; the model does not depend on it.
  public var text: EditedText
  /// While somebody types them; an answer that nobody waits for any more is given up then.
  public var isLive: Bool

  public init(_ labels: ZeroShotLabels?, text: EditedText, isLive: Bool) {
    self.labels = labels
    self.text = text
    self.isLive = isLive
  }

  public var lane: Lane { isLive ? .whatIf : .opening }

  /// - Throws: `ModelOpeningError` where the model can't answer for them.
  public func answer(_ lab: Lab, progress: @escaping Progress<OpenedModel>) throws -> OpenedModel {
    let seated = try lab.model(in: .main).opened
    var argument = seated.summary.argument.map { ModelArgument($0) }
    var reading = argument?.reading ?? seated.options.reading
    let wasAsked = reading.labels != nil
    reading.labels = nil
    argument?.reading = reading
    let plain: Model
    if let known = seated.plain {
      plain = known
    } else if wasAsked {
      // it was opened with labels: its own classes are in its files alone
      plain = try lab.surroundings.open(argument?.line, progress: lab.meter.loading).model
    } else {
      plain = seated.model
    }
    try Task.checkCancellation()
    reading.labels = labels
    argument?.reading = reading
    let asked = ReadingOptions(labels: labels, windows: labels == nil ? nil : reading.windows)
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
  /// Labels of the user's that it is asked for; nil where its classes are its own.
  public var labels: ZeroShotLabels? {
    argument.flatMap { ModelArgument($0).reading.labels }
  }
}
