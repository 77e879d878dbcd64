internal import Attribution
internal import TerminalUI

/// How explanations are computed: the options of `explain`, by the same rules.
extension State {
  /// What was typed into the prompt, or into the palette as a command.
  ///
  /// - Returns: why it can't be, as a sentence; nil where it is so now.
  mutating func set(_ typed: TypedSetting, _ effects: inout [Effect]) -> String? {
    var options = explainerOptions
    do {
      try typed.setting.set(typed.value, in: &options)
    } catch {
      return Self.sentence(error)
    }
    let name = typed.setting.rawValue
    guard options != explainerOptions else {
      say("\(name) is \(value(of: typed.setting)) already")
      return nil
    }
    explainerOptions = options
    forgetExplanations(&effects)
    let isUsed = uses(typed.setting)
    let title = summary?.method(named: method)?.card.title ?? method
    say(
      "\(name): \(value(of: typed.setting))"
        + (isUsed == false ? "; \(title) does not use it" : ""))
    return nil
  }

  static func sentence(_ error: any Error) -> String {
    guard case ExplainerError.badOption(let name, let value, let allowed) = error else {
      return "it can't be set"
    }
    return "\(name) can't be \"\(value)\": it is \(allowed)"
  }

  /// As the prompt shows it.
  func value(of setting: ExplainerSetting) -> String {
    setting.value(in: explainerOptions) ?? "default"
  }

  /// Whether the explainer that is shown was run with it; nil where nothing is shown.
  func uses(_ setting: ExplainerSetting) -> Bool? {
    guard let shown, shown.job.choice.method == method else { return nil }
    let keys = Set(shown.attribution.parameters.keys)
    return keys.contains(setting.rawValue) || setting == .group && keys.contains("units")
  }

  /// What was computed in another way is no answer any more.
  private mutating func forgetExplanations(_ effects: inout [Effect]) {
    if job != nil {
      job = nil
      effects.append(.cancelExplanation)
    }
    (explanations, ended, instead, replaced) = ([:], [:], [:], nil)
    forgetTrust()
  }

  // MARK: The session

  /// As they are kept: `samples 512`.
  var settingsToKeep: [String]? {
    let settings = explainerOptions.settings.map { "\($0.setting.rawValue) \($0.value)" }
    return settings.isEmpty ? nil : settings
  }

  /// What of a session is still allowed.
  static func options(of settings: [String]) -> ExplainerOptions {
    var options = ExplainerOptions()
    for typed in settings.compactMap(TypedSetting.init) {
      try? typed.setting.set(typed.value, in: &options)
    }
    return options
  }
}
