internal import Attribution
public import Classifiers
public import Datasets
internal import TerminalUI
internal import Tokenizers

/// A self-contained page: it runs no script and loads nothing, and the text is escaped.
public struct HTMLReport: Report, ContrastReport {
  let model: Model

  public init(model: Model) { self.model = model }

  public var opening: MarkupText {
    HTMLPage(
      title: model.name, width: "50em",
      style: """
        body { color: #1c1c1c; background: #ffffff }
        article { margin: 0 0 3em }
        h2 { font-size: 1em; margin: 0 0 .5em }
        .classes { display: grid; grid-template-columns: max-content max-content 1fr; gap: 0 1em;
          margin: 0 0 1em; font-variant-numeric: tabular-nums }
        .classes i { align-self: center; height: .7em; background: #8a8a8a }
        .text { font-size: 1.15em; line-height: 2; white-space: pre-wrap; overflow-wrap: anywhere;
          margin: 0 0 .5em }
        .text span { padding: .1em 0; border-radius: .2em }
        .legend b { padding: .1em .15em; border-radius: .2em; font-weight: inherit }
        .legend, .facts { color: #555555; font-size: .9em; margin: 0 }
        .unread { opacity: .45 }
        .seam { font-style: normal }
        .seam::before { content: "\(TextWindows.seam)"; color: #777777 }
        .curve { display: block; width: 20em; height: 5em; margin: 1em 0 .3em; color: #555555 }
        .molecule { display: block; max-width: 100%; height: auto; margin: 0 0 1em;
          background: #ffffff; border-radius: .3em }
        \(Self.rules(HeatColors.light))
        @media (prefers-color-scheme: dark) {
        body { color: #d0d0d0; background: #121212 }
        .legend, .facts, .curve { color: #9e9e9e }
        \(Self.rules(HeatColors.dark))
        }
        """
    ).opening
  }

  public var closing: MarkupText { HTMLPage.closing }

  public func text(of explanation: ExplainedText, record: TextRecord, index: Int) -> MarkupText {
    article(Caption(explanation, model: model))
  }

  public func text(of contrast: ExplainedContrast) -> MarkupText {
    article(Caption(contrast, model: model))
  }

  private func article(_ caption: Caption) -> MarkupText {
    let classes = caption.ranking.prefix(8).map { name, probability -> MarkupText in
      "<span>\(name)</span><span>\(Numerals.fixed(probability, 3))</span>"
        + "<i style=\"width:\(Numerals.percentage(min(max(probability, 0), 1)))%\"></i>"
    }.joined()
    let curves = caption.curves.map(Self.picture).joined()
    let notes = caption.notes.map { "<p class=\"facts\">\($0)</p>\n" as MarkupText }.joined()
    return """
      <article>
      <h2>\(caption.title)</h2>
      <div class="classes">\(classes)</div>
      \(Self.picture(caption))\(Self.texts(caption))
      <p class="legend">\(Self.legend(caption))</p>
      <p class="facts">\(caption.facts)</p>
      \(notes)\(curves)</article>

      """
  }

  /// On a white background also if the page is dark, because its colours are those of the light
  /// theme.
  private static func picture(_ caption: Caption) -> MarkupText {
    guard let picture = caption.picture(maxWidth: 760) else { return "" }
    return """
      <svg class="molecule" width="\(picture.width)" viewBox="0 0 \(picture.width) \(picture.height)" \
      font-family="Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif" role="img">
      \(picture.elements)
      </svg>

      """
  }

  /// A line over an axis, and below it what it shows.
  private static func picture(_ curve: Caption.Curve) -> MarkupText {
    let (width, height) = (Float(200), Float(50))
    let values = curve.curve.values.map { Float($0) }
    let span = curve.range.upperBound - curve.range.lowerBound
    let points = values.enumerated().map { index, value -> MarkupText in
      let x = Float(index) / Float(max(1, values.count - 1)) * width
      let y = span > 0 ? (curve.range.upperBound - value) / span * height : height / 2
      return "\(Numerals.fixed(x, 1)),\(Numerals.fixed(y, 1))"
    }.joined(separator: " ")
    return """
      <svg class="curve" viewBox="-1 -1 202 52" preserveAspectRatio="none" fill="none" \
      stroke="currentColor" role="img">
      <title>\(curve.sentence)</title>
      <path d="M0 0V50H200" stroke-width=".5"/>
      <polyline points="\(points)" stroke-width="1.5"/>
      </svg>
      <p class="facts">\(curve.sentence)</p>

      """
  }

  private static func texts(_ caption: Caption) -> MarkupText {
    caption.parts.map { part -> MarkupText in
      let label = part.label.map { "<p class=\"facts\">\($0)</p>\n" as MarkupText } ?? ""
      return label + "<p class=\"text\">\(painted(part, caption))</p>"
    }.joined(separator: "\n")
  }

  private static func painted(_ part: Caption.Part, _ caption: Caption) -> MarkupText {
    part.segments.map { segment in
      let text = segment.texts.map { MarkupText($0) }.joined(separator: seam)
      let start = segment.beginsWindow ? seam : ""
      guard let score = segment.score else {
        return start + (segment.isCut ? "<span class=\"unread\">\(text)</span>" : text)
      }
      let title =
        caption.isSigned && score > 0 ? "+" + Caption.number(score) : Caption.number(score)
      let role = heatRole(level: caption.level(of: score), isSigned: caption.isSigned)
      return start
        + "<span class=\"\(HeatColors.name(of: role))\" title=\"\(title)\">\(text)</span>"
    }.joined()
  }

  /// A window boundary is not a character, so that text copied from the page is the original text.
  private static let seam: MarkupText = "<i class=\"seam\" title=\"a window begins\"></i>"

  private static func legend(_ caption: Caption) -> MarkupText {
    let scale = Caption.number(caption.scale)
    func swatches(_ roles: [Role]) -> MarkupText {
      roles.map { "<b class=\"\(HeatColors.name(of: $0))\">&nbsp;&nbsp;</b>" as MarkupText }
        .joined()
    }
    guard caption.isSigned else {
      let ramp = swatches((1...5).map(Role.intensity))
      return "0 \(ramp) \(scale) &nbsp; \(Caption.intensity)"
    }
    let against = swatches((1...5).reversed().map { Role.heat(-$0) })
    let inFavour = swatches((1...5).map(Role.heat))
    return "\(caption.against) −\(scale) \(against) 0 \(inFavour) +\(scale) \(caption.inFavour)"
  }

  private static func rules(_ colors: HeatColors) -> MarkupText {
    colors.ramp.map { role, pair -> MarkupText in
      ".\(HeatColors.name(of: role)) { color: \(pair.foreground); background: \(pair.background) }"
    }.joined(separator: "\n")
  }
}
