internal import Attribution
public import Classifiers
public import Datasets
internal import TerminalUI
internal import Tokenizers

/// A self-contained picture, with several results one below the other.
///
/// An SVG has one root element with one height, which is known only at the end. Each result is a
/// nested `svg` that begins where the one before it ends, so results are collected until `closing`.
public final class SVGReport: Report, ContrastReport {
  private enum Metrics {
    static let columns = 80
    static let cell = (width: 9.0, height: 30.0)
    static let margin = 24.0
    static let width = Double(columns) * cell.width + 2 * margin

    static func left(of column: Int) -> Double { margin + Double(column) * cell.width }
  }

  private let model: Model
  private var drawn: [MarkupText] = []
  private var height = 0.0

  public init(model: Model) { self.model = model }

  public func text(of explanation: ExplainedText, record: TextRecord, index: Int) -> MarkupText {
    draw(Caption(explanation, model: model))
    return ""
  }

  public func text(of contrast: ExplainedContrast) -> MarkupText {
    draw(Caption(contrast, model: model))
    return ""
  }

  private func draw(_ caption: Caption) {
    var lines: [MarkupText] = []
    var baseline = Metrics.margin + 12
    func write(_ text: String, size: Int, weight: MarkupText = "normal") {
      lines.append(
        "<text x=\"\(Metrics.margin)\" y=\"\(baseline)\" font-size=\"\(size)\""
          + " font-weight=\"\(weight)\">\(text)</text>")
      baseline += Double(size) * 1.6
    }
    write(caption.title, size: 15, weight: "bold")
    write(caption.classes(atMost: 4).joined(separator: "   "), size: 13)
    baseline += 8
    if let picture = caption.picture(maxWidth: Float(Metrics.width - 2 * Metrics.margin)) {
      let left = (Metrics.width - Double(picture.width)) / 2
      lines.append(
        "<g transform=\"translate(\(left) \(baseline - 12))\" font-family=\"Helvetica, Arial, "
          + "Liberation Sans, DejaVu Sans, sans-serif\">\(picture.elements)</g>")
      baseline += Double(picture.height) + 12
    }
    for part in caption.parts {
      if let label = part.label { write(label, size: 12) }
      for row in painted(part, caption) {
        lines.append(contentsOf: row.elements(baseline: baseline))
        baseline += Metrics.cell.height
      }
    }
    baseline += 6
    lines.append(contentsOf: legend(caption, baseline: baseline))
    baseline += 22
    write(caption.facts, size: 12)
    for note in caption.notes {
      for line in Self.lines(of: note) { write(line, size: 12) }
    }
    drawn.append(
      "<svg y=\"\(height)\" width=\"\(Metrics.width)\" height=\"\(baseline)\">"
        + lines.joined(separator: "\n") + "</svg>")
    height += baseline
  }

  private static func lines(of note: String) -> [String] {
    let layout = TextLayout(note, columns: 96)
    return (0..<layout.rowCount).map { row in
      layout.glyphs(inRow: row).map(\.glyph.text).joined()
    }
  }

  public var closing: MarkupText {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(Metrics.width)" height="\(height)" \
    viewBox="0 0 \(Metrics.width) \(height)" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace">
    <rect width="100%" height="100%" fill="#ffffff"/>
    \(drawn.joined(separator: "\n"))
    </svg>

    """
  }

  /// A part of one row in one colour.
  private struct Run {
    var column: Int
    var columns: Int
    var text: String
    var role: Role
  }

  private struct Row {
    var runs: [Run] = []
    /// The columns at which a window begins.
    var seams: [Int] = []

    mutating func add(_ glyph: TextLayout.PlacedGlyph, role: Role) {
      if let last = runs.last, last.role == role, last.column + last.columns == glyph.column {
        runs[runs.count - 1].text += glyph.glyph.text
        runs[runs.count - 1].columns += glyph.glyph.columns
      } else {
        runs.append(
          Run(
            column: glyph.column, columns: glyph.glyph.columns, text: glyph.glyph.text, role: role))
      }
    }

    func elements(baseline: Double) -> [MarkupText] {
      runs.flatMap { elements(of: $0, baseline: baseline) }
        + seams.map { column in
          let x = Metrics.left(of: column)
          return
            "<line class=\"seam\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(baseline - 20)\" y2=\"\(baseline + 10)\""
            + " stroke=\"#555555\" stroke-dasharray=\"4 3\"/>"
        }
    }

    private func elements(of run: Run, baseline: Double) -> [MarkupText] {
      let left = Metrics.left(of: run.column)
      let width = Double(run.columns) * Metrics.cell.width
      let pair = HeatColors.light.pair(for: run.role)
      let box: MarkupText =
        "<rect x=\"\(left)\" y=\"\(baseline - 17)\" width=\"\(width)\" height=\"24\" rx=\"3\""
      // textLength keeps the columns aligned with any font
      let text: MarkupText =
        "<text x=\"\(left)\" y=\"\(baseline)\" font-size=\"15\" textLength=\"\(width)\""
        + " lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\""
      let content: MarkupText = ">\(run.text)</text>"
      let grey: MarkupText = run.role == .dim ? " fill=\"#9e9e9e\"" : ""
      guard let pair else { return [text + grey + content] }
      return [
        "\(box) fill=\"\(pair.background)\"/>", "\(text) fill=\"\(pair.foreground)\"\(content)",
      ]
    }
  }

  private func painted(_ part: Caption.Part, _ caption: Caption) -> [Row] {
    let layout = TextLayout(part.text, columns: Metrics.columns)
    let units = part.painted.map.units
    var unit = 0
    var seams = part.painted.seams[...]
    return (0..<layout.rowCount).map { index in
      var row = Row()
      for glyph in layout.glyphs(inRow: index) {
        let offset = part.start + glyph.utf8Range.lowerBound
        while let seam = seams.first, seam < offset + glyph.utf8Range.count {
          if seam >= offset { row.seams.append(glyph.column) }
          seams.removeFirst()
        }
        while unit < units.count, units[unit].utf8Range.upperBound <= offset { unit += 1 }
        let isPainted = unit < units.count && units[unit].utf8Range.contains(offset)
        let role =
          isPainted
          ? heatRole(level: caption.level(of: units[unit].score), isSigned: caption.isSigned)
          : part.painted.isCut(offset) ? Role.dim : Role.text
        row.add(glyph, role: role)
      }
      return row
    }
  }

  private func legend(_ caption: Caption, baseline: Double) -> [MarkupText] {
    let scale = Caption.number(caption.scale)
    let roles = caption.isSigned ? (-5...5).map(Role.heat) : (0...5).map(Role.intensity)
    let left =
      caption.isSigned
      ? "−\(scale) \(caption.against)" : "0"
    let right =
      caption.isSigned
      ? "\(caption.inFavour) +\(scale)" : "\(scale)  \(Caption.intensity)"
    var x = Metrics.margin
    var elements: [MarkupText] = []
    func write(_ text: String) {
      let width = Double(DisplaySafe.columns(of: text)) * 7.5
      elements.append(
        "<text x=\"\(x)\" y=\"\(baseline)\" font-size=\"12\" textLength=\"\(width)\""
          + " lengthAdjust=\"spacingAndGlyphs\">\(text)</text>")
      x += width + 8
    }
    write(left)
    for role in roles {
      let fill = HeatColors.light.pair(for: role)?.background ?? "#ffffff"
      elements.append(
        "<rect x=\"\(x)\" y=\"\(baseline - 12)\" width=\"18\" height=\"16\" fill=\"\(fill)\""
          + " stroke=\"#cccccc\" stroke-width=\"0.5\"/>")
      x += 18
    }
    x += 8
    write(right)
    return elements
  }
}
