internal import Checkpoints

extension ModelFacts {
  init(_ saved: SavedClassifier, _ architecture: some Architecture) {
    let counts = saved.tensors.counts
    self.init(
      parameterCount: counts.parameters,
      weightBytes: (counts.parameters + counts.statistics) * MemoryLayout<Float>.size,
      settings: architecture.rows(of: saved),
      tokenizer:
        "\(saved.tokenizer.title), \(grouped(saved.tokenizer.vocabulary.count)) tokens",
      tokenLimit: architecture.tokenLimit, notes: saved.notes)
  }
}

extension NamedTensors {
  /// What training learns and what it counts; fastai's own duplicates are left out.
  fileprivate var counts: (parameters: Int, statistics: Int) {
    var counts = (parameters: 0, statistics: 0)
    for name in withoutCopies.names {
      // A product that no Int holds belongs to no tensor that could have been read.
      let count = (shape(of: name) ?? []).reduce(1, &*)
      if name.hasSuffix("running_mean") || name.hasSuffix("running_var") {
        counts.statistics += count
      } else {
        counts.parameters += count
      }
    }
    return counts
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

/// `20,000`.
func grouped(_ number: Int) -> String {
  let digits = Array("\(number)")
  return digits.indices.map { index in
    index > 0 && (digits.count - index).isMultiple(of: 3) ? ",\(digits[index])" : "\(digits[index])"
  }.joined()
}
