internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
public import Workbench

/// Facts that are derived from the state.
extension State {
  /// Texts of more tokens than this are explained only on request.
  static let automaticTokenLimit = 4096

  public var summary: ModelSummary? {
    if case .ready(let summary) = model { summary } else { nil }
  }

  /// Whether the prediction is for the text on the screen.
  public var isPredictionFresh: Bool { predictions.latest?.edition == document.edition }

  /// Whether the painted explanation is for an older text.
  public var isShownStale: Bool {
    explanations.shown.map { $0.job.edition != document.edition } ?? false
  }

  /// The class that is explained; nil while it is unknown.
  public var targetClass: Int? {
    guard let summary, !summary.classes.isEmpty else { return nil }
    let predicted = predictions.latest?.prediction.classIndex
    switch settings.classChoice {
    case .fixed(let index): return min(max(0, index), summary.classes.count - 1)
    case .predicted: return predicted
    }
  }

  /// The explanation that the present settings ask for.
  public var choice: ExplanationChoice? {
    guard let entry = summary?.method(named: settings.method), let target = targetClass else {
      return nil
    }
    return ExplanationChoice(
      method: settings.method, classIndex: target, versus: versusClass,
      quantity: entry.card.defaultQuantity)
  }

  /// The cost of model passes over the text; nil while the model has not read a text.
  func cost(ofPasses passes: Int, by seat: ModelSeat = .main) -> PassCost? {
    reading(by: seat).map {
      PassCost(
        passes: passes, secondsPerPass: $0.seconds, tokens: $0.prediction.encoding.pieces.count)
    }
  }

  /// Whether the chosen explainer applies to the model.
  var isApplicable: Bool {
    guard let entry = summary?.method(named: settings.method) else { return false }
    return entry.reasonNotApplicable == nil
  }

  /// Whether the user chose the class that is explained.
  var isClassFixed: Bool {
    guard case .fixed = settings.classChoice else { return false }
    return (summary?.classes.count ?? 0) > 1
  }

  /// The target class's probability for the text on the screen.
  var targetProbability: Float? {
    guard !document.isBlank, let target = targetClass, let prediction = predictions.latest else {
      return nil
    }
    return prediction.prediction.probabilities.element(at: target)
  }

  /// The text of a unit, or its mark.
  func text(of unit: HeatUnit, in explanation: Explanation) -> String {
    unit.word(in: explanation.text)
  }
}

extension HeatUnit {
  /// The unit's text without the space that a piece begins with, or its mark.
  package func word(in text: String) -> String {
    if let mark { return mark }
    guard utf8Range.upperBound <= text.utf8.count else { return "" }
    let start = text.utf8.index(text.utf8.startIndex, offsetBy: utf8Range.lowerBound)
    let end = text.utf8.index(start, offsetBy: utf8Range.count)
    let word = String(decoding: text.utf8[start..<end], as: UTF8.self)
    let bare = word.drop { $0 == " " }
    return bare.isEmpty ? word : String(bare)
  }
}

extension Array {
  /// The element at an index; nil outside the array.
  func element(at index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
