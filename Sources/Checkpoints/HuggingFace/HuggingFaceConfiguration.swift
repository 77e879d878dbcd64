internal import Documents

/// `config.json` of the transformers library: settings by the architecture's own names.
///
/// An omitted setting has transformers' default; a given one has to have the right type and a
/// plausible size.
public struct HuggingFaceConfiguration: Sendable {
  /// `bert`, `xlm-roberta`, …
  public let modelType: String
  /// The class of the saved model: `BertForSequenceClassification`.
  public let architecture: String?
  /// By index.
  public private(set) var classes: [String]
  public let problem: Problem
  /// The activation of a cross-encoder; nil if the folder names none.
  public let activation: ScoreActivation?
  private let settings: Settings

  /// Assumptions about what the file does not say.
  public let notes: [ModelNote]

  /// What the outputs mean.
  public enum Problem: String, Sendable, CaseIterable {
    case singleLabel = "single_label_classification"
    case multiLabel = "multi_label_classification"
    case regression
  }

  /// - Throws: `CheckpointError`.
  init(_ files: ModelFiles) throws {
    self = try files.read(HuggingFaceFolder.configurationName) { source in
      try HuggingFaceConfiguration(
        try source.json(atMost: HuggingFaceFolder.jsonLimit),
        sentenceTransformers: try ScoreActivation.ownFile(files))
    }
  }

  /// - Parameter bytes: a JSON document.
  /// - Throws: `CheckpointError`.
  public init(bytes: [UInt8]) throws {
    try self.init(try JSON.read(bytes))
  }

  /// - Parameter sentenceTransformers: the file of that library; nil if there is none.
  /// - Throws: `CheckpointError`.
  init(_ json: JSON, sentenceTransformers: JSON? = nil) throws {
    settings = try Settings(json)
    modelType = try settings.string("model_type")
    architecture =
      settings.has("architectures") ? try settings.strings("architectures").first : nil
    // The default is 3 for BART, and 2 for all others.
    classes = try Self.classes(settings, usually: modelType == "bart" ? 3 : 2)
    problem =
      settings.has("problem_type")
      ? try settings.choice("problem_type", of: Problem.self) : .singleLabel
    let named = try ScoreActivation.named(
      settings, beside: try sentenceTransformers.map { try Settings($0) })
    activation = named.flatMap { ScoreActivation(module: $0) }
    if let activation {
      notes = classes.count == 1 ? [.crossEncoder(activation)] : []
    } else if let named {
      notes = [.unknownActivation(name: named)]
    } else {
      notes = settings.has("problem_type") || classes.count > 1 ? [] : [.assumedProbability]
    }
  }

  /// Numbers the classes by the rows of the head if the file does not name them: transformers omits
  /// two unnamed classes, even for a family with another default.
  mutating func number(classes tensors: NamedTensors) {
    guard modelType == "bart", !has("id2label"), !has("num_labels"),
      let rows = tensors.shape(of: "classification_head.out_proj.weight")?.first,
      (1...Self.mostClasses).contains(rows)
    else { return }
    classes = (0..<rows).map { "LABEL_\($0)" }
  }

  private static let mostClasses = 100_000

  /// `id2label`, or numbered names by `num_labels`.
  private static func classes(_ settings: Settings, usually usual: Int) throws -> [String] {
    let most = mostClasses
    guard settings.has("id2label") else {
      let count =
        settings.has("num_labels") ? try settings.integer("num_labels", in: 1...most) : usual
      return (0..<count).map { "LABEL_\($0)" }
    }
    let members = try settings.members("id2label")
    var classes = [String?](repeating: nil, count: members.count)
    for member in members {
      guard let index = Int(member.key), classes.indices.contains(index), classes[index] == nil
      else {
        throw CheckpointError.wrongValue(
          key: "id2label", expected: "a name for each number from 0 to \(members.count - 1)",
          found: "one for '\(member.key)'")
      }
      switch member.value {
      case .string(let name): classes[index] = name
      case .integer(let number): classes[index] = "\(number)"
      default:
        throw CheckpointError.wrongValue(
          key: "id2label.\(member.key)", expected: "a name", found: member.value.kind)
      }
    }
    guard !classes.isEmpty, classes.count <= most else {
      throw CheckpointError.wrongValue(
        key: "id2label", expected: "1 to \(most) classes", found: "\(classes.count)")
    }
    return classes.compactMap { $0 }
  }

  /// Refuses models for other tasks. A class that transformers does not have is left to the
  /// tensors.
  /// - Throws: `CheckpointError.huggingFace(.noClassifier)`.
  func refuseOtherTasks() throws {
    guard let architecture else { return }
    let tasks: [(suffix: String, task: HuggingFaceTask)] = [
      ("ForTokenClassification", .tokenClassification),
      ("LM", .languageModel), ("LMHeadModel", .languageModel), ("ForPreTraining", .languageModel),
      ("ForConditionalGeneration", .languageModel), ("ForQuestionAnswering", .questionAnswering),
      ("ForMultipleChoice", .multipleChoice), ("ForNextSentencePrediction", .other),
    ]
    if let task = tasks.first(where: { architecture.hasSuffix($0.suffix) })?.task {
      throw CheckpointError.huggingFace(.noClassifier(task, architecture: architecture))
    }
    // A custom class that labels tokens.
    if ["NER", "Token", "Tagg", "Span"].contains(where: architecture.contains) {
      throw CheckpointError.huggingFace(
        .noClassifier(.tokenClassification, architecture: architecture))
    }
    // `XLMRobertaModel` for the type `xlm-roberta`.
    if architecture.lowercased() == modelType.lowercased().filter(\.isLetterOrDigit) + "model" {
      throw CheckpointError.huggingFace(.noClassifier(.encoder, architecture: architecture))
    }
  }
}

extension HuggingFaceConfiguration {
  /// Upper bound of all sizes, so that no product of two of them overflows.
  private static let sizes = 1...10_000_000

  public func has(_ key: String) -> Bool { settings.has(key) }

  /// Whether the setting is present and null, which is a value of its own for some settings.
  public func isNull(_ key: String) -> Bool { settings.isNull(key) }

  /// A setting as text: `768`, `gelu`, `p2c, c2p`; nil if it is omitted.
  public func printed(_ key: String) -> String? {
    guard settings.has(key) else { return nil }
    if let numbers = try? settings.integers(key) {
      return numbers.map(String.init).joined(separator: ", ")
    }
    do { return try settings.strings(key).joined(separator: ", ") } catch {
      return settings.found(key)
    }
  }

  /// - Parameter value: transformers' default.
  /// - Throws: `CheckpointError`, like all methods below.
  public func size(
    _ key: String, default value: Int, in range: ClosedRange<Int>? = nil
  ) throws -> Int {
    try given(key, else: value) { try settings.integer(key, in: range ?? Self.sizes) }
  }

  /// One size for each of `count` parts, which may be given as one number for all.
  public func sizes(_ key: String, count: Int, default value: Int) throws -> [Int] {
    guard settings.isList(key) else {
      return Array(repeating: try size(key, default: value), count: count)
    }
    return try given(key, else: []) {
      let sizes = try settings.integers(key)
      guard sizes.count == count, sizes.allSatisfy(Self.sizes.contains) else {
        throw CheckpointError.wrongValue(
          key: key, expected: "\(count) whole numbers from \(Self.sizes.lowerBound) on",
          found: "\(sizes)")
      }
      return sizes
    }
  }

  public func number(_ key: String, default value: Double) throws -> Double {
    try given(key, else: value) {
      let number = try settings.number(key)
      guard number.isFinite, number >= 0 else {
        throw CheckpointError.wrongValue(
          key: key, expected: "a number of 0 or more", found: "\(number)")
      }
      return number
    }
  }

  public func string(_ key: String, default value: String) throws -> String {
    try given(key, else: value) { try settings.string(key) }
  }

  public func flag(_ key: String, default value: Bool) throws -> Bool {
    try given(key, else: value) { try settings.bool(key) }
  }

  /// A list of strings; nil if the key is omitted.
  public func strings(_ key: String) throws -> [String]? {
    try given(key, else: nil) { try settings.strings(key) }
  }

  /// A list of finite numbers; nil if the key is omitted.
  public func numbers(_ key: String) throws -> [Float]? {
    try given(key, else: nil) {
      let numbers = try settings.numbers(key)
      guard numbers.allSatisfy(\.isFinite) else {
        throw CheckpointError.wrongValue(
          key: key, expected: "a list of finite numbers", found: "one that is none")
      }
      return numbers
    }
  }

  /// A list that older configurations write as `c2p|p2c`; nil if the key is omitted.
  public func alternatives(_ key: String) throws -> [String]? {
    try given(key, else: nil) {
      if let texts = try? settings.strings(key) { return texts }
      return try settings.string(key).lowercased().split(separator: "|").map {
        String($0.filter { $0 != " " })
      }
    }
  }

  /// Whether the folder names sentence-transformers' activation, or there is a single unlabelled
  /// output, as in rerankers.
  public var isCrossEncoder: Bool {
    activation != nil
      || notes.contains {
        switch $0 {
        case .unknownActivation, .assumedProbability: true
        default: false
        }
      }
  }

  /// Nested settings; nil if the key is omitted.
  public func section(_ key: String) throws -> HuggingFaceConfiguration? {
    try given(key, else: nil) { Self(within: self, settings: try settings.section(key)) }
  }

  private init(within other: HuggingFaceConfiguration, settings: Settings) {
    modelType = other.modelType
    architecture = other.architecture
    classes = other.classes
    problem = other.problem
    activation = other.activation
    notes = other.notes
    self.settings = settings
  }

  /// Refuses a setting whose value changes the computation in an unsupported way.
  /// - Parameter known: the supported values; the first is transformers' default.
  public func require(_ key: String, oneOf known: [String]) throws {
    guard settings.has(key) else { return }
    let found = settings.found(key)
    guard known.contains(found) else {
      throw CheckpointError.inFile(
        name: HuggingFaceFolder.configurationName,
        .wrongValue(key: key, expected: known.joined(separator: " or "), found: found))
    }
  }

  private func given<Value>(_ key: String, else value: Value, _ read: () throws -> Value) throws
    -> Value
  {
    guard settings.has(key) else { return value }
    do {
      return try read()
    } catch let error as CheckpointError {
      throw CheckpointError.inFile(name: HuggingFaceFolder.configurationName, error)
    }
  }
}

extension Character {
  fileprivate var isLetterOrDigit: Bool { isLetter || isNumber }
}
