internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
package import Workbench

/// The probability above which a class applies, for a model that decides each class separately.
extension State {
  /// Whether the model decides each class separately, by a threshold.
  var hasThreshold: Bool { summary?.link == .sigmoid }

  /// Whether the class applies, in a model that decides each class by itself.
  func isGiven(_ index: Int, _ probabilities: [Float]) -> Bool {
    hasThreshold && summary?.rule.isGiven(index, probabilities) == true
  }

  /// - Parameter value: nil for the model's own.
  /// - Returns: why it can't be set, as a sentence; nil if it was requested.
  mutating func setThreshold(_ value: String?, _ effects: inout [Effect]) -> String? {
    guard let value else {
      ask(SetThreshold(nil), &effects)
      return nil
    }
    guard let number = Float(value), ReadingOptions.isThreshold(number) else {
      return "threshold can't be \"\(value)\": it is a number between 0 and 1"
    }
    ask(SetThreshold(number), &effects)
    return nil
  }

  /// `0.5`; if each class has a threshold of its own, all of them.
  var thresholdText: String {
    (summary?.thresholds ?? []).map { "\($0)" }.joined(separator: ", ")
  }

  /// Replaces the model by one with another threshold. Predictions stay valid; results about
  /// decisions do not.
  fileprivate mutating func decide(by opened: OpenedModel, _ effects: inout [Effect]) {
    let new = opened.summary
    guard var old = summary else { return }
    (old.thresholds, old.threshold, old.argument) = (new.thresholds, new.threshold, new.argument)
    // Another model may have been opened in the meantime.
    guard old == new else { return }
    effects.append(.seat(opened, .main))
    model = .ready(new)
    follow(.results)
    if dataset.isGiven { self.opened(.model, &effects) }
    say("threshold: \(thresholdText)" + (new.threshold == nil ? ", the model's own" : ""))
  }
}

extension ExplainerSetting {
  /// Belongs to the model and not to an explainer, but is set in the same prompt.
  static let threshold = ExplainerSetting(
    "threshold", .number, summary: "above which p a class applies",
    help: "The probability above which a class applies.")
}

extension SetThreshold: AskedQuestion {
  package func receive(
    _ answer: OpenedModel, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) { state.decide(by: answer, &effects) }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.message = Message(kind: .error, text: failure.reason)
  }
}
