internal import Documents

/// A setting, or a class's default, that overrides `tokenizer.json`.
public struct SettingOverride: Sendable, Hashable {
  /// `do_lower_case`.
  public var setting: String
  public var value: Bool
  /// The transformers class whose default it is; nil if the setting is in a file.
  public var defaultOf: String?
  /// The path in `tokenizer.json` of the value that it overrides: `normalizer.lowercase`.
  public var path: String
}

/// The changes that transformers 4.57.3 makes to a `tokenizer.json` after reading it: the
/// tokenizer's class sets some components of the file to its own settings.
struct SettingOverrides {
  private let settings: TokenizerSettings
  private let kind: TokenizerClass
  private(set) var made: [SettingOverride] = []

  /// - Parameter json: the file; changed as transformers changes it.
  /// - Throws: `TokenizerFileError.inFile`.
  init(_ settings: TokenizerSettings, _ kind: TokenizerClass, changing json: inout JSON) throws {
    self.settings = settings
    self.kind = kind
    switch kind {
    case .bert, .distilBERT, .electra, .mpnet: try setNormalizer(&json)
    case .roberta: try setPostProcessor(&json)
    default: break
    }
    switch kind {
    case .unchanged, .llama: break
    default: try setPreTokenizer(&json)
    }
  }

  private mutating func setNormalizer(_ json: inout JSON) throws {
    // A file without the component gets the class's own.
    var part =
      Self.part("normalizer", of: json)
      ?? .object([.init("type", .string("BertNormalizer")), .init("clean_text", .bool(true))])
    guard part["type"] == .string("BertNormalizer") else { return }
    let isMissing = Self.part("normalizer", of: json) == nil
    let lowers = try settings.flag("do_lower_case") ?? true
    let before = part["lowercase"] == .bool(true)
    func note(_ setting: String, _ member: String, _ old: Bool, _ new: Bool) -> [SettingOverride] {
      old == new || isMissing ? [] : [override(setting, new, "normalizer." + member)]
    }
    made += note("do_lower_case", "lowercase", before, lowers)
    let strips = try settings.flag("strip_accents")
    if strips != nil || part["strip_accents"] != nil && part["strip_accents"] != .null {
      // Accents are stripped along with lowercasing unless the file says otherwise.
      let old = part["strip_accents"].map { $0 == .null ? before : $0 == .bool(true) } ?? before
      made += note("strip_accents", "strip_accents", old, strips ?? lowers)
    }
    part["lowercase"] = .bool(lowers)
    part["strip_accents"] = strips.map { .bool($0) } ?? .null
    if kind != .mpnet || isMissing {
      let splits = try settings.flag("tokenize_chinese_chars") ?? true
      made += note(
        "tokenize_chinese_chars", "handle_chinese_chars",
        part["handle_chinese_chars"] == .bool(true), splits)
      part["handle_chinese_chars"] = .bool(splits)
    }
    json["normalizer"] = part
  }

  private mutating func setPostProcessor(_ json: inout JSON) throws {
    guard var part = Self.part("post_processor", of: json),
      part["type"] == .string("RobertaProcessing") || part["type"] == .string("ByteLevel")
    else { return }
    for (setting, standard) in [("add_prefix_space", false), ("trim_offsets", true)] {
      set(
        setting, to: try settings.flag(setting) ?? standard, in: &part, standard: true,
        "post_processor")
    }
    json["post_processor"] = part
  }

  private mutating func setPreTokenizer(_ json: inout JSON) throws {
    let setting = "add_prefix_space"
    guard var part = Self.part("pre_tokenizer", of: json), part["type"] == .string("ByteLevel"),
      !settings.isNull(setting)
    else { return }
    set(
      setting, to: try settings.flag(setting) ?? false, in: &part, standard: true, "pre_tokenizer")
    json["pre_tokenizer"] = part
  }

  /// - Parameter standard: the component if the file omits it.
  private mutating func set(
    _ setting: String, to value: Bool, in part: inout JSON, standard: Bool, _ name: String
  ) {
    let old = part[setting].map { $0 == .bool(true) } ?? standard
    if old != value { made.append(override(setting, value, "\(name).\(setting)")) }
    part[setting] = .bool(value)
  }

  private func override(_ setting: String, _ value: Bool, _ path: String) -> SettingOverride {
    let isGiven = settings.has(setting) && !settings.isNull(setting)
    return SettingOverride(
      setting: setting, value: value, defaultOf: isGiven ? nil : kind.rawValue, path: path)
  }

  private static func part(_ name: String, of json: JSON) -> JSON? {
    json[name].flatMap { $0 == .null ? nil : $0 }
  }
}
