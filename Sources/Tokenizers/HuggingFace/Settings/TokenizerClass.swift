/// The classes of transformers that build a tokenizer from a folder, as far as they differ.
enum TokenizerClass: String, Sendable, CaseIterable {
  case bert = "BertTokenizer"
  case distilBERT = "DistilBertTokenizer"
  case electra = "ElectraTokenizer"
  case mpnet = "MPNetTokenizer"
  case roberta = "RobertaTokenizer"
  case albert = "AlbertTokenizer"
  case xlmRoberta = "XLMRobertaTokenizer"
  case camembert = "CamembertTokenizer"
  case debertaV2 = "DebertaV2Tokenizer"
  case bigBird = "BigBirdTokenizer"
  case gpt2 = "GPT2Tokenizer"
  case gptNeoX = "GPTNeoXTokenizer"
  case qwen2 = "Qwen2Tokenizer"
  case llama = "LlamaTokenizer"
  case gemma = "GemmaTokenizer"
  /// Belongs to no model: `tokenizer.json` decides nearly everything.
  case plain = "PreTrainedTokenizer"
  /// The class of transformers 5, and of all unknown classes: `tokenizer.json` is used unchanged.
  case unchanged = "TokenizersBackend"

  /// The class of a folder: its name in `tokenizer_config.json`, else in `config.json`, else the class
  /// that belongs to the type of model.
  ///
  /// - Parameter modelSettings: `tokenizer_class` and `model_type` of `config.json`.
  /// - Throws: `TokenizerFileError.inFile`.
  init(_ settings: TokenizerSettings, model: ModelSettings) throws {
    if let name = try settings.text("tokenizer_class") ?? model.tokenizerClass {
      self = Self(name: name) ?? .unchanged
    } else {
      self = model.type.flatMap { Self.byModelType[$0] } ?? .plain
    }
  }

  /// The class that reads a folder's bare vocabulary.
  ///
  /// - Throws: `TokenizerFileError`.
  init(ofVocabulary settings: TokenizerSettings, model: ModelSettings) throws {
    let given = try settings.text("tokenizer_class")
    if let name = given ?? model.tokenizerClass {
      let known = Self(name: name)
      if let known, known != .unchanged, !known.files.isEmpty {
        // For these models, a class's own rules do not apply.
        self = known == .llama && ["mistral", "phi3"].contains(model.type) ? .unchanged : known
        return
      }
      // Generic names; the model's type decides.
      guard [.plain, .unchanged].contains(known) else {
        throw Self.unknown(
          name, "tokenizer_class",
          in: given == nil ? "config.json" : TokenizerSettings.File.configuration.rawValue)
      }
    }
    guard let type = model.type else {
      throw TokenizerFileError.missing(path: "tokenizer_class")
    }
    guard var known = Self.byModelType[type] else {
      throw Self.unknown(type, "model_type", in: "config.json")
    }
    if known == .llama { known = .unchanged }
    guard !known.files.isEmpty else {
      throw TokenizerFileError.noVocabulary(tried: ["tokenizer.json"])
    }
    self = known
  }

  private init?(name: String) {
    let bare = name.hasSuffix("Fast") ? String(name.dropLast(4)) : name
    guard let known = Self(rawValue: bare) ?? Self.byOtherName[bare] else { return nil }
    self = known
  }

  private static let byModelType: [String: TokenizerClass] = [
    "bert": .bert, "distilbert": .distilBERT, "electra": .electra, "mpnet": .mpnet,
    "roberta": .roberta, "longformer": .roberta, "albert": .albert, "xlm-roberta": .xlmRoberta,
    "camembert": .camembert,
    "deberta-v2": .debertaV2, "big_bird": .bigBird, "modernbert": .plain, "bart": .roberta,
    "llama": .llama,
    "mistral": .llama,
    "phi3": .llama, "qwen2": .qwen2, "qwen3": .qwen2, "gemma": .gemma, "gemma2": .gemma,
    "gemma3_text": .gemma, "smollm3": .plain, "eurobert": .plain, "gpt2": .gpt2,
    "gpt_neox": .gptNeoX,
  ]

  /// Classes of other models that behave the same.
  private static let byOtherName: [String: TokenizerClass] = [
    "ConvBertTokenizer": .bert, "LayoutLMTokenizer": .bert, "LxmertTokenizer": .bert,
    "MobileBertTokenizer": .bert, "SqueezeBertTokenizer": .bert, "LongformerTokenizer": .roberta,
    "LEDTokenizer": .roberta, "BartTokenizer": .roberta,
  ]

  private static func unknown(
    _ name: String, _ setting: String, in file: String
  ) -> TokenizerFileError {
    let known = allCases.filter { !$0.files.isEmpty }.map(\.rawValue)
    return .inFile(name: file, .unknownComponent(path: setting, name: name, known: known))
  }

  /// Its vocabulary files, the usual one first; none if it needs a `tokenizer.json`.
  var files: [String] {
    switch self {
    case .bert, .distilBERT, .electra, .mpnet: ["vocab.txt"]
    case .roberta, .gpt2, .qwen2: ["vocab.json"]
    case .albert: ["spiece.model"]
    case .xlmRoberta, .camembert: ["sentencepiece.bpe.model"]
    case .debertaV2: ["spm.model", "spiece.model"]
    case .llama, .gemma, .unchanged: ["tokenizer.model"]
    case .bigBird, .gptNeoX, .plain: []
    }
  }

  /// Whether the model gets token types: the class's own `model_input_names`. The classes of ALBERT
  /// and of no model give them up to transformers 4, with which most of their models were trained,
  /// but not in transformers 5.
  func givesTypes(_ settings: TokenizerSettings) -> Bool {
    switch self {
    case .albert, .plain, .unchanged: !settings.isOfVersionFive
    case .bert, .electra, .debertaV2: true
    case .distilBERT, .mpnet, .roberta, .xlmRoberta, .camembert, .bigBird: false
    case .gpt2, .gptNeoX, .qwen2, .llama, .gemma: false
    }
  }

  // MARK: - Special tokens

  /// The class's own special tokens, which settings may rename.
  var defaultTokens: [SpecialTokenPart: String] {
    switch self {
    case .bert, .distilBERT, .electra:
      [
        .unknown: "[UNK]", .separator: "[SEP]", .padding: "[PAD]", .classifier: "[CLS]",
        .mask: "[MASK]",
      ]
    case .mpnet:
      [
        .begin: "<s>", .end: "</s>", .unknown: "[UNK]", .separator: "</s>", .padding: "<pad>",
        .classifier: "<s>", .mask: "<mask>",
      ]
    case .roberta, .xlmRoberta, .camembert:
      [
        .begin: "<s>", .end: "</s>", .unknown: "<unk>", .separator: "</s>", .padding: "<pad>",
        .classifier: "<s>", .mask: "<mask>",
      ]
    case .albert:
      [
        .begin: "[CLS]", .end: "[SEP]", .unknown: "<unk>", .separator: "[SEP]", .padding: "<pad>",
        .classifier: "[CLS]", .mask: "[MASK]",
      ]
    case .debertaV2:
      [
        .begin: "[CLS]", .end: "[SEP]", .unknown: "[UNK]", .separator: "[SEP]", .padding: "[PAD]",
        .classifier: "[CLS]", .mask: "[MASK]",
      ]
    case .bigBird:
      [
        .begin: "<s>", .end: "</s>", .unknown: "<unk>", .separator: "[SEP]", .padding: "<pad>",
        .classifier: "[CLS]", .mask: "[MASK]",
      ]
    case .gpt2, .gptNeoX:
      [.begin: "<|endoftext|>", .end: "<|endoftext|>", .unknown: "<|endoftext|>"]
    case .qwen2:
      [.end: "<|endoftext|>", .unknown: "<|endoftext|>", .padding: "<|endoftext|>"]
    case .llama: [.begin: "<s>", .end: "</s>", .unknown: "<unk>"]
    case .gemma: [.begin: "<bos>", .end: "<eos>", .unknown: "<unk>", .padding: "<pad>"]
    case .plain, .unchanged: [:]
    }
  }

  /// The tokens that transformers 4 adds if no file lists additional ones.
  var additionalTokens: [String] {
    self == .camembert ? ["<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED"] : []
  }

  /// A token with the class's own search options, if only its text is known.
  func described(
    _ token: NamedToken, as part: SpecialTokenPart, _ version: TransformersVersion
  ) -> NamedToken {
    guard case .plain(let text) = token else { return token }
    let isDescribed =
      switch (self, version) {
      case (.mpnet, _): true
      case (.camembert, _): part == .mask
      case (.qwen2, .four): [.begin, .end, .unknown, .padding].contains(part)
      case (.roberta, .four), (.xlmRoberta, .four), (.albert, .four): part == .mask
      default: false
      }
    guard isDescribed else { return token }
    return .added(
      AddedToken(content: text, id: 0, stripsLeft: part == .mask, isSpecial: true))
  }
}

/// The tokenizer's settings in `config.json`.
public struct ModelSettings: Sendable, Hashable {
  /// `model_type`: `bert`.
  public var type: String?
  /// `tokenizer_class`, which few files have.
  public var tokenizerClass: String?

  public init(type: String? = nil, tokenizerClass: String? = nil) {
    self.type = type
    self.tokenizerClass = tokenizerClass
  }
}
