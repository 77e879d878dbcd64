internal import Attribution
internal import TerminalUI
internal import Workbench

/// How explanations are computed: the options of `explain`, by the same rules.
extension State {
  /// What can be set of the model's methods, before it is known of all; and of a model that decides
  /// each class by itself the threshold.
  var explainerSettings: [ExplainerSetting] {
    guard let summary else { return ExplainerCatalog.settings }
    let ofMethods = ExplainerSetting.all(of: summary.methods.map(\.card))
    return hasThreshold ? [.threshold] + ofMethods : ofMethods
  }

  /// What the user set; nil where nothing is.
  func chosenValue(of setting: ExplainerSetting) -> String? {
    setting == .threshold
      ? summary?.threshold.map { "\($0)" } : setting.value(in: settings.options)
  }

  /// What holds where the user set nothing; nil where that is not known.
  func usualValue(of setting: ExplainerSetting) -> String? {
    if setting == .threshold { return thresholdInWords }
    guard let shown = explanations.shown, shown.job.choice.method == settings.method else {
      return nil
    }
    return shown.attribution.parameters[setting.name]?.shown
  }

  /// Sets an option as typed into the prompt, or into the palette as a command.
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

  /// Drops results that were computed with other settings.
  mutating func forgetExplanations() {
    explanations.job = nil
    explanations.forgetAnswers()
    trust.forget()
  }
}
