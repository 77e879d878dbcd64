internal import Checkpoints

extension ModelFacts {
  /// - Parameter saved: the classifier from which the model was built.
  init(_ saved: SavedClassifier, _ architecture: some Architecture) {
    let tensors = saved.tensors
    self.init(
      parameterCount: tensors.parameterCount, weightBytes: tensors.bytesInMemory,
      settings: architecture.rows(of: saved),
      tokenizer: saved.tokenizer.title, vocabularySize: saved.tokenizer.vocabulary.count,
      tokenLimit: architecture.tokenLimit, notes: saved.notes)
    productBytes = tensors.productBytes
    stepBytes = architecture.stepTensors(of: saved).reduce(0) {
      $0 + tensors.bytesInMemory(of: $1)
    }
  }
}

extension NamedTensors {
  /// The trained parameters, without counters and fastai's duplicates.
  fileprivate var parameterCount: Int {
    withoutCopies.names.filter { !$0.hasSuffix("running_mean") && !$0.hasSuffix("running_var") }
      // A product that overflows belongs to no tensor that could have been read.
      .reduce(0) { $0 &+ (shape(of: $1) ?? []).reduce(1, &*) }
  }
}

extension SavedTokenizer {
  fileprivate var title: String {
    let own = "split as '\(splitting ?? "")' says"
    return switch kind {
    case .fastaiWords: "fastai words"
    case .fastaiSpaces: "fastai rules, split at spaces"
    case .fastaiPieces: "fastai rules, SentencePiece"
    case .fastai1Words: "fastai 1 words"
    case .fastai1Spaces: "fastai 1 rules, split at spaces"
    case .fastai1Pieces: "fastai 1 rules, SentencePiece"
    case .fastaiSplit: rules.isEmpty ? own : "fastai rules, \(own)"
    case .fastai1Split: rules.isEmpty ? own : "fastai 1 rules, \(own)"
    }
  }
}
