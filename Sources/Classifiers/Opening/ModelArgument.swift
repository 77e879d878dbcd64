/// A model as a line: what `--model` takes, and behind it what `--tokenizer` takes, so that a path prompt
/// and a list of the last models hold both: `bace.pkl --tokenizer smiles`.
public struct ModelArgument: Sendable, Hashable {
  /// A file, a folder, an embedded model's name, or a command behind `exec:`.
  public var model: String
  public var tokenizer: String?

  public init(model: String, tokenizer: String?) {
    self.model = model
    self.tokenizer = tokenizer
  }

  public init(_ line: String) {
    // A command has options of its own.
    guard !line.hasPrefix(Model.externalPrefix), let option = line.firstRange(of: Self.option)
    else {
      self.init(model: line, tokenizer: nil)
      return
    }
    self.init(
      model: String(line[..<option.lowerBound]), tokenizer: String(line[option.upperBound...]))
  }

  public var line: String { tokenizer.map { model + Self.option + $0 } ?? model }

  private static let option = " --tokenizer "
}
