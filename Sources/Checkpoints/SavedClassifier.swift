/// A text classifier as it was saved, in whatever format: all that it takes to rebuild it.
public struct SavedClassifier: Sendable {
  public enum Problem: String, Sendable, CaseIterable {
    /// One class of several: softmax.
    case singleLabel = "single-label"
    /// Each class for itself: sigmoid.
    case multiLabel = "multi-label"
    /// Numbers, not probabilities.
    case regression
  }

  /// nil where the format has none; then the file's name is one.
  public var name: String?
  public var classes: [String]
  public var problem: Problem
  /// Of several labels, those whose probability is above this are given: one number for all classes,
  /// or one a class.
  public var thresholds: [Float] = [0.5]
  public var architecture: any ArchitectureSettings
  public var tokenizer: SavedTokenizer
  public var tensors: NamedTensors
  /// What the model said where it was made.
  public var selfChecks: [SelfCheck] = []
  public var notes: [ModelNote] = []
  /// nil where the file does not tell.
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

/// How the model's texts became tokens.
public struct SavedTokenizer: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// fastai's rules, then spaCy's words.
    case fastaiWords = "fastai-words"
    /// fastai's rules, then what stands between spaces.
    case fastaiSpaces = "fastai-spaces"
    /// fastai's rules, then the pieces of a SentencePiece model.
    case fastaiPieces = "fastai-sentencepiece"
    /// The same of fastai 1, whose rules differ.
    case fastai1Words = "fastai-1-words"
    case fastai1Spaces = "fastai-1-spaces"
    case fastai1Pieces = "fastai-1-sentencepiece"
    /// fastai's rules, then a tokenizer of somebody's own, which splits as `splitting` says.
    case fastaiSplit = "fastai-split"
    case fastai1Split = "fastai-1-split"

    /// fastai 1 made it.
    public var isFastai1: Bool {
      switch self {
      case .fastaiWords, .fastaiSpaces, .fastaiPieces, .fastaiSplit: false
      case .fastai1Words, .fastai1Spaces, .fastai1Pieces, .fastai1Split: true
      }
    }
  }

  public var kind: Kind
  /// spaCy's name of the language: `en`.
  public var language: String
  /// fastai's text rules by their names, in order.
  public var rules: [String]
  /// Never split: `xxunk`, `xxpad`, …
  public var specialTokens: [String]
  /// Token texts by id.
  public var vocabulary: [String]
  /// `xxfake`, which fills a vocabulary up to a multiple of eight, is a token like any other: fastai 2
  /// leaves it out where it made the vocabulary itself.
  public var hasFiller = false
  /// Strings that spaCy splits as they say, where the file has them: the pieces of each, all of them
  /// in place of those that are built in.
  public var exceptions: [[String]]?
  /// A SentencePiece model, as its own file has it.
  public var pieceModel: [UInt8]?
  /// What the file of the SentencePiece model was called where the model was made.
  public var pieceModelName: String?
  /// How a tokenizer of somebody's own splits: `[BOS] smiles`. nil where nobody has said it.
  public var splitting: String?
  /// The tokenizer that made the tokens, where that is somebody's own.
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

/// What a file tells of a tokenizer whose code belongs to its owner.
public struct OwnTokenizer: Sendable, Equatable {
  /// Without the package: `MolTokenizer`.
  public var className: String
  /// Regular expressions that stand in the file.
  public var patterns: [String]

  public init(className: String, patterns: [String] = []) {
    self.className = className
    self.patterns = patterns
  }
}

/// One text, and what the model said of it where it was made.
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
