/// Reads what `learn.export()` of fastai 1 wrote: a dictionary with the model's modules and the
/// processors of texts and labels. It does not say whether the model reads backwards.
/// Source: fastai 1.0.61, `basic_train.py`, `data_block.py`, `text/data.py`, `text/learner.py`.
enum Fastai1Export {
  /// nil if the file is not fastai 1's.
  /// - Throws: `CheckpointError`; see `FastaiExport.read`.
  static func read(_ file: TorchFile) throws -> SavedClassifier? {
    guard let model = file.root["model"], let data = file.root["data"], data.pairs != nil else {
      return nil
    }
    let module = try FastaiExport.classifier(FastaiModule(model).unwrapped, in: file)
    var settings = try FastaiAWDLSTM.settings(of: module)
    // fastai 1 keeps a chunk if less than max_len tokens remain, fastai 2 if no more than that.
    settings.maxLength = settings.maxLength.map { $0 - 1 }
    let tensors = NamedTensors(stored: try module.tensors(in: file))
    let targets = try targets(data)
    let names = try targets.names(outputs: tensors.headOutputs)
    let loss = try FastaiLoss(file.root["loss_func"], version: .first, targets: targets, in: file)
    try loss.apply(to: &settings, classes: names.count)
    return SavedClassifier(
      name: nil, classes: names, problem: loss.problem, thresholds: loss.thresholds,
      architecture: settings, tokenizer: try tokenizer(data, in: file), tensors: tensors,
      notes: [.assumed(setting: "backwards", value: "no")] + targets.notes(names) + loss.notes)
  }

  private static func targets(_ data: PickleValue) throws -> FastaiTargets {
    let processors = data["y_proc"].map { $0.list ?? [$0] } ?? []
    if let labels = processors.last(where: { $0.attribute("classes") != nil }) {
      return .classes(labels)
    }
    guard data["y_cls"]?.global?.hasSuffix(".FloatList") == true else {
      throw CheckpointError.fastai(.missing(part: "classes"))
    }
    return .numbers(columns: [])
  }

  // MARK: - Tokens

  private static func tokenizer(
    _ data: PickleValue, in file: TorchFile
  ) throws -> SavedTokenizer {
    let processors = data["x_proc"].map { $0.list ?? [$0] } ?? []
    for processor in processors {
      let name = processor.className ?? processor.summary
      switch name {
      case "OpenFileProcessor", "TokenizeProcessor", "NumericalizeProcessor", "SPProcessor": break
      default: throw CheckpointError.fastai(.unsupportedTransform(name: name))
      }
    }
    func processor(_ name: String) -> PickleValue? {
      processors.first { $0.className == name }
    }
    if let pieces = processor("SPProcessor") { return try pieceTokenizer(pieces) }
    guard let splitting = processor("TokenizeProcessor"),
      let tokenizer = splitting.attribute("tokenizer")
    else { throw CheckpointError.fastai(.missing(part: "tokenizer")) }
    guard let itos = processor("NumericalizeProcessor")?.attribute("vocab")?.attribute("itos")
    else {
      throw CheckpointError.fastai(.missing(part: "vocabulary"))
    }
    let function = tokenizer.attribute("tok_func")
    let kind: SavedTokenizer.Kind
    switch function?.global {
    case "fastai.text.transform.SpacyTokenizer": kind = .fastai1Words
    case "fastai.text.transform.BaseTokenizer": kind = .fastai1Spaces
    default: kind = .fastai1Split
    }
    var saved = SavedTokenizer(
      kind: kind, language: tokenizer.attribute("lang")?.text ?? "en",
      rules: frame(splitting) + (try rules(tokenizer, "pre_rules"))
        + (try rules(tokenizer, "post_rules")),
      specialTokens: try tokenizer.attribute("special_cases")?.texts()?.compactMap { $0 } ?? [],
      vocabulary: try itos.tokens())
    // Vocab.stoi includes them all.
    saved.hasFiller = true
    if kind == .fastai1Split {
      saved.own = OwnTokenizer(
        className: function?.calledName ?? "function", patterns: file.pickle.regularExpressions)
    }
    return saved
  }

  /// The SentencePiece model is in another file; only its name is here.
  private static func pieceTokenizer(_ processor: PickleValue) throws -> SavedTokenizer {
    guard let itos = processor.attribute("vocab")?.attribute("itos") else {
      throw CheckpointError.fastai(.missing(part: "vocabulary"))
    }
    let defaults = FastaiDefaults.fastai1Rules.dropFirst()
    let own = ["pre_rules", "post_rules"].map { processor.attribute($0)?.isNone != false }
    let words = ["replace_all_caps", "deal_caps"]
    let before =
      own[0] ? defaults.filter { !words.contains($0) } : try rules(processor, "pre_rules")
    let after = own[1] ? words : try rules(processor, "post_rules")
    return SavedTokenizer(
      kind: .fastai1Pieces, language: "en", rules: frame(processor) + before + after,
      specialTokens: [], vocabulary: try itos.tokens(),
      pieceModelName: processor.attribute("sp_model")?.fileName)
  }

  private static func frame(_ processor: PickleValue) -> [String] {
    ["include_bos", "mark_fields", "include_eos"].filter {
      processor.attribute($0)?.flag ?? ($0 == "include_bos")
    }
  }

  private static func rules(_ tokenizer: PickleValue, _ key: String) throws -> [String] {
    let package = "fastai.text.transform."
    return try (tokenizer.attribute(key)?.list ?? []).checkedRules().map { rule in
      guard let name = rule.global, name.hasPrefix(package) else {
        throw CheckpointError.fastai(
          .unsupportedRule(name: rule.ruleName))
      }
      return String(name.dropFirst(package.count))
    }
  }
}

extension PickleValue {
  /// A list of texts.
  func tokens() throws -> [String] {
    let words = try texts() ?? []
    let tokens = words.compactMap { $0 }
    guard !tokens.isEmpty else { throw CheckpointError.fastai(.missing(part: "vocabulary")) }
    guard tokens.count == words.count else {
      throw CheckpointError.fastai(.missing(part: "a word of the vocabulary"))
    }
    return tokens
  }

  /// The last component of a path: a text, or the parts of a `Path`.
  var fileName: String? {
    let path = text ?? arguments.last?.text
    return path?.split(separator: "/").last.map(String.init)
  }

  /// The class names of a label transform or processor.
  func classNames() throws -> [String] {
    let names = try (attribute("vocab") ?? attribute("classes"))?.texts { $0.label }
    guard let names, !names.isEmpty else {
      throw CheckpointError.fastai(.missing(part: "classes"))
    }
    return try names.map { name in
      guard let name else { throw CheckpointError.fastai(.missing(part: "the name of a class")) }
      return name
    }
  }
}
