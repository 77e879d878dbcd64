internal import Attribution
internal import TerminalUI
internal import Workbench

/// The explainer options, with the same rules as those of `explain`.
extension State {
  /// The options of the model's methods, or of all methods while there is no model; and the threshold
  /// of a model that decides each class by itself.
  var explainerSettings: [ExplainerSetting] {
    guard let summary else { return ExplainerCatalog.settings }
    let ofMethods = ExplainerSetting.all(of: summary.methods.map(\.card))
    return hasThreshold ? [.threshold] + ofMethods : ofMethods
  }

  /// The value that the user set; nil if there is none.
  func chosenValue(of setting: ExplainerSetting) -> String? {
    setting == .threshold
      ? summary?.threshold.map { "\($0)" } : setting.value(in: settings.options)
  }

  /// The value that is used if the user set none; nil if it is not known.
  func usualValue(of setting: ExplainerSetting) -> String? {
    if setting == .threshold { return thresholdText }
    guard let shown = explanations.shown, shown.job.choice.method == settings.method else {
      return nil
    }
    return shown.attribution.parameters[setting.name]?.shown
  }

  /// Sets an option that was typed into the prompt or the palette.
  ///
  /// - Returns: why it can't be set, as a sentence; nil if it was set.
  mutating func set(_ typed: TypedSetting, _ effects: inout [Effect]) -> String? {
    if typed.setting == .threshold { return setThreshold(typed.value, &effects) }
    var options = settings.options
    do {
      try typed.setting.set(typed.value, in: &options)
    } catch {
      return Self.sentence(error)
    }
    let name = typed.setting.name
    guard options != settings.options else {
      say("\(name) is \(settings.value(of: typed.setting)) already")
      return nil
    }
    settings.options = options
    forgetExplanations()
    let isUsed = uses(typed.setting)
    let title = summary?.method(named: settings.method)?.card.title ?? settings.method
    say(
      "\(name): \(settings.value(of: typed.setting))"
        + (isUsed == false ? "; \(title) does not use it" : ""))
    return nil
  }

  static func sentence(_ error: any Error) -> String {
    guard case ExplainerError.badOption(let name, let value, let allowed) = error else {
      return "it can't be set"
    }
    return "\(name) can't be \"\(value)\": it is \(allowed)"
  }

  /// Whether the chosen method depends on a setting; nil before the model is known.
  func uses(_ setting: ExplainerSetting) -> Bool? {
    if setting == .threshold { return true }
    return summary?.method(named: settings.method)?.card.options.contains(setting)
  }

  /// Drops the results that were computed with other settings.
  mutating func forgetExplanations() {
    explanations.job = nil
    explanations.forgetAnswers()
    trust.forget()
  }
}
