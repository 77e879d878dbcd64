/// An option for computing explanations, by its name on the command line: `samples 512` is
/// `--samples 512` there.
///
/// Settings shared by several explainers are below. An explainer with an option of its own declares
/// it in its file and names it on its card: `--help`, validation and the explorer's prompt follow.
public struct ExplainerSetting: Sendable, Hashable {
  /// The type of a setting's value.
  public enum Kind: Sendable, Hashable {
    case whole(ClosedRange<Int>)
    /// An integer from 0 to 2^64 - 1.
    case seed
    /// A number of at least 0.
    case number
    case choice([String])
  }

  /// `samples`; lowercase letters and `-`.
  public let name: String
  /// A few words for the explorer's prompt.
  public let summary: String
  /// The text of `--help`.
  public let help: String
  /// Additional text of `--help` about individual explainers.
  public let details: String
  public let kind: Kind

  public init(
    _ name: String, _ kind: Kind, summary: String, help: String, details: String = ""
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.help = help
    self.details = details
  }

  /// Settings are equal if their names are.
  public static func == (a: ExplainerSetting, b: ExplainerSetting) -> Bool { a.name == b.name }

  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// The allowed values in words.
  public var allowed: String {
    switch kind {
    case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .seed: "a whole number from 0 to \(UInt64.max)"
    case .number: "a number of 0 or more"
    case .choice(let names):
      names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    }
  }

  /// The names to choose from; empty for other types.
  public var choices: [String] {
    guard case .choice(let names) = kind else { return [] }
    return names
  }

  /// Its value in the form that `set` takes; nil for the method's default.
  public func value(in options: ExplainerOptions) -> String? {
    options.values[self].map { value in
      switch value {
      case .text(let text): text
      case .whole(let number): String(number)
      case .number(let number): "\(number)"
      case .flag(let flag): "\(flag)"
      }
    }
  }

  /// Sets it; nil restores the method's default.
  /// - Throws: `ExplainerError.badOption`.
  public func set(_ text: String?, in options: inout ExplainerOptions) throws {
    guard let text else {
      options.values[self] = nil
      return
    }
    guard let value = read(text) else {
      throw ExplainerError.badOption(name: name, value: text, allowed: allowed)
    }
    if kind == .seed, let seed = UInt64(text) {
      options.seed = seed
    } else {
      options.values[self] = value
    }
  }

  private func read(_ text: String) -> ParameterValue? {
    switch kind {
    case .whole(let range):
      Int(text).flatMap { range.contains($0) ? .whole($0) : nil }
    case .seed: UInt64(text).map { .text(String($0)) }
    case .number: Float(text).flatMap { $0.isFinite && $0 >= 0 ? .number($0) : nil }
    case .choice(let names): names.contains(text) ? .text(text) : nil
    }
  }
}

extension ExplainerSetting {
  /// Settings shared by several explainers, in the order of help.
  public static let shared: [ExplainerSetting] = [
    samples, steps, seed, baseline, replacement, group, noise, norm, window, surrogate, features,
    layer, head, only,
  ]

  private static let numbers = 1...1_000_000

  private static func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ type: Value.Type
  ) -> Kind {
    .choice(type.allCases.map(\.rawValue))
  }

  public static let samples = ExplainerSetting(
    "samples", .whole(1...100_000_000), summary: "how many samples a sampling method draws",
    help: "How many samples a sampling method draws.",
    details: """
      By default, smoothgrad and its variants and expected-gradients draw 50 gradients; \
      shapley-sampling 50 orders of the units; kernel-shap 2,048 subsets of the units and two more \
      per unit; lime 5,000 variants of the text (with --surrogate captum, 25). partition-shap draws \
      nothing; the number is the most predictions that it makes, by default 500.
      """)
  public static let steps = ExplainerSetting(
    "steps", .whole(numbers), summary: "points on the path; automatic if not given",
    help: """
      How many points of their path integrated-gradients, layer-conductance and --interactions \
      compute, by a Gauss-Legendre rule; as many as needed if not given.
      """)
  public static let seed = ExplainerSetting(
    "seed", .seed, summary: "the seed of the random numbers",
    help: "The seed of the random numbers of sampling methods.")
  public static let baseline = ExplainerSetting(
    "baseline", choice(ExplainerOptions.Baseline.self),
    summary: "what the text is compared with",
    help: """
      What integrated-gradients, expected-gradients, layer-conductance and deeplift compare the \
      text with: zero vectors (zero), or a pad, mask or unk token in place of every token. By \
      default mask for transformers, unk or pad for those without a mask token, zero for AWD-LSTMs.
      """)
  public static let replacement = ExplainerSetting(
    "replacement", choice(ExplainerOptions.Replacement.self),
    summary: "what replaces a removed token",
    help: "What replaces a removed token: an unk, mask or pad token, or nothing (delete).")
  public static let group = ExplainerSetting(
    "group", choice(ExplainerOptions.Grouping.self),
    summary: "what perturbation methods remove as a unit",
    help: """
      What perturbation methods remove as a unit: token, word, phrase, sentence, or \
      occurrences (all occurrences of a word). A token by default; for feature-ablation the unit of --by.
      """)
  public static let noise = ExplainerSetting(
    "noise", .number, summary: "added noise, relative to the embeddings",
    help: """
      The standard deviation of the noise that smoothgrad and its variants (0.15 if not given) and \
      expected-gradients (0) add, as a fraction of that of the text's embeddings.
      """)
  public static let norm = ExplainerSetting(
    "norm", choice(ExplainerOptions.Norm.self),
    summary: "saliency, SmoothGrad: norm of the gradient",
    help: "For saliency and smoothgrad: the norm of a token's gradient, l2 or l1.")
  public static let window = ExplainerSetting(
    "window", .whole(numbers), summary: "occlusion: how many words at a time",
    help: "For occlusion: replace windows of this many words instead of single tokens.")
  public static let surrogate = ExplainerSetting(
    "surrogate", choice(ExplainerOptions.Surrogate.self),
    summary: "LIME: as in the library lime or Captum",
    help: "For lime: the library whose sampling, weights and regression are used, lime or captum.")
  public static let features = ExplainerSetting(
    "features", .whole(numbers), summary: "LIME: how many units the regression may use",
    help: "For lime: how many units the regression may use; all if not given.")
  public static let layer = ExplainerSetting(
    "layer", .whole(numbers), summary: "which layer, if a method shows one at a time",
    help: """
      For layer-conductance, attention and value-zeroing: a layer, counted from 1; the last if not \
      given.
      """)
  public static let head = ExplainerSetting(
    "head", .whole(numbers), summary: "attention: which head, from 1",
    help: "For attention: a head, counted from 1; the mean of all if not given.")
  public static let only = ExplainerSetting(
    "only", choice(ExplainerOptions.Side.self),
    summary: "two texts: which one is explained",
    help: "For two texts: explain only the first or the second; the other stays as it is.")

  /// The settings of some methods: the shared ones, then their own, in order.
  public static func all(of cards: some Sequence<MethodCard>) -> [ExplainerSetting] {
    cards.reduce(into: shared) { all, card in
      all += card.options.filter { !all.contains($0) }
    }
  }
}
