public import Checkpoints
internal import Tensors
internal import Tokenizers

/// An opened model of the user's, with everything that is needed to write it as a folder.
public struct ImportedModel: Sendable {
  public let model: Model
  public let checks: [SelfCheck]
  private let content: Content

  private enum Content {
    case saved(SavedClassifier)
    case folder(HuggingFaceFolder, ModelFiles)
  }

  /// Records the model's outputs for a dozen texts.
  /// - Throws: errors of the classifier.
  init(model: Model, saved: SavedClassifier) throws {
    self.model = model
    checks = try Self.checks(of: model)
    var saved = saved
    saved.name = model.name
    saved.selfChecks = checks
    content = .saved(saved)
  }

  /// - Throws: errors of the classifier.
  init(model: Model, folder: HuggingFaceFolder, files: ModelFiles) throws {
    self.model = model
    checks = try Self.checks(of: model)
    content = .folder(folder, files)
  }

  private static func checks(of model: Model) throws -> [SelfCheck] {
    let predictions = try Self.texts(for: model).map { try model.predict($0) }
    // JSON has no NaN, which a model with broken weights may give.
    return predictions.filter { $0.probabilities.allSatisfy(\.isFinite) }.map {
      SelfCheck(text: $0.encoding.text, ids: $0.encoding.ids, probabilities: $0.probabilities)
    }
  }

  /// The files of the model's folder.
  /// - Throws: `CheckpointError` if a file of the source cannot be read.
  public func files(card: String) throws -> [ModelFolder.OutputFile] {
    switch content {
    case .saved(let saved): ModelFolder.files(of: saved, card: card)
    case .folder(let folder, let files):
      try folder.outputFiles(besides: files, checks: checks, card: card)
    }
  }

  /// Six texts that tokenizers treat differently, and six of the model's own words; one is longer
  /// than a chunk.
  static func texts(for model: Model) -> [String] {
    let words = model.tokenizer.vocabulary.filter { !$0.hasPrefix("xx") && !$0.isEmpty }
    func own(_ count: Int, step: Int) -> String {
      guard !words.isEmpty else { return "" }
      return (0..<count).map { words[($0 * step + step) % words.count] }.joined(separator: " ")
    }
    return [
      "", "Not bad at all.", "It's SO good!!! I can't wait to see it again...",
      "“Warm & wise” — 4/5 stars, says my mother <br /> (née Müller).",
      "no no no no way: 1,000.50 € for #this?\n\nhttp://example.org/a?b=c",
      "日本語 и русский 👍🏽 zyxomatic",
      own(1, step: 1), own(5, step: 3), own(12, step: 7), own(20, step: 31), own(30, step: 101),
      own(80, step: 13),
    ]
  }
}
