import Attribution
import Classifiers
import Documents
import Reports
import TerminalUI
import Testing

@Suite struct `an explanation` {
  private let model = Sample.model

  @Test func `is one line of JSON`() throws {
    let text = JSONReport(model: model).sample()
    #expect(text.hasSuffix("\n") && text.dropLast().allSatisfy { $0 != "\n" })
    #expect(text.contains("\"schema\": 1,"))
    #expect(text.contains("\"method\": \"by-hand\""))
    #expect(text.contains("\"class\": \"good\", \"index\": 1"))
    #expect(text.contains("\"probabilities\": [0.25, 0.75]"))
    #expect(text.contains("\"measures\": null"))
  }

  @Test func `is a row of CSV for each token, with its place in the text`() {
    let rows = CSVReport(model: model).sample().split(separator: "\n")
    #expect(
      rows.first
        == "index,method,target,token,text,id,start,end,special,score,standard_error,truncated,part"
    )
    #expect(rows.count == 1 + Sample.explained().units.count)
    #expect(
      rows.contains { $0.hasPrefix("0,by-hand,good,") && $0.hasSuffix(",good,7,5,9,false,2.0,,,0") }
    )
  }

  @Test func `keeps a formula from a spreadsheet only where it is for one`() {
    #expect(CSVReport(model: model).sample("=1+1 good").contains(",=1+1,"))
    #expect(CSVReport(model: model, form: .spreadsheet).sample("=1+1 good").contains(",'=1+1,"))
  }

  @Test func `is a page that loads nothing`() {
    let page = HTMLReport(model: model).sample()
    #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
    #expect(page.contains("default-src 'none'"))
    #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("<script"))
    #expect(page.contains("<span class=\"for5\" title=\"+2.000\">good</span>"))
    #expect(page.contains("<h2>by hand → good</h2>"))
    #expect(page.contains(">&amp;</span>"))
  }

  @Test func `is a picture, and several are one below the other`() {
    let report = SVGReport(model: model)
    var text = report.opening
    for index in 0..<2 {
      text += report.text(of: Sample.explained(), record: Sample.record(), index: index)
    }
    #expect(text.isEmpty)
    let picture = report.closing.text
    #expect(picture.hasPrefix("<svg xmlns=") && picture.hasSuffix("</svg>\n"))
    #expect(picture.matches(of: #/<svg/#).count == 3)
    #expect(picture.matches(of: #/<\/svg>/#).count == 3)
    let places = picture.matches(of: #/<svg y="([0-9.]+)"/#).compactMap { Double($0.output.1) }
    #expect(places.count == 2 && places[0] == 0 && places[1] > 100)
    #expect(picture.contains(">good</text>"))
  }

  @Test func `is Markdown with a level behind each word`() {
    let text = MarkdownReport(model: model).sample()
    #expect(text.hasPrefix("## by hand → good\n\ngood 0.750, bad 0.250\n"))
    #expect(text.contains("**good**⁺⁵"))
    #expect(text.contains(#/\*film\*⁻[¹²³⁴]/#))
    #expect(text.contains("| good | 2.0 |"))
    #expect(MarkdownReport(model: model).sample(isSigned: false).contains("**good**⁵"))
  }

  @Test func `is text with signs below the words where there is no paint`() throws {
    let text = TextReport(model: model).sample()
    #expect(!text.contains("\u{1B}"))
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let row = try #require(rows.firstIndex { $0.hasPrefix(Sample.text) })
    // a word is as wide as it is: no more signs than letters
    #expect(rows[row + 1] == "+    ++++ ---  · ·")
    #expect(text.contains("for good"))
  }

  @Test func `is text in colours where there is paint`() {
    let paint = TerminalPaint(theme: ThemeLibrary().preferred(.dark), colors: .indexed256)
    let text = TextReport(model: model, paint: paint).sample()
    #expect(text.contains("\u{1B}[") && text.contains("good"))
    #expect(!text.contains("+++++"))
  }

  /// A model whose weights are no numbers says none.
  @Test(arguments: OutputCatalog.standard.formats(writing: \.explanations))
  func `is written in every format where its numbers are none`(_ format: OutputFormat) throws {
    var explained = Sample.explained()
    explained.prediction.probabilities = [.nan, .infinity]
    explained.prediction.logits = [.nan, -.infinity]
    explained.attribution.scores = explained.attribution.scores.map { $0 > 0 ? .infinity : .nan }
    explained.attribution.targetValue = .nan
    explained.units = explained.attribution.scores(
      by: .token, of: explained.prediction.encoding)
    let report = try #require(format.explanations?(ReportSettings(model: model)))
    #expect(!report.whole(explained, record: Sample.record()).text.isEmpty)
  }

  @Test func `lets nothing through that a reader's program would obey`() {
    let hostile = "a\u{1B}[2J <script>x</script> \u{202E}b"
    let model = Sample.model(classes: ["<i>", "\u{1B}]0;t"])
    let reports: [any Report] = [
      JSONReport(model: model), HTMLReport(model: model), SVGReport(model: model),
      MarkdownReport(model: model), TextReport(model: model),
    ]
    for report in reports {
      let text = report.sample(hostile)
      #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" }, "\(report)")
      guard !(report is JSONReport || report is TextReport) else { continue }
      #expect(!text.contains("<script>") && !text.contains(" <i>"), "\(report)")
    }
  }
}
