internal import Attribution
internal import Classifiers
internal import Datasets
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Builds the shell command that prints what is on the screen.
enum ShellCommand {
  /// `whylight explain --method saliency --target positive 'Not bad.'`
  /// - Parameter measures: their names, where they are asked for too.
  static func explain(
    _ explanation: Explanation, summary: ModelSummary, measures: [String] = []
  ) -> String {
    let choice = explanation.job.choice
    var words = ["whylight", "explain"]
    words += model(summary)
    words += ["--method", choice.method]
    words += ["--target", quoted(summary.className(choice.classIndex))]
    if let versus = choice.versus { words += ["--versus", quoted(summary.className(versus))] }
    if let card = summary.method(named: choice.method)?.card,
      card.defaultQuantity != choice.quantity
    {
      words += ["--score", choice.quantity.rawValue]
    }
    words += options(explanation.job.options)
    words += measures.flatMap { ["--measure", $0] }
    words += text(explanation.texts)
    return words.joined(separator: " ")
  }

  /// `'Not bad.'`, or both texts of a pair; a text that looks like an option is preceded by `--`.
  static func text(_ texts: JoinedTexts) -> [String] {
    (texts.pair.map { ["--pair=" + quoted($0)] } ?? [])
      + (texts.text.hasPrefix("-") ? ["--"] : []) + [quoted(texts.text)]
  }

  /// `--model bace.pkl --tokenizer smiles`; nothing for the default.
  static func model(_ summary: ModelSummary) -> [String] {
    guard let argument = summary.argument.map({ ModelArgument($0) }) else { return [] }
    var words = ["--model", quoted(argument.model)]
    if let base = argument.base { words += ["--base", quoted(base)] }
    for (option, value) in argument.reading.words {
      words.append("--" + option)
      if let value { words.append(quoted(value)) }
    }
    if let tokenizer = argument.tokenizer { words += ["--tokenizer", quoted(tokenizer)] }
    return words
  }

  /// `--samples 512`
  static func options(_ options: ExplainerOptions) -> [String] {
    options.settings.flatMap { ["--" + $0.setting.name, quoted($0.value)] }
  }

  /// The text quoted so that a POSIX shell reads it back unchanged; unquoted if nothing in it is
  /// special.
  ///
  /// A terminal that pastes the command must not act on characters in it, such as the sequence that
  /// ends a paste, so hidden characters are written as escapes in `$'…'` (POSIX.1-2024; bash, zsh,
  /// ksh).
  static func quoted(_ text: String) -> String {
    if text.unicodeScalars.contains(where: { $0.isHidden && $0 != "\n" }) { return escaped(text) }
    let isBare =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "/"),
          UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
    guard !isBare else { return text }
    // Scalar by scalar, because a quote with a combining mark is one Character and still a quote.
    var result = String.UnicodeScalarView("'".unicodeScalars)
    for scalar in text.unicodeScalars {
      if scalar == "'" {
        result.append(contentsOf: #"'\''"#.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result) + "'"
  }

  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView("$'".unicodeScalars)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'", "\\":
        result.append("\\")
        result.append(scalar)
      case _ where scalar.isHidden:
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          // Three octal digits are complete, whatever follows them.
          let digits = String(byte, radix: 8)
          result.append(
            contentsOf: ("\\" + String(repeating: "0", count: 3 - digits.count) + digits)
              .unicodeScalars)
        }
      default: result.append(scalar)
      }
    }
    return String(result) + "'"
  }
}

extension State {
  /// The command for the map; nil while words are switched off, which no command can express.
  /// - Parameter measures: the names of the measures that it computes as well.
  func commandOfExplanation(measures: [String] = []) -> String? {
    guard let shown = explanations.shown, !isShownStale, let summary, off.isEmpty else {
      return nil
    }
    return ShellCommand.explain(shown, summary: summary, measures: measures)
  }
}
