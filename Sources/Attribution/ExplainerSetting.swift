/// One of the options that say how an explanation is computed, by its name on the command line:
/// `samples 512` there is `--samples 512`.
public enum ExplainerSetting: String, Sendable, CaseIterable {
  case samples, steps, seed, baseline, replacement, group, noise, norm, window, surrogate
  case features, layer, head, only

  /// In a few words, what it is about.
  public var summary: String {
    switch self {
    case .samples: "how many samples a sampling method draws"
    case .steps: "path points; adaptive if not given"
    case .seed: "the seed of sampling methods"
    case .baseline: "where a path method starts"
    case .replacement: "what an absent token becomes"
    case .group: "what perturbation methods take away as one"
    case .noise: "standard deviation of SmoothGrad's noise, as a share"
    case .norm: "of saliency, over the embedding's dimensions"
    case .window: "occlusion: how many words at a time"
    case .surrogate: "LIME: whose sampling, kernel and regression"
    case .features: "LIME: how many units the regression may use"
    case .layer: "layer conductance, attention: which layer, from 1"
    case .head: "attention: which head, from 1"
    case .only: "of a pair: the one text that is explained"
    }
  }

  /// What it can be.
  public var allowed: String {
    switch self {
    case .samples, .steps, .window, .features, .layer, .head:
      "a whole number from 1 to \(most)"
    case .seed: "a whole number from 0 to \(UInt64.max)"
    case .noise: "a number from 0 on"
    case .baseline: Self.list(ExplainerOptions.Baseline.allCases)
    case .replacement: Self.list(ExplainerOptions.Replacement.allCases)
    case .group: Self.list(ExplainerOptions.Grouping.allCases)
    case .norm: Self.list(ExplainerOptions.Norm.allCases)
    case .surrogate: Self.list(ExplainerOptions.Surrogate.allCases)
    case .only: Self.list(ExplainerOptions.Side.allCases)
    }
  }

  /// The largest whole number that it can be.
  public var most: Int {
    switch self {
    case .samples: 100_000_000
    default: 1_000_000
    }
  }

  private static func list<Value: RawRepresentable<String>>(_ values: [Value]) -> String {
    let names = values.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
  }

  /// What it is set to, as `set` takes it; nil where the method chooses.
  public func value(in options: ExplainerOptions) -> String? {
    switch self {
    case .samples: options.samples.map(String.init)
    case .steps: options.steps.map(String.init)
    case .seed: options.seed == ExplainerOptions().seed ? nil : String(options.seed)
    case .baseline: options.baseline?.rawValue
    case .replacement: options.replacement?.rawValue
    case .group: options.grouping?.rawValue
    case .noise: options.noise.map { "\($0)" }
    case .norm: options.norm?.rawValue
    case .window: options.window.map(String.init)
    case .surrogate: options.surrogate?.rawValue
    case .features: options.features.map(String.init)
    case .layer: options.layer.map(String.init)
    case .head: options.head.map(String.init)
    case .only: options.only?.rawValue
    }
  }

  /// Sets it; nil leaves it to the method.
  /// - Throws: `ExplainerError.badOption`.
  public func set(_ text: String?, in options: inout ExplainerOptions) throws {
    switch self {
    case .samples: options.samples = try whole(text)
    case .steps: options.steps = try whole(text)
    case .seed:
      options.seed = try value(text) { UInt64($0) } ?? ExplainerOptions().seed
    case .baseline: options.baseline = try value(text, ExplainerOptions.Baseline.init)
    case .replacement: options.replacement = try value(text, ExplainerOptions.Replacement.init)
    case .group: options.grouping = try value(text, ExplainerOptions.Grouping.init)
    case .noise:
      options.noise = try value(text) { text in
        Float(text).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
      }
    case .norm: options.norm = try value(text, ExplainerOptions.Norm.init)
    case .window: options.window = try whole(text)
    case .surrogate: options.surrogate = try value(text, ExplainerOptions.Surrogate.init)
    case .features: options.features = try whole(text)
    case .layer: options.layer = try whole(text)
    case .head: options.head = try whole(text)
    case .only: options.only = try value(text, ExplainerOptions.Side.init)
    }
  }

  /// Within what it can be.
  public func isAllowed(_ number: Int) -> Bool { (1...most).contains(number) }

  private func whole(_ text: String?) throws -> Int? {
    try value(text) { text in Int(text).flatMap { isAllowed($0) ? $0 : nil } }
  }

  private func value<Value>(
    _ text: String?, _ read: (String) -> Value?
  ) throws -> Value? {
    guard let text else { return nil }
    guard let value = read(text) else {
      throw ExplainerError.badOption(name: rawValue, value: text, allowed: allowed)
    }
    return value
  }
}

extension ExplainerOptions {
  /// What is set by hand, in the order of `ExplainerSetting`, as on a command line without the dashes.
  public var settings: [(setting: ExplainerSetting, value: String)] {
    ExplainerSetting.allCases.compactMap { setting in
      setting.value(in: self).map { (setting, $0) }
    }
  }
}
