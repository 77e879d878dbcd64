/// A saved text classifier, whatever its format: everything that is needed to rebuild it.
public struct SavedClassifier: Sendable {
  public enum Problem: String, Sendable, CaseIterable {
    /// One class of several: softmax.
    case singleLabel = "single-label"
    /// Each class independently: sigmoid.
    case multiLabel = "multi-label"
    /// Numbers, not probabilities.
    case regression
  }

  /// nil if the format has no names; the file's name is used instead.
  public var name: String?
  public var classes: [String]
  public var problem: Problem
  /// Thresholds of multi-label models: labels with a higher probability are predicted. One number
  /// for all classes, or one per class.
  public var thresholds: [Float] = [0.5]
  public var architecture: any ArchitectureSettings
  public var tokenizer: SavedTokenizer
  public var tensors: NamedTensors
  /// The outputs of the model where it was made.
  public var selfChecks: [SelfCheck] = []
  public var notes: [ModelNote] = []
  /// nil if the file does not give it.
  public var quality: ModelQuality?

  public init(
    name: String? = nil, classes: [String], problem: Problem, thresholds: [Float] = [0.5],
    architecture: any ArchitectureSettings, tokenizer: SavedTokenizer, tensors: NamedTensors,
    selfChecks: [SelfCheck] = [], notes: [ModelNote] = [], quality: ModelQuality? = nil
  ) {
    self.name = name
    self.classes = classes
    self.problem = problem
    self.thresholds = thresholds
    self.architecture = architecture
    self.tokenizer = tokenizer
    self.tensors = tensors
    self.selfChecks = selfChecks
    self.notes = notes
    self.quality = quality
  }
}

/// How texts were tokenized for the model.
public struct SavedTokenizer: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// fastai's rules, then spaCy's words.
    case fastaiWords = "fastai-words"
    /// fastai's rules, then splitting at spaces.
    case fastaiSpaces = "fastai-spaces"
    /// fastai's rules, then SentencePiece.
    case fastaiPieces = "fastai-sentencepiece"
    /// The same of fastai 1, whose rules differ.
    case fastai1Words = "fastai-1-words"
    case fastai1Spaces = "fastai-1-spaces"
    case fastai1Pieces = "fastai-1-sentencepiece"
    /// fastai's rules, then a custom tokenizer that splits as `splitting` says.
    case fastaiSplit = "fastai-split"
    case fastai1Split = "fastai-1-split"

    /// Whether fastai 1 made it.
    public var isFastai1: Bool {
      switch self {
      case .fastaiWords, .fastaiSpaces, .fastaiPieces, .fastaiSplit: false
      case .fastai1Words, .fastai1Spaces, .fastai1Pieces, .fastai1Split: true
      }
    }
  }

  public var kind: Kind
  /// spaCy's name for the language: `en`.
  public var language: String
  /// fastai's text rules by name, in order.
  public var rules: [String]
  /// Never split: `xxunk`, `xxpad`, …
  public var specialTokens: [String]
  /// Token texts by id.
  public var vocabulary: [String]
  /// Whether `xxfake`, which pads a vocabulary to a multiple of eight, is an ordinary token. fastai
  /// 2 skips it when it makes the vocabulary itself.
  public var hasFiller = false
  /// spaCy's exceptions with their tokens, which replace the built-in ones; nil if the file has
  /// none.
  public var exceptions: [[String]]?
  /// The contents of a SentencePiece model file.
  public var pieceModel: [UInt8]?
  /// The name of the SentencePiece model file where the model was made.
  public var pieceModelName: String?
  /// How a custom tokenizer splits: `[BOS] smiles`. nil if unknown.
  public var splitting: String?
  /// The custom tokenizer that made the tokens, if there was one.
  public var own: OwnTokenizer?

  public init(
    kind: Kind, language: String, rules: [String], specialTokens: [String], vocabulary: [String],
    hasFiller: Bool = false, exceptions: [[String]]? = nil, pieceModel: [UInt8]? = nil,
    pieceModelName: String? = nil, splitting: String? = nil, own: OwnTokenizer? = nil
  ) {
    self.kind = kind
    self.language = language
    self.rules = rules
    self.specialTokens = specialTokens
    self.vocabulary = vocabulary
    self.hasFiller = hasFiller
    self.exceptions = exceptions
    self.pieceModel = pieceModel
    self.pieceModelName = pieceModelName
    self.splitting = splitting
    self.own = own
  }
}

/// A custom tokenizer, as far as the file describes it.
public struct OwnTokenizer: Sendable, Equatable {
  /// Without the package: `MolTokenizer`.
  public var className: String
  /// Regular expressions in the file.
  public var patterns: [String]

  public init(className: String, patterns: [String] = []) {
    self.className = className
    self.patterns = patterns
  }
}

/// A text, and the model's output for it where the model was made.
public struct SelfCheck: Sendable, Equatable {
  public var text: String
  public var ids: [Int]
  public var probabilities: [Float]

  public init(text: String, ids: [Int], probabilities: [Float]) {
    self.text = text
    self.ids = ids
    self.probabilities = probabilities
  }
}
