/// How a fastai learner reads texts and labels, from the transforms of its data loaders.
struct FastaiTexts {
  /// The tokens are reversed after they were numbered.
  let isBackwards: Bool
  /// The transform that numbers the labels.
  let labels: PickleValue
  private let splitter: PickleValue
  private let numbering: PickleValue

  /// - Throws: `CheckpointError.fastai` where the loaders are not those of a text classifier.
  init(_ loaders: PickleValue) throws {
    guard let loader = loaders.attribute("loaders")?.list?.first,
      let lists = loader.attribute("dataset")?.attribute("tls")?.list, lists.count >= 2
    else { throw CheckpointError.fastai(.missing(part: "data loaders")) }
    let inputs = Self.transforms(of: lists[0])
    guard let place = inputs.firstIndex(where: { $0.className == "Tokenizer" }) else {
      throw CheckpointError.fastai(.missing(part: "tokenizer"))
    }
    guard let numbering = inputs.first(where: { $0.className == "Numericalize" }) else {
      throw CheckpointError.fastai(.missing(part: "vocabulary"))
    }
    var isBackwards = false
    // What stands before the tokenizer finds the text in a table's row.
    for transform in inputs[(place + 1)...] where transform.className != "Numericalize" {
      let name = transform.attribute("_name")?.text ?? transform.className ?? ""
      guard name == "reverse_text" else {
        throw CheckpointError.fastai(.unsupportedTransform(name: name))
      }
      isBackwards.toggle()
    }
    let categories = ["Categorize", "MultiCategorize", "EncodedMultiCategorize"]
    let targets = Self.transforms(of: lists[1])
    guard let labels = targets.last(where: { categories.contains($0.className ?? "") }) else {
      let isRegression = targets.contains { $0.className == "RegressionSetup" }
      throw CheckpointError.fastai(
        isRegression ? .noTextClassifier(.regression) : .missing(part: "classes"))
    }
    self.isBackwards = isBackwards
    self.labels = labels
    self.numbering = numbering
    splitter = inputs[place]
  }

  private static func transforms(of list: PickleValue) -> [PickleValue] {
    list.attribute("tfms")?.attribute("fs")?.list ?? []
  }

  // MARK: - Tokens

  func tokenizer() throws -> SavedTokenizer {
    guard let tokenizer = splitter.attribute("tok") else {
      throw CheckpointError.fastai(.missing(part: "tokenizer"))
    }
    let kind: SavedTokenizer.Kind
    switch tokenizer.className {
    case "SpacyTokenizer": kind = .fastaiWords
    case "SentencePieceTokenizer": kind = .fastaiPieces
    case "BaseTokenizer" where tokenizer.attribute("split_char")?.text ?? " " == " ":
      kind = .fastaiSpaces
    case let name:
      throw CheckpointError.fastai(.unsupportedTokenizer(className: name ?? tokenizer.summary))
    }
    guard let vocabulary = numbering.attribute("vocab") else {
      throw CheckpointError.fastai(.missing(part: "vocabulary"))
    }
    var saved = SavedTokenizer(
      kind: kind, language: language(of: tokenizer) ?? "en", rules: try rules(),
      specialTokens: try tokenizer.attribute("special_toks")?.texts()?.compactMap { $0 } ?? [],
      vocabulary: try vocabulary.tokens())
    switch kind {
    case .fastaiWords: saved.exceptions = try exceptions(of: tokenizer)
    case .fastaiPieces:
      // A SentencePieceProcessor's state is its model, newer ones' has it under a name.
      let state = tokenizer.attribute("tok")?.state
      saved.pieceModel = state?["model_proto"]?.bytes ?? state?.bytes
      saved.pieceModelName = tokenizer.attribute("sp_model")?.fileName
    default: break
    }
    return saved
  }

  /// The rules by their names in `fastai.text.core`.
  private func rules() throws -> [String] {
    guard let rules = splitter.attribute("rules")?.list else {
      throw CheckpointError.fastai(.missing(part: "rules"))
    }
    return try rules.checkedRules().map { rule in
      guard let name = rule.global, name.hasPrefix("fastai.text.core.") else {
        throw CheckpointError.fastai(
          .unsupportedRule(name: rule.global ?? rule.ownFunction ?? rule.summary))
      }
      return String(name.dropFirst("fastai.text.core.".count))
    }
  }

  /// spaCy's tokenizer keeps its exceptions by string: for each a list of tokens with their texts,
  /// which are known by the number of `ORTH`. nil where the file has none.
  private func exceptions(of tokenizer: PickleValue) throws -> [[String]]? {
    let holders = tokenizer.attribute("pipe")?.arguments ?? []
    let splitter = holders.lazy.compactMap { $0.attribute("tokenizer") }.first
    // Tokenizer(vocabulary, exceptions, …)
    guard let rules = splitter?.arguments.dropFirst().first?.pairs else { return nil }
    let orth = 65
    var left = tokenizer.fileSize
    return try rules.map { key, tokens in
      let tokens = tokens.list ?? []
      left -= key.textSize
      // Each token has a character at least, and each key stands in the file.
      guard left >= 0, tokens.count <= key.textSize else {
        throw CheckpointError.fastai(.missing(part: "an exception of spaCy's"))
      }
      let pieces = tokens.compactMap { token -> String? in
        let text = token.pairs?.first {
          $0.key.integer == orth || $0.key.textSize == 4 && $0.key.text == "ORTH"
        }?.value
        return text.flatMap { $0.textSize <= key.textSize ? $0.text : nil }
      }
      guard let string = key.text, pieces.joined() == string else {
        throw CheckpointError.fastai(.missing(part: "an exception of spaCy's"))
      }
      return pieces
    }
  }

  /// `pipe` is a method of spaCy's language object, whose class is `spacy.lang.en.English`.
  private func language(of tokenizer: PickleValue) -> String? {
    let holders = tokenizer.attribute("pipe")?.arguments ?? []
    for name in holders.compactMap(\.constructor) where name.hasPrefix("spacy.lang.") {
      return name.split(separator: ".").dropFirst(2).first.map(String.init)
    }
    return nil
  }
}

extension PickleValue {
  /// A class's name as Python would print it; nil for what no class is named by.
  var label: String? {
    if let text { return text }
    if let integer { return "\(integer)" }
    if let flag { return flag ? "True" : "False" }
    if let real { return "\(real)" }
    guard className == "scalar", arguments.count == 2,
      let type = arguments[0].arguments.first?.text, let bytes = arguments[1].bytes
    else { return nil }
    return NumpyScalar.text(type: type, bytes: bytes)
  }
}

/// A number or a text of numpy's, by its type's code: `i8`, `f4`, `U5`.
private enum NumpyScalar {
  static func text(type: String, bytes: [UInt8]) -> String? {
    if type.hasPrefix("U") { return text(bytes) }
    guard !bytes.isEmpty, bytes.count <= 8 else { return nil }
    let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    switch type {
    case "b1": return bits == 0 ? "False" : "True"
    case "u1", "u2", "u4", "u8": return "\(bits)"
    case "i1", "i2", "i4", "i8":
      let shift = 64 - 8 * bytes.count
      return "\(Int64(bitPattern: bits << shift) >> shift)"
    case "f4": return "\(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))"
    case "f8": return "\(Double(bitPattern: bits))"
    default: return nil
    }
  }

  /// Four bytes a character, zeros at the end.
  private static func text(_ bytes: [UInt8]) -> String? {
    var text = ""
    for start in stride(from: 0, to: bytes.count - 3, by: 4) {
      let code = bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      guard let scalar = Unicode.Scalar(code) else { return nil }
      if code != 0 { text.unicodeScalars.append(scalar) }
    }
    return text
  }
}

extension [PickleValue] {
  /// More rules than there are would be run over each text.
  /// - Throws: `CheckpointError.fastai`.
  func checkedRules() throws -> [PickleValue] {
    guard count <= 100 else { throw CheckpointError.fastai(.missing(part: "an end of the rules")) }
    return self
  }
}
