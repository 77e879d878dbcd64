internal import Checkpoints

extension ModelFacts {
  init(_ saved: SavedClassifier, _ settings: AWDLSTMSettings) {
    let counts = saved.tensors.counts
    self.init(
      parameterCount: counts.parameters,
      weightBytes: (counts.parameters + counts.statistics) * MemoryLayout<Float>.size,
      settings: settings.rows(head: saved.tensors.headSizes),
      tokenizer:
        "\(saved.tokenizer.title), \(grouped(saved.tokenizer.vocabulary.count)) tokens",
      tokenLimit: settings.maxLength, notes: saved.notes)
  }
}

extension AWDLSTMSettings {
  /// In fastai's own names.
  fileprivate func rows(head: [Int]) -> [(name: String, value: String)] {
    var rows = [
      ("emb_sz", "\(embeddingSize)"), ("n_hid", "\(hiddenSize)"), ("n_layers", "\(layers)"),
      ("bidir", isBidirectional ? "yes" : "no"), ("backwards", isBackwards ? "yes" : "no"),
      ("bptt", "\(chunk)"), ("max_len", maxLength.map { "\($0)" } ?? "none"),
      ("head", ([3 * embeddingSize] + head).map { "\($0)" }.joined(separator: " → ")),
    ]
    if let outputRange {
      rows.append(("y_range", "\(outputRange.lowerBound) to \(outputRange.upperBound)"))
    }
    return rows.map { (name: $0.0, value: $0.1) }
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

  /// How wide the outputs of the head's linear layers are.
  fileprivate var headSizes: [Int] {
    names.filter { $0.hasPrefix("1.layers.") && $0.hasSuffix(".weight") }
      .compactMap { name in shape(of: name).flatMap { $0.count == 2 ? $0[0] : nil } }
  }
}

extension SavedTokenizer {
  fileprivate var title: String {
    let own = "split as '\(splitting ?? "")' says"
    return switch kind {
    case .fastaiWords: "fastai words"
    case .fastaiSpaces: "fastai rules, split at spaces"
    case .fastaiPieces: "fastai rules, SentencePiece"
    case .fastaiFirstWords: "fastai 1 words"
    case .fastaiFirstSpaces: "fastai 1 rules, split at spaces"
    case .fastaiFirstPieces: "fastai 1 rules, SentencePiece"
    case .fastaiSplit: rules.isEmpty ? own : "fastai rules, \(own)"
    case .fastaiFirstSplit: rules.isEmpty ? own : "fastai 1 rules, \(own)"
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
