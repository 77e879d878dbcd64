public import Attribution

/// What is explained, and how.
public struct ExplanationSettings: Sendable {
  /// Which class is explained.
  public enum ClassChoice: Sendable, Equatable {
    /// The predicted class, for every kind of model and on every screen.
    case predicted
    /// The class that the user chose, until the user chooses another or follows the prediction
    /// again.
    case fixed(Int)
  }

  /// The class that the explained class is contrasted with.
  public enum Contrast: Sendable, Equatable {
    case none
    /// The gold class, or the most probable of the others: see `rival`.
    case automatic
    case fixed(Int)
  }

  /// The explainer's name on the command line.
  public internal(set) var method = Self.defaultMethod
  /// Whether the user chose the explainer; otherwise it is the model's default.
  var isMethodChosen = false
  /// The explainer options that the user set.
  public internal(set) var options = ExplainerOptions()
  public internal(set) var classChoice = ClassChoice.predicted
  /// The class that it is contrasted with.
  public internal(set) var contrast = Contrast.none
  /// The session's class by name, until the model's classes are known.
  var wantedClass: String?
  /// The session's contrast by name, until the model's classes are known.
  var wantedContrast: String?

  init(_ session: Session) {
    if let explainer = session.explainer { (method, isMethodChosen) = (explainer, true) }
    options = ExplainerOptions(kept: session.settings ?? [])
    wantedClass = session.targetClass
    wantedContrast = session.contrast
  }

  static let defaultMethod = "integrated-gradients"

  /// The value of an option as the prompt shows it.
  func value(of setting: ExplainerSetting) -> String { setting.value(in: options) ?? "default" }

  /// The options as a session stores them: `samples 512`.
  var kept: [String]? {
    let kept = options.settings.map { "\($0.setting.name) \($0.value)" }
    return kept.isEmpty ? nil : kept
  }
}

extension ExplainerOptions {
  /// Creates options from a session's settings, without those that are no longer valid.
  init(kept settings: [String]) {
    self.init()
    for typed in settings.compactMap({ TypedSetting($0, among: ExplainerCatalog.settings) }) {
      try? typed.setting.set(typed.value, in: &self)
    }
  }
}
