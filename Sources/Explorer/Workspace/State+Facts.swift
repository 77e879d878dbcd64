internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
public import Workbench

/// What follows from the state.
extension State {
  /// Up to here a text is explained without being asked.
  static let automaticTokenLimit = 4096

  public var summary: ModelSummary? {
    if case .ready(let summary) = model { summary } else { nil }
  }

  /// The prediction belongs to the text on the screen.
  public var isPredictionFresh: Bool { predictions.latest?.edition == document.edition }

  /// The painted explanation belongs to an older text.
  public var isShownStale: Bool {
    explanations.shown.map { $0.job.edition != document.edition } ?? false
  }

  /// The class that is explained, as far as it is known.
  public var targetClass: Int? {
    guard let summary, !summary.classes.isEmpty else { return nil }
    let predicted = predictions.latest?.prediction.classIndex
    switch settings.classChoice {
    case .fixed(let index): return min(max(0, index), summary.classes.count - 1)
    case .predicted: return predicted
    }
  }

  /// What the present settings ask for.
  public var choice: ExplanationChoice? {
    guard let entry = summary?.method(named: settings.method), let target = targetClass else {
      return nil
    }
    return ExplanationChoice(
      method: settings.method, classIndex: target, versus: versusClass,
      quantity: entry.card.defaultQuantity)
  }

  /// What so many passes over the text cost; nil while the model has not read one.
  func cost(ofPasses passes: Int, by seat: ModelSeat = .main) -> PassCost? {
    reading(by: seat).map {
      PassCost(
        passes: passes, secondsPerPass: $0.seconds, tokens: $0.prediction.encoding.pieces.count)
    }
  }

  /// The model can be explained in this way.
  var isApplicable: Bool {
    guard let entry = summary?.method(named: settings.method) else { return false }
    return entry.reasonNotApplicable == nil
  }

  /// The user chose the class that is explained.
  var isClassFixed: Bool {
    guard case .fixed = settings.classChoice else { return false }
    return (summary?.classes.count ?? 0) > 1
  }

  /// The target's probability at the text on the screen.
  var targetProbability: Float? {
    guard !document.isBlank, let target = targetClass, let prediction = predictions.latest else {
      return nil
    }
    return prediction.prediction.probabilities.element(at: target)
  }

  /// What stands in the text for a unit, or its mark.
  func text(of unit: HeatUnit, in explanation: Explanation) -> String {
    unit.word(in: explanation.text)
  }
}

extension HeatUnit {
  /// What stands in the text for it, without the space that a piece begins with, or its mark.
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
  /// nil outside of the array.
  func element(at index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
