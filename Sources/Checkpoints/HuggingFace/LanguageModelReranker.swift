internal import Documents
internal import Tensors

/// A language model whose next token says whether a document answers a query, such as
/// Qwen3-Reranker: the logits of a yes and a no at the last position are those of two classes.
///
/// Sources: Zhang et al. 2025, arXiv:2506.05176, and its model card; sentence-transformers'
/// `LogitScore`.
struct LanguageModelReranker {
  private let yes: Int
  private let no: Int?

  private static let limit = 64 << 20
  private static let values = 4_000_000

  /// nil if nothing says that the language model ranks.
  /// - Throws: `CheckpointError`; `.huggingFace(.rerankerPrompt)` if its prompt is unknown.
  init?(_ files: ModelFiles) throws {
    let settings = try Self.logitScore(files)
    let isByName = try Self.isCalled("qwen3-reranker", files)
    guard settings != nil || isByName else { return nil }
    guard try isByName || Self.hasKnownPrompt(files) else {
      throw CheckpointError.huggingFace(.rerankerPrompt)
    }
    if let settings {
      yes = try settings.integer("true_token_id", in: 0...10_000_000)
      no =
        settings.has("false_token_id")
        ? try settings.integer("false_token_id", in: 0...10_000_000) : nil
      return
    }
    let ids = try Self.ids(of: ["yes", "no"], files)
    guard let yes = ids[0], let no = ids[1] else { return nil }
    (self.yes, self.no) = (yes, no)
  }

  /// The settings of sentence-transformers' module; nil if there is none.
  private static func logitScore(_ files: ModelFiles) throws -> Settings? {
    guard case .array(let modules)? = try files.json("modules.json", atMost: 1 << 20) else {
      return nil
    }
    for module in modules {
      guard case .string(let type)? = module["type"], type.hasSuffix(".LogitScore"),
        case .string(let path)? = module["path"],
        path.allSatisfy({ $0.isLetter || $0.isNumber || "_-".contains($0) }), !path.isEmpty
      else { continue }
      let name = path + "/config.json"
      guard let json = try files.json(name, atMost: 1 << 20) else {
        throw CheckpointError.missingFile(name: name)
      }
      return try Settings(json)
    }
    return nil
  }

  /// Whether the model's card names it.
  private static func isCalled(_ name: String, _ files: ModelFiles) throws -> Bool {
    guard let card = try files.bytes("README.md", atMost: limit) else { return false }
    return String(decoding: card.prefix(64 << 10), as: UTF8.self).lowercased().contains(name)
  }

  /// Whether a file has the start of Qwen3-Reranker's prompt; the template may be in any of
  /// several.
  private static func hasKnownPrompt(_ files: ModelFiles) throws -> Bool {
    let words =
      "Judge whether the Document meets the requirements based on the Query and the Instruct"
    return try ["chat_template.jinja", "chat_template.json", "tokenizer_config.json"].contains {
      guard let bytes = try files.bytes($0, atMost: limit) else { return false }
      return String(decoding: bytes, as: UTF8.self).contains(words)
    }
  }

  private static func ids(of tokens: [String], _ files: ModelFiles) throws -> [Int?] {
    let vocabulary =
      try files.json("vocab.json", atMost: limit, values: values)
      ?? files.json("tokenizer.json", atMost: limit, values: values)?["model"]?["vocab"]
    return tokens.map { token in
      if case .integer(let id)? = vocabulary?[token], id >= 0 { id } else { nil }
    }
  }
}

extension LanguageModelReranker {
  /// A classifier like those that transformers derives from decoders. Its head is the rows of the
  /// last layer for both tokens, or those of the word embeddings if they are tied.
  /// - Throws: `CheckpointError`.
  func classifier(_ json: JSON, _ tensors: NamedTensors) throws -> HuggingFaceFolder {
    let tables = ["lm_head.weight"] + tensors.names.filter(AdapterBase.isWordTable)
    let ids = (no.map { [$0] } ?? []) + [yes]
    guard let table = tables.first(where: { tensors.shape(of: $0)?.count == 2 }),
      let shape = tensors.shape(of: table)
    else { throw CheckpointError.missingTensor(name: "lm_head.weight") }
    for (id, key) in zip(ids.reversed(), ["true_token_id", "false_token_id"]) where id >= shape[0] {
      throw CheckpointError.wrongValue(
        key: key, expected: "an id below \(shape[0])", found: "\(id)")
    }
    var scored = tensors
    let source = NamedTensors([(table, tensors, table)])
    scored.contents["score.weight"] = .derived(
      DerivedTensor(shape: [ids.count, shape[1]], byteCount: 0) { _ in
        // Stays in two bytes per number if stored that way, which saves much for a large
        // vocabulary.
        let table = try source.compactMatrix(table, rows: shape[0], columns: shape[1])
        return ids.flatMap { table[row: $0] }
      })
    let names = ids.count == 1 ? ["yes"] : ["no", "yes"]
    let labels = JSON.object(
      names.enumerated().map { .init("\($0.offset)", .string($0.element)) })
    let architecture = try Settings(json).strings("architectures").first ?? ""
    let name = architecture.replacing("ForCausalLM", with: "ForSequenceClassification")
    let settings = json.removing(["label2id", "num_labels", "problem_type", "pad_token_id"])
      .setting("id2label", to: labels)
      .setting("architectures", to: .array([.string(name)]))
      .setting(KnownPrompt.key, to: .string(KnownPrompt.qwen3Reranker.rawValue))
    return HuggingFaceFolder(
      configuration: try HuggingFaceConfiguration(settings), tensors: scored,
      prompt: .qwen3Reranker, ownSettings: Array(settings.line.utf8))
  }
}

/// A prompt that is put around texts.
public enum KnownPrompt: String, Sendable {
  case qwen3Reranker = "qwen3-reranker"

  /// Its key in the `config.json` that `whylight import` writes.
  static let key = "whylight_prompt"

  /// The text before, between and after the two texts, with the model card's own instruction.
  public var parts: (before: String, between: String, after: String) {
    switch self {
    case .qwen3Reranker:
      (
        before: "<|im_start|>system\nJudge whether the Document meets the requirements based on the"
          + " Query and the Instruct provided. Note that the answer can only be \"yes\" or"
          + " \"no\".<|im_end|>\n<|im_start|>user\n<Instruct>: Given a web search query, retrieve"
          + " relevant passages that answer the query\n<Query>: ",
        between: "\n<Document>: ",
        after: "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
      )
    }
  }
}
