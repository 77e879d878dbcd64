/// A model as a line: what `--model` takes, and behind it what `--base` and `--tokenizer` take, so that a path
/// prompt and a list of the last models hold them all: `bace.pkl --tokenizer smiles`,
/// `my adapter --base ../Qwen 0.5B`.
public struct ModelArgument: Sendable, Hashable {
  /// A file, a folder, an embedded model's name, or a command behind `exec:`.
  public var model: String
  /// The folder of the model that an adapter is put on.
  public var base: String?
  public var tokenizer: String?
  /// What `--labels` and `--windows` say.
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
    // A tokenizer's name may hold anything, so it comes last.
    tokenizer = Self.cut(&model, at: Self.tokenizerOption)
    reading = ReadingOptions(cutFrom: &model)
    base = Self.cut(&model, at: Self.baseOption)
  }

  public var line: String {
    model + (base.map { Self.baseOption + $0 } ?? "") + reading.line
      + (tokenizer.map { Self.tokenizerOption + $0 } ?? "")
  }

  /// The same with other paths.
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
