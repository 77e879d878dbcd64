public import ArgumentParser
public import Classifiers

/// How the model reads its texts.
struct ReadingArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Labels of your own, separated by commas, for a model of natural language inference (zero-shot).",
      valueName: "labels"))
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "With --labels: the hypothesis about a text, with {} for the label; 'This example is {}.' if not given.",
      valueName: "sentence"))
  var hypothesis: String?

  @Flag(help: "With --labels: each label is decided separately, so that none or several may apply.")
  var many = false

  @Option(
    defaultAsFlag: 0, parsing: .next,
    help: ArgumentHelp(
      "A text that is too long for the model is read in overlapping windows of this many tokens; without a number, as many as the model takes.",
      valueName: "tokens"))
  var windows: Int?

  @Option(
    help: ArgumentHelp(
      "With --windows: how the windows' logits are combined: mean, max or first; mean if not given.",
      valueName: "how"))
  var windowPooling: WindowReading.Pooling?

  @Option(
    help: ArgumentHelp(
      "The probability above which a class applies, from 0 to 1, for a model that decides each class by itself; the model's own if not given.",
      valueName: "p"))
  var threshold: Float?

  func validate() throws {
    if labels == nil, hypothesis != nil || many {
      throw ValidationError(
        "\(many ? "--many" : "--hypothesis") needs --labels")
    }
    if windows == nil, windowPooling != nil {
      throw ValidationError("--window-pooling is of no use without --windows")
    }
    if let windows, windows < 0 {
      throw ValidationError("--windows is \(windows); it must be a number of tokens")
    }
    if let threshold, !ReadingOptions.isThreshold(threshold) {
      throw ValidationError("--threshold is \(threshold); it must be between 0 and 1")
    }
  }

  var options: ReadingOptions {
    ReadingOptions(
      labels: labels.map {
        ZeroShotLabels(
          ZeroShotLabels.labels(in: $0),
          hypothesis: hypothesis ?? ZeroShotLabels.usualHypothesis, isMany: many)
      },
      windows: windows.map {
        WindowReading(tokens: $0 == 0 ? nil : $0, pooling: windowPooling ?? .mean)
      }, threshold: threshold)
  }
}

extension WindowReading.Pooling: ExpressibleByArgument {}
