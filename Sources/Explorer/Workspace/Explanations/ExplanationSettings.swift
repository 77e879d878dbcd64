public import Attribution

/// What is explained, and how.
public struct ExplanationSettings: Sendable {
  /// Which class is explained.
  public enum ClassChoice: Sendable, Equatable {
    /// Whatever the model predicts, for every kind of model and on every screen.
    case predicted
    /// The user chose it; it stays until the user chooses another or follows the prediction again.
    case fixed(Int)
  }

  /// What the explained class is set against.
  public enum Contrast: Sendable, Equatable {
    case none
    /// The gold class, or the most probable of the others: see `rival`.
    case automatic
    case fixed(Int)
  }

  /// The explainer's name on the command line.
  public internal(set) var method = Self.defaultMethod
  /// The user chose it; otherwise it is the model's default.
  var isMethodChosen = false
  /// The options of explainers that the user set.
  public internal(set) var options = ExplainerOptions()
  public internal(set) var classChoice = ClassChoice.predicted
  /// What that class is set against.
  public internal(set) var contrast = Contrast.none
  /// A class by name, from the session, until the model's classes are known.
  var wantedClass: String?
  /// What it is set against, likewise.
  var wantedContrast: String?

  init(_ session: Session) {
    if let explainer = session.explainer { (method, isMethodChosen) = (explainer, true) }
    options = ExplainerOptions(kept: session.settings ?? [])
    wantedClass = session.targetClass
    wantedContrast = session.contrast
  }

  static let defaultMethod = "integrated-gradients"

  /// As the prompt shows it.
  func value(of setting: ExplainerSetting) -> String { setting.value(in: options) ?? "default" }

  /// The options as a session keeps them: `samples 512`.
  var kept: [String]? {
    let kept = options.settings.map { "\($0.setting.name) \($0.value)" }
    return kept.isEmpty ? nil : kept
  }
}

extension ExplainerOptions {
  /// What of a session's settings is still allowed.
  init(kept settings: [String]) {
    self.init()
    for typed in settings.compactMap({ TypedSetting($0, among: ExplainerCatalog.settings) }) {
      try? typed.setting.set(typed.value, in: &self)
    }
  }
}
