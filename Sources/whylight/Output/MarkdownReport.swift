internal import Attribution
internal import Classifiers
internal import Datasets
internal import Explorer
internal import Tokenizers

/// Markdown: the text with each word's level behind it, and a table of the scores.
struct MarkdownReport: Report {
  let model: Model

  func text(of explanation: Explanation, record: TextRecord, index: Int) -> String {
    let caption = Caption(explanation, model: model)
    let classes = caption.ranking.prefix(5).map {
      "\(MarkdownText.escaped($0.name)) \(Numerals.fixed($0.probability, 3))"
    }
    var lines = [
      "## " + MarkdownText.escaped(caption.title), "", classes.joined(separator: ", "), "",
      painted(caption), "", MarkdownText.escaped(caption.facts), "", "| token | score |",
      "| --- | ---: |",
    ]
    lines += explanation.units.map {
      let text = $0.text.isEmpty ? " " : $0.text
      return "| \(MarkdownText.cell(text)) | \($0.score) |"
    }
    return lines.joined(separator: "\n") + "\n\n"
  }

  /// What speaks for the class is bold and what speaks against it slanted, each with its level from
  /// 1 to 5.
  private func painted(_ caption: Caption) -> String {
    caption.segments.map { segment in
      let text = MarkdownText.escaped(Markup.shown(segment.text)).replacing("\n", with: "  \n")
      let level = segment.score.map { caption.level(of: $0) } ?? 0
      guard level != 0 else { return text }
      let mark = level > 0 ? "**" : "*"
      let sign = caption.isSigned ? (level > 0 ? "⁺" : "⁻") : ""
      return mark + text + mark + sign + Self.superscripts[min(5, abs(level))]
    }.joined()
  }

  private static let superscripts = ["", "¹", "²", "³", "⁴", "⁵"]
}

/// Text inside of Markdown.
enum MarkdownText {
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_{}[]<>#|~&".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  /// One line, whatever it holds.
  static func cell(_ text: String) -> String {
    escaped(Markup.shown(text).map { $0.isNewline ? " " : "\($0)" }.joined())
  }
}
