public import Checkpoints

extension AWDLSTMSettings: Architecture {
  public func classifier(of saved: SavedClassifier) throws -> any Classifier {
    var settings = self
    settings.isFastai1 = saved.tokenizer.kind.isFastai1
    try saved.requireRow(forEachTokenIn: "0.module.encoder.weight", width: embeddingSize)
    return try AWDLSTM(
      configuration: settings, tensors: saved.tensors, classes: saved.classes,
      link: saved.problem.link, thresholds: saved.thresholds)
  }

  public var tokenLimit: Int? { maxLength }

  public func stepTensors(of saved: SavedClassifier) -> [String] {
    saved.tensors.names.filter { $0.contains(".weight_hh_l0") }
  }

  /// By fastai's own names.
  public func rows(of saved: SavedClassifier) -> [(name: String, value: String)] {
    let head = [3 * embeddingSize] + saved.tensors.headSizes
    var rows = [
      ("emb_sz", "\(embeddingSize)"), ("n_hid", "\(hiddenSize)"), ("n_layers", "\(layers)"),
      ("bidir", isBidirectional ? "yes" : "no"), ("backwards", isBackwards ? "yes" : "no"),
      ("bptt", "\(chunk)"), ("max_len", maxLength.map { "\($0)" } ?? "none"),
      ("head", head.map { "\($0)" }.joined(separator: " → ")),
    ]
    if let outputRange {
      rows.append(("y_range", "\(outputRange.lowerBound) to \(outputRange.upperBound)"))
    }
    return rows.map { (name: $0.0, value: $0.1) }
  }

  /// Files that fastai writes: a learner, or weights alone, each a zip file or a pickle of protocol
  /// 2 or later.
  public static func saved(in file: ForeignFile) throws -> SavedClassifier? {
    guard file.start.starts(with: [0x50, 0x4B]) || file.start.first == 0x80 else { return nil }
    try file.options.refuseBase(for: file.path)
    return try FastaiOpening(path: file.path, options: file.options).read(file.source)
  }
}

extension NamedTensors {
  /// The output widths of the head's linear layers.
  fileprivate var headSizes: [Int] {
    names.filter { $0.hasPrefix("1.layers.") && $0.hasSuffix(".weight") }
      .compactMap { name in shape(of: name).flatMap { $0.count == 2 ? $0[0] : nil } }
  }
}
