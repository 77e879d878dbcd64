internal import Attribution
internal import Classifiers

/// The command that prints what is on the screen.
enum ShellCommand {
  /// `whylight explain --method saliency --target positive 'Not bad.'`
  static func explain(
    _ explanation: Explanation, summary: ModelSummary
  ) -> String {
    let choice = explanation.job.choice
    var words = ["whylight", "explain"]
    if let argument = summary.argument { words += ["--model", quoted(argument)] }
    words += ["--method", choice.method]
    words += ["--target", quoted(summary.className(choice.classIndex))]
    if let card = summary.method(named: choice.method)?.card,
      card.defaultQuantity != choice.quantity
    {
      words += ["--score", choice.quantity.rawValue]
    }
    if explanation.text.hasPrefix("-") { words.append("--") }
    words.append(quoted(explanation.text))
    return words.joined(separator: " ")
  }

  /// As a POSIX shell reads it back unchanged; bare where nothing in it is special.
  static func quoted(_ text: String) -> String {
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
    // scalar by scalar: a quote with a combining mark is one Character and still a quote
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
}
