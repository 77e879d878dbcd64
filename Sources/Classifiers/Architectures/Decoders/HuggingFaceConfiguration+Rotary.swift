import Checkpoints
import Glibc
import Tensors

/// Where a family stores the settings of rotary positions, and its defaults.
struct RotarySettings: Sendable {
  var base = 10_000.0
  /// The name in configurations from before transformers 5.
  var baseName = "rope_theta"
  var shareName = "partial_rotary_factor"
  /// The fraction of a head that is rotated; nil for families that always rotate all of it.
  var share: Double?
  /// The type of layer that they apply to, in families with several kinds of positions.
  var kind: String?
  /// The name of LongRoPE in older configurations of the family that introduced it.
  var longNames: Set<String> = []

  static let typeNames = ["default", "linear", "dynamic", "yarn", "longrope", "llama3"]
}

extension HuggingFaceConfiguration {
  /// The positions in a configuration, for heads of this width.
  /// - Throws: `CheckpointError`, `ClassifierError.badSetting`.
  func rotaryPositions(width: Int, _ names: RotarySettings) throws -> RotaryPositions {
    RotaryPositions(width: width, frequencies: try rotaryFrequencies(width: width, names))
  }

  private func rotaryFrequencies(
    width: Int, _ names: RotarySettings
  ) throws -> RotaryFrequencies {
    let section = try rotarySection(names)
    let base =
      try section?.given("rope_theta") ?? number(names.baseName, default: names.base)
    guard base > 1 else { throw ClassifierError.badSetting(name: "rope_theta", value: "\(base)") }
    let turning = try turning(width: width, names, section)
    let type = try rotaryType(names, section)
    guard let section, type != "default" else {
      return RotaryFrequencies(base: base, turning: turning)
    }
    let scaling = try RotaryScaling(self, section, names)
    switch type {
    case "linear":
      return RotaryFrequencies(base: base, turning: turning).linear(by: try scaling.factor())
    case "dynamic":
      guard turning > 2 else {
        throw ClassifierError.badSetting(name: "head_dim", value: "\(width)")
      }
      return .dynamic(
        base: base, turning: turning, limit: scaling.positions, factor: try scaling.factor())
    case "llama3":
      let (low, high) = (
        try scaling.positive("low_freq_factor"), try scaling.positive("high_freq_factor")
      )
      guard low != high else {
        throw ClassifierError.badSetting(name: "high_freq_factor", value: "\(high)")
      }
      return RotaryFrequencies(base: base, turning: turning).stretched(
        by: try scaling.factor(), low: low, high: high, limit: scaling.trained)
    case "yarn":
      let factor = try scaling.factor(default: scaling.growth)
      return .yarn(
        base: base, turning: turning, factor: factor, limit: scaling.trained,
        fast: try scaling.turns("beta_fast", default: 32),
        slow: try scaling.turns("beta_slow", default: 1),
        truncates: try section.flag("truncate", default: true),
        attention: try scaling.yarnAttention(factor))
    default:
      let near = try scaling.divisors("short_factor", count: turning / 2)
      let far = try scaling.divisors("long_factor", count: turning / 2)
      return RotaryFrequencies(base: base, turning: turning).divided(
        near: near, far: far, limit: scaling.trained, factor: try scaling.longAttention())
    }
  }

  /// The most tokens: the number in the configuration, multiplied by a factor if there is one.
  /// - Throws: `CheckpointError`.
  func rotaryLimit(_ names: RotarySettings, positions: Int) throws -> Int {
    let most = try size("max_position_embeddings", default: positions)
    guard let section = try rotarySection(names), try rotaryType(names, section) != "default"
    else { return most }
    let scaling = try RotaryScaling(self, section, names)
    let factor = try section.given("factor") ?? 1
    let trained = try rotaryType(names, section) == "longrope" ? most : scaling.trained
    return max(most, Int(min(Double(trained) * factor, 1e9)))
  }

  /// In transformers' order: `rope_scaling` first, which versions before 5 write.
  private func rotarySection(_ names: RotarySettings) throws -> HuggingFaceConfiguration? {
    let parameters = try section("rope_parameters")
    guard let kind = names.kind else { return try section("rope_scaling") ?? parameters }
    let scaling = kind == "full_attention" ? try section("rope_scaling") : nil
    return try scaling ?? parameters?.section(kind)
  }

  private func rotaryType(
    _ names: RotarySettings, _ section: HuggingFaceConfiguration?
  ) throws -> String {
    guard let section else { return "default" }
    let key = section.has("rope_type") ? "rope_type" : "type"
    let type = try section.string(key, default: "default")
    if names.longNames.contains(type) { return "longrope" }
    try section.require(key, oneOf: RotarySettings.typeNames + names.longNames.sorted())
    return type
  }

  private func turning(
    width: Int, _ names: RotarySettings, _ section: HuggingFaceConfiguration?
  ) throws -> Int {
    guard let standard = names.share else { return try even(width, of: "head_dim") }
    let share =
      try section?.given("partial_rotary_factor") ?? number(names.shareName, default: standard)
    guard share > 0, share <= 1 else {
      throw ClassifierError.badSetting(name: names.shareName, value: "\(share)")
    }
    return try even(Int(Double(width) * share), of: names.shareName)
  }

  private func even(_ count: Int, of name: String) throws -> Int {
    guard count > 0, count.isMultiple(of: 2) else {
      throw ClassifierError.badSetting(name: name, value: "\(count)")
    }
    return count
  }

  /// A number, if it is given.
  fileprivate func given(_ key: String) throws -> Double? {
    has(key) ? try number(key, default: 0) : nil
  }
}

/// The settings of scaled positions.
private struct RotaryScaling {
  let section: HuggingFaceConfiguration
  /// The positions of the model, and those of its training before scaling.
  let positions: Int
  let trained: Int

  init(
    _ configuration: HuggingFaceConfiguration, _ section: HuggingFaceConfiguration,
    _ names: RotarySettings
  ) throws {
    self.section = section
    let range = 2...100_000_000
    positions = try configuration.size("max_position_embeddings", default: 4096, in: range)
    let name = "original_max_position_embeddings"
    let known = try section.size(name, default: positions, in: range)
    trained =
      names.kind == nil ? try configuration.size(name, default: known, in: range) : known
  }

  /// The ratio of the model's positions to those of its training.
  var growth: Double { Double(positions) / Double(trained) }

  func factor(default value: Double? = nil) throws -> Double {
    if let value, !section.has("factor") { return value }
    return try positive("factor")
  }

  func positive(_ key: String) throws -> Double {
    guard let number = try section.given(key), number > 0 else {
      throw ClassifierError.badSetting(name: key, value: section.printed(key) ?? "nothing")
    }
    return number
  }

  /// 0 means the default.
  func turns(_ key: String, default value: Double) throws -> Double {
    let number = try section.number(key, default: value)
    return number == 0 ? value : number
  }

  func divisors(_ key: String, count: Int) throws -> [Double] {
    let numbers = try section.numbers(key) ?? []
    guard numbers.count == count else {
      throw ClassifierError.wrongCount(of: key, expected: count, found: numbers.count)
    }
    guard numbers.allSatisfy({ $0 > 0 }) else {
      throw ClassifierError.badSetting(name: key, value: "\(numbers.min() ?? 0)")
    }
    return numbers.map(Double.init)
  }

  func yarnAttention(_ factor: Double) throws -> Double {
    if let given = try section.given("attention_factor") { return given }
    func scale(_ share: Double) -> Double {
      factor <= 1 ? 1 : 0.1 * share * log(factor) + 1
    }
    let one = try section.given("mscale") ?? 0
    let all = try section.given("mscale_all_dim") ?? 0
    return one > 0 && all > 0 ? scale(one) / scale(all) : scale(1)
  }

  func longAttention() throws -> Double {
    if let given = try section.given("attention_factor") { return given }
    let factor = try factor(default: growth)
    return factor <= 1 ? 1 : (1 + log(factor) / log(Double(trained))).squareRoot()
  }
}
