/// A model as a line: the value of `--model`, followed by those of `--base` and `--tokenizer`, for
/// the path prompt and the list of recent models: `bace.pkl --tokenizer smiles`,
/// `my adapter --base ../Qwen 0.5B`.
public struct ModelArgument: Sendable, Hashable {
  /// A file, a folder, the name of an embedded model, or a command after `exec:`.
  public var model: String
  /// The folder of an adapter's base model.
  public var base: String?
  public var tokenizer: String?
  /// The values of `--labels` and `--windows`.
  public var reading = ReadingOptions()

  public init(
    model: String, base: String? = nil, tokenizer: String?,
    reading: ReadingOptions = ReadingOptions()
  ) {
    self.model = model
    self.base = base
    self.tokenizer = tokenizer
    self.reading = reading
  }

  public init(_ line: String) {
    self.init(model: line, tokenizer: nil)
    // A command has options of its own.
    guard !line.hasPrefix(Model.externalPrefix) else { return }
    // A tokenizer's name may contain anything, so it comes last.
    tokenizer = Self.cut(&model, at: Self.tokenizerOption)
    reading = ReadingOptions(cutFrom: &model)
    base = Self.cut(&model, at: Self.baseOption)
  }

  public var line: String {
    // What follows a command would be the command's.
    if model.hasPrefix(Model.externalPrefix) { return model }
    return model + (base.map { Self.baseOption + $0 } ?? "") + reading.line
      + (tokenizer.map { Self.tokenizerOption + $0 } ?? "")
  }

  /// The same with changed paths.
  public func mapPaths(_ path: (String) -> String) -> ModelArgument {
    ModelArgument(
      model: path(model), base: base.map(path), tokenizer: tokenizer, reading: reading)
  }

  private static func cut(_ line: inout String, at option: String) -> String? {
    guard let found = line.firstRange(of: option) else { return nil }
    let value = String(line[found.upperBound...])
    line = String(line[..<found.lowerBound])
    return value
  }

  private static let tokenizerOption = " --tokenizer "
  private static let baseOption = " --base "
}
