internal import Checkpoints

/// Puts together what fastai keeps in several files.
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

  private func completed(_ saved: SavedClassifier) throws -> SavedClassifier {
    var saved = try turned(saved)
    let isPieces = [.fastaiPieces, .fastaiFirstPieces].contains(saved.tokenizer.kind)
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

  private func turned(_ saved: SavedClassifier) throws -> SavedClassifier {
    guard options.isBackwards else { return saved }
    var saved = saved
    saved.notes.removeAll { $0 == .assumed(setting: "backwards", value: "no") }
    switch saved.architecture {
    case .awdLSTM(var settings):
      settings.isBackwards = true
      saved.architecture = .awdLSTM(settings)
    }
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
    return saved
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
