internal import Classifiers
internal import Reports
internal import Tokenizers

/// Messages for custom tokenizers.
extension Messages {
  static func sentence(_ tokenizer: UnknownSplitting) -> String {
    let guess = tokenizer.guess
    let fit =
      guess.whole == guess.tokens
      ? "all \(guess.tokens) of its tokens" : "\(guess.whole) of its \(guess.tokens) tokens"
    let tokens = tokenizer.examples.map { "'\($0)'" }.joined(separator: " ")
    return
      "its tokenizer, \(tokenizer.className), is Python code of the model's author, which is not"
      + " run; say how it splits a text with --tokenizer NAME: \(splittings). The vocabulary has"
      + " \(tokens); the best guess is --tokenizer '\(guess.splitting.name)', which leaves \(fit) whole"
  }

  static func sentence(_ error: SplittingError) -> String {
    switch error {
    case .unknown(let name):
      "'\(name)' does not say how a tokenizer splits; the names are \(splittings)"
    case .pattern(let pattern, let error):
      "the regular expression '\(pattern)' can't be read: \(fault(error))"
    }
  }

  private static let splittings = list(
    Splitting.names.map { $0 == "regex:" ? "regex:PATTERN" : $0 }, or: true)
}
