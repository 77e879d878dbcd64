import Attribution
import Classifiers
import Datasets
import Foundation
import Reports
import TerminalUI
import TestSupport
import Testing
import Tokenizers

/// Heat over a text that is read in windows shows where each begins, in every format that has the text.
@Suite struct SeamTests {
  /// Windows of four tokens with what stands around them, each two tokens behind the one before it.
  private func explained(
    _ text: String, pair: String? = nil, by name: String = "transformers/bert", tokens: Int = 6
  ) throws -> (model: Model, explanation: ExplainedText, windows: TextWindows) {
    var options = OpeningOptions()
    options.reading.windows = WindowReading(tokens: tokens)
    let model = try ModelOpener(embedded: []).open(fixture("parity/\(name)").path, with: options)
    let prediction = try model.predict(model.tokenizer.encode(text, pair: pair))
    let windows = try #require(model.windows(of: prediction.encoding))
    let explanation = ExplainedText(
      prediction: prediction, card: Sample.explained().card, target: Target(classIndex: 0),
      attribution: TokenAttribution(
        scores: prediction.encoding.pieces.map { $0.isSpecial ? 0 : 1 }, targetValue: 0.5,
        evaluations: 1),
      seconds: 0.01)
    return (model, explanation, windows)
  }

  private static let text = "film not bad and nothing"

  @Test func `seams are where the windows but the first begin`() throws {
    let (_, explanation, windows) = try explained(Self.text)
    #expect(windows.seams(in: explanation.prediction.encoding.joinedTexts) == [9])
  }

  @Test func `text has a line in the blank before a window, and one below a letter`() throws {
    let (model, explanation, _) = try explained(Self.text)
    let text = TextReport(model: model).whole(explanation, record: Sample.record()).text
    #expect(text.contains("\nfilm not┆bad and nothing\n++++ +++ +++ +++ +++++\n"))
    #expect(text.contains("their logits are averaged; ┆ marks where a window begins\n"))
    let paint = TerminalPaint(theme: ThemeLibrary().preferred(.dark), colors: .indexed256)
    let painted = TextReport(model: model, paint: paint)
    #expect(painted.whole(explanation, record: Sample.record()).text.contains("┆"))
    // Within a word there is no blank.
    let (_, within, windows) = try explained("film good")
    #expect(windows.seams(in: within.prediction.encoding.joinedTexts) == [6])
    let signs = TextReport(model: model).whole(within, record: Sample.record()).text
    #expect(signs.contains("\nfilm good\n"))
    #expect(signs.split(separator: "\n").contains { $0.hasSuffix("   +┆++") })
  }

  @Test func `a page has a sign that is no character of the text`() throws {
    let (model, explanation, _) = try explained(Self.text)
    let page = HTMLReport(model: model).whole(explanation, record: Sample.record()).text
    let seam = #"<i class="seam" title="a window begins"></i>"#
    #expect(page.contains(#"not</span> \#(seam)<span class="for5""#))
    #expect(page.contains(#".seam::before { content: "┆""#))
    #expect(page.contains("; ┆ marks where a window begins</p>"))
    let (_, within, _) = try explained("film good")
    let cut = HTMLReport(model: model).whole(within, record: Sample.record()).text
    #expect(cut.contains(">g\(seam)ood</span>"))
    #expect(page.matches(of: #/<i class="seam"/#).count == 1)
  }

  @Test func `Markdown has it before the word's mark`() throws {
    let (model, explanation, _) = try explained(Self.text)
    let text = MarkdownReport(model: model).whole(explanation, record: Sample.record()).text
    #expect(text.contains("**not**⁺⁵ ┆**bad**⁺⁵"))
    #expect(text.contains("; ┆ marks where a window begins"))
  }

  @Test func `a picture has a dashed line at the left of the word`() throws {
    let (model, explanation, _) = try explained(Self.text)
    let picture = SVGReport(model: model).whole(explanation, record: Sample.record()).text
    #expect(picture.matches(of: #/<line class="seam"/#).count == 1)
    // nine columns of nine, behind a margin of 24
    #expect(picture.contains(#"<line class="seam" x1="105.0" x2="105.0""#))
    #expect(picture.contains("where a window begins"))
  }

  @Test func `of two texts the seams are in the one that is cut`() throws {
    let long = "nothing bad is not a film and not all is bad"
    let (model, explanation, windows) = try explained(
      "a film", pair: long, by: "pairs/bert", tokens: 12)
    #expect(windows.part == 1)
    let starts = windows.utf8Ranges.dropFirst().map(\.lowerBound)
    #expect(
      windows.seams(in: explanation.prediction.encoding.joinedTexts) == starts.map { $0 + 7 })
    let picture = SVGReport(model: model).whole(explanation, record: Sample.record()).text
    #expect(picture.matches(of: #/<line class="seam"/#).count == starts.count)
    let page = HTMLReport(model: model).whole(explanation, record: Sample.record()).text
    #expect(page.contains("<p class=\"text\"><span class=\"for") && page.contains("second text"))
    #expect(page.matches(of: #/<i class="seam"/#).count == starts.count)
  }

  @Test func `a text that is read at once has none`() throws {
    for report: any Report in [
      HTMLReport(model: Sample.model), MarkdownReport(model: Sample.model),
      SVGReport(model: Sample.model), TextReport(model: Sample.model),
    ] {
      let text = report.sample()
      #expect(!text.contains("where a window begins") && !text.contains("class=\"seam\""))
    }
  }
}
