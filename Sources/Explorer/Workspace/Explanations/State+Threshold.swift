internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
package import Workbench

/// Above which probability a class applies, for a model that decides each by itself.
extension State {
  /// The model decides each of its classes by itself.
  var hasThreshold: Bool { summary?.link == .sigmoid }

  /// - Parameter value: nil for the model's own.
  /// - Returns: why it can't be set, as a sentence; nil if it was asked for.
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

  /// `0.5`; where each class has its own, all of them.
  var thresholdText: String {
    (summary?.thresholds ?? []).map { "\($0)" }.joined(separator: ", ")
  }

  /// Same answers, other decisions: whatever was found out about a decision is void.
  fileprivate mutating func decide(by opened: OpenedModel, _ effects: inout [Effect]) {
    let new = opened.summary
    guard var old = summary else { return }
    (old.thresholds, old.threshold, old.argument) = (new.thresholds, new.threshold, new.argument)
    // another model may have been opened meanwhile
    guard old == new else { return }
    effects.append(.seat(opened, .main))
    model = .ready(new)
    follow(.results)
    if dataset.isGiven { self.opened(.model, &effects) }
    say("threshold: \(thresholdText)" + (new.threshold == nil ? ", the model's own" : ""))
  }
}

extension ExplainerSetting {
  /// Not of an explainer: it stands among their settings in the prompt.
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
