/// The tokenizers that transformers builds from a vocabulary alone, each with rules of its own, where
/// a folder has no `tokenizer.json`.
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

  /// - Parameter modelType: `model_type` of `config.json`, for folders that name no class.
  init(settings: TokenizerSettings, modelType: String?) throws {
    if let name = settings.text("tokenizer_class") {
      let bare = name.hasSuffix("Fast") ? String(name.dropLast(4)) : name
      if let known = Self(rawValue: bare) {
        self = known
        return
      }
      // Names that stand for any class; the model says which.
      guard ["PreTrainedTokenizer", "TokenizersBackend"].contains(bare) else {
        throw Self.unknown(name, path: "tokenizer_class")
      }
    }
    guard let modelType else { throw TokenizerFileError.missing(path: "tokenizer_class") }
    guard let known = Self.byModelType[modelType] else {
      throw Self.unknown(modelType, path: "model_type")
    }
    self = known
  }

  private static let byModelType: [String: TokenizerClass] = [
    "bert": .bert, "distilbert": .distilBERT, "electra": .electra, "mpnet": .mpnet,
    "roberta": .roberta, "albert": .albert, "xlm-roberta": .xlmRoberta, "camembert": .camembert,
    "deberta-v2": .debertaV2,
  ]

  private static func unknown(_ name: String, path: String) -> TokenizerFileError {
    .unknownComponent(path: path, name: name, known: allCases.map(\.rawValue))
  }

  /// Files with its vocabulary, the usual one first.
  var files: [String] {
    switch self {
    case .bert, .distilBERT, .electra, .mpnet: ["vocab.txt"]
    case .roberta: ["vocab.json"]
    case .albert: ["spiece.model"]
    case .xlmRoberta, .camembert: ["sentencepiece.bpe.model"]
    case .debertaV2: ["spm.model", "spiece.model"]
    }
  }

  /// The class's own special tokens, which settings may rename.
  var specialTokens: SpecialTokens {
    switch self {
    case .bert, .distilBERT, .electra:
      SpecialTokens(
        begin: nil, end: nil, unknown: "[UNK]", separator: "[SEP]", padding: "[PAD]",
        classifier: "[CLS]", mask: "[MASK]")
    case .mpnet:
      SpecialTokens(
        begin: "<s>", end: "</s>", unknown: "[UNK]", separator: "</s>", padding: "<pad>",
        classifier: "<s>", mask: "<mask>", maskStripsLeft: true)
    case .roberta, .xlmRoberta:
      SpecialTokens(
        begin: "<s>", end: "</s>", unknown: "<unk>", separator: "</s>", padding: "<pad>",
        classifier: "<s>", mask: "<mask>")
    case .camembert:
      SpecialTokens(
        begin: "<s>", end: "</s>", unknown: "<unk>", separator: "</s>", padding: "<pad>",
        classifier: "<s>", mask: "<mask>", maskStripsLeft: true)
    case .albert:
      SpecialTokens(
        begin: "[CLS]", end: "[SEP]", unknown: "<unk>", separator: "[SEP]", padding: "<pad>",
        classifier: "[CLS]", mask: "[MASK]")
    case .debertaV2:
      SpecialTokens(
        begin: "[CLS]", end: "[SEP]", unknown: "[UNK]", separator: "[SEP]", padding: "[PAD]",
        classifier: "[CLS]", mask: "[MASK]")
    }
  }
}

/// Tokens with a part of their own.
struct SpecialTokens: Sendable, Hashable {
  var begin: String?
  var end: String?
  var unknown: String
  var separator: String
  var padding: String
  var classifier: String
  var mask: String
  /// White space in front of the mask belongs to it.
  var maskStripsLeft = false

  func renamed(by settings: TokenizerSettings) -> SpecialTokens {
    var renamed = self
    renamed.begin = settings.token("bos_token") ?? begin
    renamed.end = settings.token("eos_token") ?? end
    renamed.unknown = settings.token("unk_token") ?? unknown
    renamed.separator = settings.token("sep_token") ?? separator
    renamed.padding = settings.token("pad_token") ?? padding
    renamed.classifier = settings.token("cls_token") ?? classifier
    renamed.mask = settings.token("mask_token") ?? mask
    return renamed
  }

  /// As added tokens, in the order in which transformers adds them.
  func added(_ settings: TokenizerSettings) -> [AddedToken] {
    let named: [(setting: String, token: String?)] = [
      ("bos_token", begin), ("eos_token", end), ("unk_token", unknown), ("sep_token", separator),
      ("pad_token", padding), ("cls_token", classifier), ("mask_token", mask),
    ]
    var result: [AddedToken] = []
    for (setting, token) in named {
      guard let token, !result.contains(where: { $0.content == token }) else { continue }
      var added = AddedToken(content: token, id: 0, isNormalized: false, isSpecial: true)
      added.stripsLeft = setting == "mask_token" && maskStripsLeft
      settings.overrideFlags(of: setting, in: &added)
      result.append(added)
    }
    return result
  }
}
