// Typed access to the settings, for explainers and for callers that set them.
extension ExplainerOptions {
  /// The settings made by the user, in the order of help, as on a command line without the dashes.
  public var settings: [(setting: ExplainerSetting, value: String)] {
    let shared = ExplainerSetting.shared
    func place(_ setting: ExplainerSetting) -> Int {
      shared.firstIndex(of: setting) ?? shared.count
    }
    return values.keys.sorted { (place($0), $0.name) < (place($1), $1.name) }
      .compactMap { setting in setting.value(in: self).map { (setting, $0) } }
  }

  /// An integer setting; nil for the method's default.
  public subscript(whole setting: ExplainerSetting) -> Int? {
    get {
      guard case .whole(let number) = values[setting] else { return nil }
      return number
    }
    set { values[setting] = newValue.map { .whole($0) } }
  }

  /// A numeric setting; nil for the method's default.
  public subscript(number setting: ExplainerSetting) -> Float? {
    get {
      guard case .number(let number) = values[setting] else { return nil }
      return number
    }
    set { values[setting] = newValue.map { .number($0) } }
  }

  /// A named setting; nil for the method's default.
  public subscript(name setting: ExplainerSetting) -> String? {
    get {
      guard case .text(let text) = values[setting] else { return nil }
      return text
    }
    set { values[setting] = newValue.map { .text($0) } }
  }

  private subscript<Choice: RawRepresentable<String>>(setting: ExplainerSetting) -> Choice? {
    get { self[name: setting].flatMap { Choice(rawValue: $0) } }
    set { self[name: setting] = newValue?.rawValue }
  }

  public var baseline: Baseline? {
    get { self[.baseline] }
    set { self[.baseline] = newValue }
  }

  public var replacement: Replacement? {
    get { self[.replacement] }
    set { self[.replacement] = newValue }
  }

  public var norm: Norm? {
    get { self[.norm] }
    set { self[.norm] = newValue }
  }

  /// The number of points of the path; nil for the adaptive rule.
  public var steps: Int? {
    get { self[whole: .steps] }
    set { self[whole: .steps] = newValue }
  }

  public var samples: Int? {
    get { self[whole: .samples] }
    set { self[whole: .samples] = newValue }
  }

  public var seed: UInt64 {
    get { self[name: .seed].flatMap { UInt64($0) } ?? 0 }
    set { self[name: .seed] = newValue == 0 ? nil : String(newValue) }
  }

  /// The standard deviation of noise, as a fraction of that of the text's embeddings.
  public var noise: Float? {
    get { self[number: .noise] }
    set { self[number: .noise] = newValue }
  }

  public var grouping: Grouping? {
    get { self[.group] }
    set { self[.group] = newValue }
  }

  /// Occlusion: how many words are replaced at a time; nil for a single token.
  public var window: Int? {
    get { self[whole: .window] }
    set { self[whole: .window] = newValue }
  }

  public var surrogate: Surrogate? {
    get { self[.surrogate] }
    set { self[.surrogate] = newValue }
  }

  /// The most features in LIME's regression; nil for all.
  public var features: Int? {
    get { self[whole: .features] }
    set { self[whole: .features] = newValue }
  }

  /// The layer, counted from 1; nil for the last.
  public var layer: Int? {
    get { self[whole: .layer] }
    set { self[whole: .layer] = newValue }
  }

  /// The attention head, counted from 1; nil for the mean of all.
  public var head: Int? {
    get { self[whole: .head] }
    set { self[whole: .head] = newValue }
  }

  /// The text of a pair that is explained while the other is held fixed; nil for both.
  public var only: Side? {
    get { self[.only] }
    set { self[.only] = newValue }
  }
}
