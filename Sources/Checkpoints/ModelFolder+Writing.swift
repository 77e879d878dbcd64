internal import Documents

extension ModelFolder {
  /// A file of a folder, written part by part.
  public struct OutputFile {
    public let name: String
    public let write: (_ sink: ([UInt8]) throws -> Void) throws -> Void
  }

  /// The files that `read` reads back as the same classifier.
  /// - Parameter card: the model's origin, in Markdown.
  public static func files(of classifier: SavedClassifier, card: String) -> [OutputFile] {
    func text(_ name: String, _ text: String) -> OutputFile {
      OutputFile(name: name) { try $0(Array(text.utf8)) }
    }
    let tokenizer = classifier.tokenizer
    var files = [
      text(configuration, configuration(of: classifier).line + "\n"),
      text("vocab.json", list(tokenizer.vocabulary.map(JSON.string))),
      text(selfChecks, Self.text(of: classifier.selfChecks)),
      text("MODEL_CARD.md", card),
      OutputFile(name: weights) { try Safetensors.write(classifier.tensors.withoutCopies, $0) },
    ]
    if let exceptions = tokenizer.exceptions {
      files.append(
        text(exceptionsName, list(exceptions.map { .array($0.map(JSON.string)) })))
    }
    if let pieces = tokenizer.pieceModel {
      files.append(OutputFile(name: pieceModelName) { try $0(pieces) })
    }
    return files
  }

  static func text(of checks: [SelfCheck]) -> String { list(checks.map(\.json)) }

  static let exceptionsName = "exceptions.json"
  static let pieceModelName = "spm.model"

  /// A list with one element per line.
  private static func list(_ elements: [JSON]) -> String {
    "[\n" + elements.map(\.line).joined(separator: ",\n") + "\n]\n"
  }

  private static func configuration(of classifier: SavedClassifier) -> JSON {
    let tokenizer = classifier.tokenizer
    var members: [JSON.Member] = [
      .init("kind", .string(tokenizer.kind.rawValue)),
      .init("language", .string(tokenizer.language)),
      .init("rules", .array(tokenizer.rules.map(JSON.string))),
      .init("special_tokens", .array(tokenizer.specialTokens.map(JSON.string))),
      .init("vocabulary", .string("vocab.json")),
    ]
    if tokenizer.exceptions != nil {
      members.append(.init("exceptions", .string(exceptionsName)))
    }
    if tokenizer.pieceModel != nil {
      members.append(.init("sentencepiece", .string(pieceModelName)))
    }
    if let splitting = tokenizer.splitting {
      members.append(.init("splitting", .string(splitting)))
    }
    if tokenizer.hasFiller { members.append(.init("xxfake", .bool(true))) }
    let architecture = type(of: classifier.architecture)
    let thresholds: [JSON.Member] =
      classifier.problem == .multiLabel
      ? [.init("thresholds", .array(classifier.thresholds.map(JSON.float)))] : []
    let quality = classifier.quality.map { [JSON.Member("quality", $0.json)] } ?? []
    return .object(
      [
        .init("format", .string("whylight-model")), .init("version", .integer(1)),
        .init("name", .string(classifier.name ?? "model")),
        .init("architecture", .string(architecture.architecture)),
        .init("classes", .array(classifier.classes.map(JSON.string))),
        .init("problem", .string(classifier.problem.rawValue)),
        .init(architecture.section, classifier.architecture.json),
        .init("tokenizer", .object(members)),
      ] + thresholds + quality)
  }
}

extension SelfCheck {
  fileprivate var json: JSON {
    .object([
      .init("text", .string(text)), .init("ids", .array(ids.map(JSON.integer))),
      .init("probabilities", .array(probabilities.map(JSON.float))),
    ])
  }
}
