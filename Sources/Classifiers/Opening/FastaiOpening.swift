internal import Checkpoints
internal import Tokenizers

/// Combines what fastai saves in several files.
struct FastaiOpening {
  let path: String
  let options: OpeningOptions

  /// - Throws: `CheckpointError`, `ModelOpeningError`.
  func read(_ source: ByteSource) throws -> SavedClassifier {
    switch try FastaiFile.read(source) {
    case .learner(let saved):
      if options.vocabulary != nil {
        throw ModelOpeningError.unusedOption(name: "vocab", path: path)
      }
      return try completed(saved)
    case .weights(let weights): return try completed(try classifier(weights))
    }
  }

  /// fastai's own tokenizers need no splitting; of custom ones, some are known by name.
  private func split(_ saved: SavedClassifier) throws -> SavedClassifier {
    var saved = saved
    guard let own = saved.tokenizer.own else {
      guard options.tokenizer == nil else {
        throw ModelOpeningError.unusedOption(name: "tokenizer", path: path)
      }
      return saved
    }
    guard let name = options.tokenizer ?? Self.known[own.className] else { return saved }
    let splitting = try Self.splitting(name, for: saved.tokenizer)
    saved.tokenizer.splitting = splitting.name
    saved.notes.append(.ownTokenizer(className: own.className, splitting: splitting.name))
    return saved
  }

  /// Published custom tokenizers: MolPMoFiT's.
  private static let known = ["MolTokenizer": "smiles-characters"]

  /// - Throws: `TokenizerProblem.splitting`.
  private static func splitting(
    _ name: String, for tokenizer: SavedTokenizer
  ) throws -> Splitting {
    do {
      let given = try Splitting(name)
      var splitting = given.framed(for: tokenizer.vocabulary)
      // These rules write it into the text.
      let ruled = ["include_bos", "lowercase"].contains(where: tokenizer.rules.contains)
      if ruled, given.before.isEmpty { splitting.before.removeAll { $0 == "xxbos" } }
      return splitting
    } catch let error as SplittingError {
      throw TokenizerProblem.splitting(error)
    }
  }

  private func completed(_ saved: SavedClassifier) throws -> SavedClassifier {
    var saved = try readBackwards(try split(saved))
    let isPieces = [.fastaiPieces, .fastai1Pieces].contains(saved.tokenizer.kind)
    guard isPieces, saved.tokenizer.pieceModel == nil else {
      if options.pieceModel != nil {
        throw ModelOpeningError.unusedOption(name: "sentencepiece", path: path)
      }
      return saved
    }
    let beside = FilesBeside(path).pieceModel(named: saved.tokenizer.pieceModelName)
    guard let file = options.pieceModel ?? beside else { return saved }
    saved.tokenizer.pieceModel = try naming(file) {
      try ByteSource(path: $0).readAll(atMost: Self.pieceModelLimit)
    }
    if options.pieceModel == nil { saved.notes.insert(.readBeside(path: file), at: 0) }
    return saved
  }

  /// Those of the largest multilingual models have 5 MB.
  private static let pieceModelLimit = 64 << 20

  private func readBackwards(_ saved: SavedClassifier) throws -> SavedClassifier {
    guard options.isBackwards else { return saved }
    var saved = saved
    saved.notes.removeAll { $0 == .assumed(setting: "backwards", value: "no") }
    guard var settings = saved.architecture as? AWDLSTMSettings else { return saved }
    settings.isBackwards = true
    saved.architecture = settings
    return saved
  }

  private func classifier(_ weights: FastaiWeights) throws -> SavedClassifier {
    let beside = FilesBeside(path)
    var read: [String] = []
    let vocabularyPath = try options.vocabulary ?? only(beside.vocabularies, read: &read)
    var vocabulary = try naming(vocabularyPath) {
      try FastaiVocabulary.read(try ByteSource(path: $0))
    }
    if vocabulary.classes == nil, let path = beside.classes.first, beside.classes.count == 1 {
      vocabulary.classes = try naming(path) {
        try FastaiVocabulary.readClasses(try ByteSource(path: $0))
      }
      read.append(path)
    }
    var saved = try weights.classifier(vocabulary)
    saved.notes = read.map { .readBeside(path: $0) } + saved.notes
    let isSMILES = SMILESVocabulary(saved.tokenizer.vocabulary).isOne
    if isSMILES || options.tokenizer != nil { splitOwn(&saved) }
    return saved
  }

  /// Weights come without a tokenizer, which may be fastai's or a custom one; fastai's does not
  /// read molecules.
  private func splitOwn(_ saved: inout SavedClassifier) {
    let isFastai1 = saved.tokenizer.kind.isFastai1
    saved.tokenizer.kind = isFastai1 ? .fastai1Split : .fastaiSplit
    if options.tokenizer == nil {
      let guess = SplittingGuess(for: saved.tokenizer.vocabulary).splitting.name
      saved.tokenizer.splitting = guess
      saved.notes.append(.assumed(setting: "tokenizer", value: guess))
    } else {
      saved.tokenizer.own = OwnTokenizer(className: "that made the tokens")
    }
    // fastai's rules leave no capital letter in a vocabulary.
    let hasCapitals = saved.tokenizer.vocabulary.contains { $0.contains(where: \.isUppercase) }
    guard hasCapitals else { return }
    saved.tokenizer.rules = []
    saved.notes.append(.assumed(setting: "rules", value: "none"))
  }

  private func only(_ found: [String], read: inout [String]) throws -> String {
    guard let first = found.first else { throw ModelOpeningError.noVocabulary(path: path) }
    guard found.count == 1 else {
      throw ModelOpeningError.severalVocabularies(path: path, found: found)
    }
    read.append(first)
    return first
  }

  private func naming<Result>(_ path: String, _ read: (String) throws -> Result) throws -> Result {
    do {
      return try read(path)
    } catch let error as CheckpointError {
      throw ModelOpeningError.vocabulary(path: path, error)
    }
  }
}
