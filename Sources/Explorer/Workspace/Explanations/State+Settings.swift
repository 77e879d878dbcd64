internal import Attribution
internal import TerminalUI
internal import Workbench

/// The explainer options, with the same rules as those of `explain`.
extension State {
  /// The options of the model's methods; of all methods while there is no model.
  var explainerSettings: [ExplainerSetting] {
    summary.map { ExplainerSetting.all(of: $0.methods.map(\.card)) } ?? ExplainerCatalog.settings
  }

  /// Sets an option that was typed into the prompt or the palette.
  ///
  /// - Returns: why it can't be set, as a sentence; nil if it was set.
  mutating func set(_ typed: TypedSetting) -> String? {
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
    summary?.method(named: settings.method)?.card.options.contains(setting)
  }

  /// Drops the results that were computed with other settings.
  mutating func forgetExplanations() {
    explanations.job = nil
    explanations.forgetAnswers()
    trust.forget()
  }
}
