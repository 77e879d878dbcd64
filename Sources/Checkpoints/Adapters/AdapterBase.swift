internal import Documents

/// The base model of an adapter: any transformers model, with or without a head.
public struct AdapterBase: Sendable {
  let json: JSON
  public let modelType: String
  /// By the names of the model's own modules, prefixed with the encoder's.
  let tensors: NamedTensors

  /// Reads everything but the weights.
  /// - Parameters:
  ///   - supported: the supported model types.
  ///   - encoder: the name of the module that contains the encoder of a model type: `bert`.
  /// - Throws: `CheckpointError`.
  public init(
    _ files: ModelFiles, supported: [String], encoder: (_ modelType: String) -> String
  ) throws {
    (json, modelType) = try files.read(HuggingFaceFolder.configurationName) { source in
      let json = try source.json(atMost: HuggingFaceFolder.jsonLimit)
      return (json, try Settings(json).string("model_type"))
    }
    guard supported.contains(modelType) else {
      throw CheckpointError.huggingFace(.unsupportedModel(type: modelType, supported: supported))
    }
    let tensors = try WeightFiles.tensors(in: files)
    let names = tensors.names
    let prefix = encoder(modelType) + "."
    // An encoder that was saved alone has no enclosing module.
    self.tensors =
      names.contains { $0.hasPrefix(prefix) }
      ? tensors : NamedTensors(names.map { ($0, tensors, prefix + $0) })
  }
}

extension AdapterBase {
  /// The word embeddings, by the suffix of their names, in the order of the families.
  private static let wordTables = [
    "word_embeddings.weight", "embed_tokens.weight", "tok_embeddings.weight", "wte.weight",
    "embed_in.weight",
  ]

  static func isWordTable(_ tensor: String) -> Bool {
    wordTables.contains { tensor == $0 || tensor.hasSuffix("." + $0) }
  }

  /// Names of a head's last layer.
  private static let heads = ["classifier.weight", "classifier.out_proj.weight", "score.weight"]

  /// The base's settings for a classifier with these weights. The class names are those of the
  /// adapter's settings, or of the base's if their number equals that of the head's outputs;
  /// otherwise the classes are numbered.
  /// - Parameter own: the `config.json` of the adapter's folder, which few have.
  func settings(
    for tensors: NamedTensors, own: JSON?
  ) throws -> (json: JSON, notes: [ModelNote]) {
    var json = json
    var notes: [ModelNote] = []
    if let own, own["model_type"] == json["model_type"] {
      for key in ["id2label", "label2id", "num_labels", "problem_type", "pad_token_id"] {
        if let value = own[key] { json = json.setting(key, to: value) }
      }
    }
    let head = Self.heads.lazy.compactMap { tensors.shape(of: $0) }.first
    if let outputs = head?.first, try HuggingFaceConfiguration(json).classes.count != outputs {
      json = json.removing(["id2label", "label2id"]).setting("num_labels", to: .integer(outputs))
    }
    if json["id2label"] == nil, let outputs = head?.first, outputs > 1 {
      notes.append(.numberedClasses(outputs))
    }
    // Embeddings that come with the adapter may have rows for new tokens.
    if let table = tensors.names.first(where: Self.isWordTable),
      let rows = tensors.shape(of: table)?.first
    {
      json = json.setting("vocab_size", to: .integer(rows))
    }
    json = json.setting("architectures", to: .array([.string(Self.classifier(json))]))
    return (json, notes)
  }

  /// `BertForMaskedLM` -> `BertForSequenceClassification`.
  private static func classifier(_ json: JSON) -> String {
    var name = ""
    if case .array(let names)? = json["architectures"], case .string(let first)? = names.first {
      name = first
    }
    let end =
      name.firstRange(of: "For")?.lowerBound ?? name.firstRange(of: "LMHead")?.lowerBound
      ?? name.firstRange(of: "Model")?.lowerBound ?? name.endIndex
    return name[..<end] + "ForSequenceClassification"
  }
}

extension JSON {
  /// The object with another value for a key, in its old place or at the end.
  func setting(_ key: String, to value: JSON) -> JSON {
    guard case .object(var members) = self else { return self }
    if let index = members.firstIndex(where: { $0.key == key }) {
      members[index] = Member(key, value)
    } else {
      members.append(Member(key, value))
    }
    return .object(members)
  }

  func removing(_ keys: Set<String>) -> JSON {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { !keys.contains($0.key) })
  }
}
