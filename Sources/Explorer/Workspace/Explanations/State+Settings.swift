internal import Attribution
internal import TerminalUI
internal import Workbench

/// How explanations are computed: the options of `explain`, by the same rules.
extension State {
  /// What can be set of the model's methods; before it is known, of all.
  var explainerSettings: [ExplainerSetting] {
    summary.map { ExplainerSetting.all(of: $0.methods.map(\.card)) } ?? ExplainerCatalog.settings
  }

  /// Sets an option as typed into the prompt, or into the palette as a command.
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

  /// Drops results that were computed with other settings.
  mutating func forgetExplanations() {
    explanations.job = nil
    explanations.forgetAnswers()
    trust.forget()
  }
}
