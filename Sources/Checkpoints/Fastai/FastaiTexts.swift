/// How a fastai learner processes texts and labels, from the transforms of its data loaders.
struct FastaiTexts {
  /// Whether tokens are reversed after numbering.
  let isBackwards: Bool
  let targets: FastaiTargets
  private let splitter: PickleValue
  private let numbering: PickleValue

  /// - Throws: `CheckpointError.fastai` if the loaders are not a text classifier's.
  init(_ loaders: PickleValue) throws {
    guard let loader = loaders.attribute("loaders")?.list?.first,
      let lists = loader.attribute("dataset")?.attribute("tls")?.list, lists.count >= 2
    else { throw CheckpointError.fastai(.missing(part: "data loaders")) }
    let inputs = Self.transforms(of: lists[0])
    try Self.refuseOwnTransforms(of: loaders.attribute("loaders")?.list?.last ?? loader)
    guard let place = inputs.firstIndex(where: { $0.className == "Tokenizer" }) else {
      throw CheckpointError.fastai(.missing(part: "tokenizer"))
    }
    try Self.refuseOwn(
      inputs[min(Self.firstText(lists[0]) ?? place, place)..<place], known: ["ColReader"])
    guard let numbering = inputs.first(where: { $0.className == "Numericalize" }) else {
      throw CheckpointError.fastai(.missing(part: "vocabulary"))
    }
    var isBackwards = false
    // Transforms before the tokenizer select the text in a table's row.
    for transform in inputs[(place + 1)...] where transform.className != "Numericalize" {
      let name = transform.attribute("_name")?.text ?? transform.className ?? ""
      guard name == "reverse_text" else {
        throw CheckpointError.fastai(.unsupportedTransform(name: name))
      }
      isBackwards.toggle()
    }
    targets = try FastaiTargets(transforms: Self.transforms(of: lists[1]))
    self.isBackwards = isBackwards
    self.numbering = numbering
    splitter = inputs[place]
  }

  /// Item and batch transforms apply in `learn.predict` as well; padding does not matter for a
  /// single text.
  private static func refuseOwnTransforms(of loader: PickleValue) throws {
    for stage in ["after_item", "before_batch", "after_batch"] {
      let transforms = loader.attribute(stage)?.attribute("fs")?.list ?? []
      try refuseOwn(
        transforms[...],
        known: [
          "ToTensor", "Cuda", "Pad_Chunk", "Pad_Input", "pad_chunk", "pad_input", "pad_input_chunk",
        ])
    }
  }

  private static func refuseOwn(_ transforms: ArraySlice<PickleValue>, known: [String]) throws {
    // split_idx 0 means training only.
    for transform in transforms where transform.attribute("split_idx")?.integer != 0 {
      // The first versions of fastai 2 store the function itself, later ones its name.
      let function = transform.attribute("init_enc").flatMap { $0.isCallable ? $0 : nil }
      let name =
        (function?.calledName ?? transform.attribute("_name")?.text) ?? transform.calledName
      guard known.contains(name) else {
        throw CheckpointError.fastai(.unsupportedTransform(name: name))
      }
    }
  }

  /// The first transform that takes a text, where `learn.predict` starts; nil if the types are not
  /// stored.
  private static func firstText(_ list: PickleValue) -> Int? {
    func isText(_ type: PickleValue) -> Bool {
      ["builtins.str", "__builtin__.str", "__builtin__.unicode"].contains(type.global ?? "")
    }
    return list.attribute("types")?.list?.firstIndex { type in
      isText(type) || type.itemCount < 100 && type.elements?.contains(where: isText) == true
    }
  }

  private static func transforms(of list: PickleValue) -> [PickleValue] {
    list.attribute("tfms")?.attribute("fs")?.list ?? []
  }

  // MARK: - Tokens

  func tokenizer(in file: TorchFile) throws -> SavedTokenizer {
    guard let tokenizer = splitter.attribute("tok") else {
      throw CheckpointError.fastai(.missing(part: "tokenizer"))
    }
    let kind: SavedTokenizer.Kind
    switch tokenizer.className {
    case "SpacyTokenizer": kind = .fastaiWords
    case "SentencePieceTokenizer": kind = .fastaiPieces
    case "BaseTokenizer":
      let separator = tokenizer.attribute("split_char")?.text ?? " "
      kind = separator == " " ? .fastaiSpaces : .fastaiSplit
    default: kind = .fastaiSplit
    }
    guard let vocabulary = numbering.attribute("vocab") else {
      throw CheckpointError.fastai(.missing(part: "vocabulary"))
    }
    var saved = SavedTokenizer(
      kind: kind, language: language(of: tokenizer) ?? "en", rules: try rules(),
      specialTokens: try tokenizer.attribute("special_toks")?.texts()?.compactMap { $0 } ?? [],
      vocabulary: try vocabulary.tokens())
    if let numbers = numbering.attribute("o2i") { try saved.number(by: numbers) }
    switch kind {
    case .fastaiWords: saved.exceptions = try exceptions(of: tokenizer)
    case .fastaiPieces:
      // A SentencePieceProcessor's state is its model; newer versions keep it under a name.
      let state = tokenizer.attribute("tok")?.state
      saved.pieceModel = state?["model_proto"]?.bytes ?? state?.bytes
      saved.pieceModelName = tokenizer.attribute("sp_model")?.fileName
    case .fastaiSplit:
      saved.own = OwnTokenizer(
        className: tokenizer.calledName, patterns: file.pickle.regularExpressions)
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
        throw CheckpointError.fastai(.unsupportedRule(name: rule.ruleName))
      }
      return String(name.dropFirst("fastai.text.core.".count))
    }
  }

  /// spaCy's exceptions: for each string its tokens, whose texts are stored under the number of
  /// `ORTH`. nil if the file has none.
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
      // Each token has at least one character, and each key is in the file.
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

extension SavedTokenizer {
  /// Applies the ids that `Numericalize.o2i` assigns. Unknown tokens that were looked up are in
  /// there as 0, because it is a `defaultdict(int)`.
  /// - Throws: `CheckpointError.fastai(.ownNumber)`, `.pickle(.repeatedText)`.
  fileprivate mutating func number(by numbers: PickleValue) throws {
    var left = numbers.fileSize + 1 << 16
    for (key, value) in numbers.pairs ?? [] {
      left -= key.textSize
      guard left >= 0 else {
        throw CheckpointError.pickle(.repeatedText(limit: numbers.fileSize), offset: 0)
      }
      guard let token = key.text, let id = value.integer, id != 0 else { continue }
      if token == FastaiVocabulary.filler { hasFiller = true }
      guard vocabulary.indices.contains(id), vocabulary[id] == token else {
        throw CheckpointError.fastai(.ownNumber(token: token, id: id))
      }
    }
  }
}

extension PickleValue {
  /// The name of a callable without its package: a class, a function, or the function of a
  /// `functools.partial`.
  var calledName: String {
    if constructor == "functools.partial", let function = arguments.first {
      return function.calledName
    }
    let name = constructor ?? global ?? ownFunction ?? summary
    return name.split(separator: ".").last.map(String.init) ?? name
  }

  fileprivate var isCallable: Bool { constructor != nil || global != nil }

  /// A rule in Python's notation: `partial(lowercase, …)`.
  var ruleName: String {
    if constructor == "functools.partial", let function = arguments.first {
      return "partial(\(function.calledName), …)"
    }
    return global ?? ownFunction ?? summary
  }

  /// A class name as Python would print it; nil for other values.
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

/// Decodes a number or text of numpy by its type code: `i8`, `f4`, `U5`.
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

  /// Four bytes per character, padded with zeros.
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
  /// Checks the number of rules, because each would run on every text.
  /// - Throws: `CheckpointError.fastai`.
  func checkedRules() throws -> [PickleValue] {
    guard count <= 100 else { throw CheckpointError.fastai(.missing(part: "an end of the rules")) }
    return self
  }
}

extension Pickle {
  /// The distinct regular expressions among a file's objects; a custom tokenizer's may be among
  /// them.
  var regularExpressions: [String] {
    var found: [String] = []
    for index in nodes.indices where found.count < 20 {
      let value = PickleValue(pickle: self, id: ID(index))
      guard value.constructor == "re._compile", let pattern = value.arguments.first,
        pattern.textSize <= 5_000, let text = pattern.text, !found.contains(text)
      else { continue }
      found.append(text)
    }
    return found
  }
}
