internal import Attribution
public import Classifiers
public import Datasets
internal import Tokenizers

/// Markdown: the text with the level of each word after it, and a table of the scores.
public struct MarkdownReport: Report, ContrastReport {
  let model: Model

  public init(model: Model) { self.model = model }

  public func text(of explanation: ExplainedText, record: TextRecord, index: Int) -> MarkdownText {
    let table: [MarkdownText] =
      ["| token | score |", "| --- | ---: |"]
      + explanation.units.map { "| \($0.text) | \($0.score) |" }
    return section(Caption(explanation, model: model), table)
  }

  public func text(of contrast: ExplainedContrast) -> MarkdownText {
    let table: [MarkdownText] =
      ["| text | token | contribution |", "| --- | --- | ---: |"]
      + contrast.units.map { "| \($0.place) | \($0.score.text) | \($0.score.score) |" }
    return section(Caption(contrast, model: model), table)
  }

  private func section(_ caption: Caption, _ table: [MarkdownText]) -> MarkdownText {
    let classes = caption.classes(atMost: 5).map { MarkdownText($0) }
    var lines: [MarkdownText] = [
      "## \(caption.title)", "", classes.joined(separator: ", "), "",
    ]
    for part in caption.parts {
      if let label = part.label { lines += ["\(label):", ""] }
      lines += [painted(part, caption), ""]
    }
    for line in [caption.facts] + caption.notes { lines += ["\(line)", ""] }
    return (lines + table).joined(separator: "\n") + "\n\n"
  }

  /// Words with positive scores are bold and words with negative scores italic, each with its level
  /// from 1 to 5.
  private func painted(_ part: Caption.Part, _ caption: Caption) -> MarkdownText {
    var whole: MarkdownText = ""
    // adjacent unmarked parts are escaped as one text, because a link may begin in one and end in
    // another
    var plain = ""
    for segment in part.segments {
      if segment.beginsWindow { plain += TextWindows.seam }
      let text = segment.texts.joined(separator: TextWindows.seam)
      let level = segment.score.map { caption.level(of: $0) } ?? 0
      guard level != 0 else {
        plain += text
        continue
      }
      let mark: MarkdownText = level > 0 ? "**" : "*"
      let sign = caption.isSigned ? (level > 0 ? "⁺" : "⁻") : ""
      whole += MarkdownText(lines: plain)
      plain = ""
      whole +=
        "\(mark)\(MarkdownText(lines: text))\(mark)\(sign)\(Self.superscripts[min(5, abs(level))])"
    }
    return whole + MarkdownText(lines: plain)
  }

  private static let superscripts = ["", "¹", "²", "³", "⁴", "⁵"]
}
