internal import Classifiers
internal import Datasets
internal import TerminalUI
internal import Workbench

/// Contrasts: explaining the difference of two classes' scores, why one class and not the other.
extension State {
  /// The class that the explained one is contrasted with; nil if there is no contrast.
  public var versusClass: Int? {
    guard canContrast, let target = targetClass else { return nil }
    switch settings.contrast {
    case .none: return nil
    case .automatic: return rival(of: target)
    // A contrast with itself would be zero.
    case .fixed(let index): return index == target ? rival(of: target) : index
    }
  }

  /// Whether the model chooses between two classes or more.
  var canContrast: Bool {
    (summary?.classes.count ?? 0) > 1 && !isRegression
  }

  /// The default class to contrast with: for a misclassified row of a data set its gold class,
  /// otherwise the most probable of the other classes.
  private func rival(of target: Int) -> Int? {
    if case .one(let gold)? = openedExample?.gold, gold != target { return gold }
    return predictions.latest?.prediction.probabilities.mostProbable(besides: target)
  }

  mutating func toggleContrast() {
    guard summary != nil else { return say("still loading the model") }
    guard canContrast else { return say("there are no two classes to contrast") }
    if layer.showsMap { keepReplaced() }
    settings.contrast = settings.contrast == .none ? .automatic : .none
    if let notice = layer.contrastNotice(self) { return say(notice) }
    guard let summary, let target = targetClass, let versus = versusClass else {
      return say("contrast off")
    }
    say("why \(summary.className(target)) and not \(summary.className(versus))")
  }

  /// The contrast for the session: a class by name, empty for the automatic choice.
  var contrastToKeep: String? {
    guard let summary else { return settings.wantedContrast }
    switch settings.contrast {
    case .none: return nil
    case .automatic: return ""
    case .fixed(let index): return summary.className(index)
    }
  }

  /// Restores the session's contrast once the classes are known.
  mutating func restoreContrast(_ summary: ModelSummary) {
    guard let wanted = settings.wantedContrast else { return }
    settings.wantedContrast = nil
    let index = summary.classes.firstIndex(of: wanted)
    settings.contrast =
      wanted.isEmpty ? .automatic : index.map(ExplanationSettings.Contrast.fixed) ?? .none
  }

  /// `versus CLASS` in the palette.
  mutating func choose(versus index: Int) {
    guard let summary, summary.classes.indices.contains(index) else { return }
    guard index != targetClass else {
      return say("\(summary.className(index)) is the class being explained")
    }
    if layer.showsMap { keepReplaced() }
    settings.contrast = .fixed(index)
    say("contrast with \(summary.className(index))")
  }
}

extension Action {
  static let toggleContrast = Action("toggle contrast") { state, _ in
    state.toggleContrast()
  }
}

extension [Float] {
  /// The index of the largest number other than the one at `index`; nil if there is none.
  func mostProbable(besides index: Int) -> Int? {
    indices.filter { $0 != index && !self[$0].isNaN }.max { self[$0] < self[$1] }
  }
}

extension ModelSummary {
  /// `positive`, or `positive, not negative`.
  func targetName(_ choice: ExplanationChoice) -> String {
    className(choice.classIndex) + (choice.versus.map { ", not \(className($0))" } ?? "")
  }
}
