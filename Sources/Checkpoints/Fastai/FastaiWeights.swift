/// What `learn.save()` wrote: the weights of a text classifier by name, without its tokenizer. The
/// sizes follow from the tensors.
public struct FastaiWeights: Sendable {
  public let tensors: NamedTensors
  /// fastai 1 numbers the head's layers consecutively; fastai 2 has blocks.
  private let isFastai1: Bool

  private static let embedding = "0.module.encoder.weight"

  /// nil if the file does not contain weights by name.
  /// - Throws: `CheckpointError`; `.fastai(.noTextClassifier)` if they belong to another model.
  init?(_ file: TorchFile) throws {
    guard let found = try TorchStateDict.stored(in: file) else { return nil }
    var stored: [String: StoredTensor] = [:]
    for (name, own) in TensorNames.unwrapped(Array(found.keys), anchor: Self.embedding) {
      stored[own] = found[name]
    }
    tensors = NamedTensors(stored: stored)
    isFastai1 = stored.keys.contains {
      $0.hasPrefix("1.layers.") && $0.split(separator: ".").count == 4
    }
    if let kind = Self.otherKind(of: stored) {
      throw CheckpointError.fastai(.noTextClassifier(kind))
    }
  }

  /// What the weights belong to, if not to an AWD-LSTM classifier.
  private static func otherKind(of stored: [String: StoredTensor]) -> FastaiModelKind? {
    let names = stored.keys
    if names.contains(where: { $0.contains("rnns.0.layers.0.linear") }) { return .qrnn }
    if names.contains("1.decoder.weight") { return .languageModel }
    if names.contains(embedding), names.contains(where: { $0.hasPrefix("1.layers.") }) {
      return nil
    }
    if names.contains("encoder.weight"), names.contains(where: { $0.hasPrefix("rnns.") }) {
      return .encoder
    }
    if names.contains(where: { $0.hasPrefix("bn_cont.") || $0.hasPrefix("embeds.") }) {
      return .tabular
    }
    if stored.values.contains(where: { $0.shape.count == 4 }) { return .vision }
    if names.contains(where: { $0.contains("attention") || $0.contains(".attn.") }) {
      return .transformer
    }
    return .other(className: "model with a tensor '\(names.min() ?? "")'")
  }

  /// The classifier with a vocabulary from elsewhere.
  /// - Throws: `CheckpointError.missingTensor`; `.fastai(.vocabularyDiffers)`.
  public func classifier(_ vocabulary: FastaiVocabulary) throws -> SavedClassifier {
    let embedding = try shape(of: Self.embedding)
    let tokens = try vocabulary.tokens(rows: embedding[0])
    // MolPMoFiT keeps only the padding of fastai's own tokens.
    guard ["xxunk", "▁xxunk", "<unk>", "xxpad"].contains(where: tokens.contains) else {
      throw CheckpointError.fastai(
        .noVocabulary(found: "\(tokens.count) texts and no 'xxunk' among them"))
    }
    let settings = try self.settings(vocabulary, embeddingSize: embedding[1])
    var notes: [ModelNote] = [
      .assumed(setting: "bptt", value: "\(settings.chunk)"),
      .assumed(setting: "max_len", value: settings.maxLength.map { "\($0)" } ?? "none"),
    ]
    let count = tensors.headOutputs
    if vocabulary.isMultiLabel { notes.append(.assumed(setting: "threshold", value: "0.5")) }
    if vocabulary.classes == nil { notes.append(.numberedClasses(count)) }
    let isPieces = vocabulary.tokens.contains { $0.hasPrefix("▁") && $0 != "▁" }
    var tokenizer = SavedTokenizer(
      kind: isFastai1 ? .fastai1Words : .fastaiWords, language: "en",
      rules: isFastai1 ? FastaiDefaults.fastai1Rules : FastaiDefaults.rules,
      specialTokens: isFastai1
        ? FastaiDefaults.fastai1SpecialTokens : FastaiDefaults.specialTokens,
      vocabulary: tokens)
    tokenizer.hasFiller = isFastai1
    if isPieces { tokenizer.kind = isFastai1 ? .fastai1Pieces : .fastaiPieces }
    return SavedClassifier(
      name: nil, classes: vocabulary.classes ?? (0..<count).map(String.init),
      problem: vocabulary.isMultiLabel ? .multiLabel : .singleLabel,
      architecture: settings, tokenizer: tokenizer, tensors: tensors, notes: notes)
  }

  private func settings(
    _ vocabulary: FastaiVocabulary, embeddingSize: Int
  ) throws -> AWDLSTMSettings {
    let layers = tensors.names.compactMap { name -> Int? in
      guard name.hasPrefix("0.module.rnns.") else { return nil }
      return name.split(separator: ".").dropFirst(3).first.flatMap { Int($0) }
    }.max()
    guard let layers, layers < 100 else {
      throw CheckpointError.missingTensor(name: "0.module.rnns.0.module.weight_ih_l0")
    }
    let input = try shape(of: "0.module.rnns.0.module.weight_ih_l0")
    let isBidirectional =
      tensors.shape(of: "0.module.rnns.0.module.weight_ih_l0_reverse") != nil
    let units = input[0] / 4 * (isBidirectional ? 2 : 1)
    return AWDLSTMSettings(
      embeddingSize: embeddingSize, hiddenSize: layers == 0 ? embeddingSize : units,
      layers: layers + 1, isBidirectional: isBidirectional,
      chunk: vocabulary.chunk ?? (isFastai1 ? 70 : 72),
      maxLength: vocabulary.maxLength
        ?? (isFastai1 ? FastaiDefaults.fastai1MaxLength : 1440))
  }

  /// The shape of a matrix.
  private func shape(of name: String) throws -> [Int] {
    guard let shape = tensors.shape(of: name) else {
      throw CheckpointError.missingTensor(name: name)
    }
    guard shape.count == 2 else {
      throw CheckpointError.wrongShape(tensor: name, expected: [0, 0], found: shape)
    }
    return shape
  }
}

extension NamedTensors {
  /// The outputs of the last linear layer of a fastai classifier's head.
  var headOutputs: Int {
    func numbers(in name: String) -> [Int] { name.split(separator: ".").compactMap { Int($0) } }
    let weights = names.filter { $0.hasPrefix("1.layers.") && $0.hasSuffix(".weight") }
      .filter { shape(of: $0)?.count == 2 }
    let last = weights.max { numbers(in: $0).lexicographicallyPrecedes(numbers(in: $1)) }
    return last.flatMap { shape(of: $0)?.first } ?? 0
  }
}

/// fastai's defaults.
enum FastaiDefaults {
  static let rules = [
    "fix_html", "replace_rep", "replace_wrep", "spec_add_spaces", "rm_useless_spaces",
    "replace_all_caps", "replace_maj", "lowercase",
  ]
  static let specialTokens = [
    "xxunk", "xxpad", "xxbos", "xxeos", "xxfld", "xxrep", "xxwrep", "xxup", "xxmaj",
  ]
  /// fastai 1's rules, before and after splitting.
  static let fastai1Rules = [
    "include_bos", "fix_html", "replace_rep", "replace_wrep", "spec_add_spaces",
    "rm_useless_spaces",
    "replace_all_caps", "deal_caps",
  ]
  static let fastai1SpecialTokens = [
    "xxunk", "xxpad", "xxbos", "xxeos", "xxfld", "xxmaj", "xxup", "xxrep", "xxwrep",
  ]
  /// fastai 1 keeps a chunk if less than `max_len` tokens remain, fastai 2 if no more than that;
  /// its `max_len` is 1,400.
  static let fastai1MaxLength = 1399
}
