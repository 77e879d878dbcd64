import Attribution
import Classifiers
import Datasets
import Documents
import Reports
import TerminalUI
import TestSupport
import Testing
import Tokenizers

private let model = Sample.model

/// Two candidates by hand: `able` counts 3 beside the query, `odd` counts -1, and the query's words
/// count by their length beside the first and 1 beside the second.
private func sample(
  _ query: String = "Good & bad", _ first: String = "able", _ second: String = "odd",
  isComplete: Bool = true
) -> ExplainedContrast {
  func candidate(
    _ rank: Int, _ text: String, probability: Float, score: Float
  ) -> ExplainedContrast.Candidate {
    let encoding = TinyTokenizer().encode(query, pair: text)
    let scores = encoding.pieces.map { piece -> Float in
      if piece.isSpecial { return 0 }
      return piece.part == 1 ? score : rank == 1 ? Float(piece.text.utf8.count) : 1
    }
    let explanation = ExplainedText(
      prediction: Prediction(
        encoding: encoding, logits: [0, score], probabilities: [1 - probability, probability],
        classIndex: probability > 0.5 ? 1 : 0),
      card: Sample.explained().card, target: Target(classIndex: 1),
      attribution: TokenAttribution(
        scores: scores, convergenceDelta: isComplete ? 0 : nil,
        targetValue: scores.reduce(0, +) + (isComplete ? Float(rank) : 0), evaluations: 2),
      seconds: 0.01)
    return ExplainedContrast.Candidate(rank: rank, index: 5 - rank, explanation: explanation)
  }
  return ExplainedContrast(
    first: candidate(1, first, probability: 0.75, score: 3),
    second: candidate(3, second, probability: 0.25, score: -1))
}

private func written(
  _ format: OutputFormat, _ contrast: ExplainedContrast, csvForm: CSVForm = .exact
) throws -> String {
  let writer = try #require(format.contrasts)
  func whole(_ report: some ContrastReport) -> String {
    let start = report.opening + report.text(of: contrast)
    return (start + report.closing).text
  }
  return whole(writer(ReportSettings(model: model, csvForm: csvForm)))
}

@Suite struct `a comparison of candidates` {
  @Test func `is written by every format of explanations but that of atoms`() {
    let catalog = OutputCatalog.standard
    #expect(
      catalog.formats(writing: \.contrasts).map(\.name)
        == catalog.formats(writing: \.explanations).map(\.name).filter { $0 != "atoms" })
  }

  @Test func `is text: the query and both candidates, and what adds up`() throws {
    let text = try written(.text, sample())
    #expect(text.hasPrefix("rank 1 0.750   rank 3 0.250\n"))
    // the query 3 + 0 + 2, the candidates 3 and 1
    #expect(
      text.contains(
        "by hand → good, rank 1 before rank 3: logit 12.00 and 5.000, difference +7.000: words "
          + "+9.000, with the explained words absent -2.000; completeness gap 0.000, 4 model passes"
      ))
    let rows = text.split(separator: "\n").map(String.init)
    let first = try #require(rows.firstIndex(of: "first text"))
    #expect(rows[first + 1] == "Good & bad" && rows[first + 2] == "++++ · +++")
    #expect(Array(rows[(first + 3)..<(first + 5)]) == ["rank 1", "able"])
    #expect(Array(rows[(first + 6)..<(first + 8)]) == ["rank 3", "odd"])
    #expect(text.contains("-3.000 for rank 3 ") && text.contains("for rank 1 +3.000"))
    #expect(text.contains("strongest words of the first text: Good +3.000, bad +2.000\n"))
    #expect(text.contains("strongest words of rank 3: odd +1.000\n"))
    #expect(try written(.ansi, sample()).contains("\u{1B}["))
  }

  @Test func `says where a method promises no sum, and where logits are the other way round`()
    throws
  {
    #expect(try !written(.text, sample()).contains("the other way round"))
    let text = try written(.text, sample(isComplete: false))
    #expect(text.contains("this method's scores need not add up to the difference"))
    #expect(!text.contains("absent"))
    var turned = sample()
    turned = ExplainedContrast(
      first: .init(rank: 1, index: 0, explanation: turned.second.explanation),
      second: .init(rank: 2, index: 1, explanation: turned.first.explanation))
    #expect(try !written(.text, turned).contains("the other way round"))
    var first = turned.first
    first.explanation.prediction.probabilities = [0, 1]
    turned = ExplainedContrast(first: first, second: turned.second)
    #expect(
      try written(.text, turned).contains(
        "the probabilities rank them, and the logits stand the other way round"))
  }

  @Test func `is an object of JSON with both explanations`() throws {
    let line = try written(.json, sample())
    #expect(line.hasSuffix("}\n") && line.dropLast().allSatisfy { $0 != "\n" })
    #expect(try written(.jsonl, sample()) == line)
    let json = try JSON(Array(line.utf8))
    #expect(json["schema"] == .integer(1) && json["text"] == .string("Good & bad"))
    #expect(json["ranks"] == .array([.integer(1), .integer(3)]))
    #expect(json["difference"]?.number == 7 && json["sum"]?.number == 9)
    #expect(json["reference_difference"]?.number == -2 && json["convergence_delta"]?.number == 0)
    let contributions = try #require(json["contributions"]).items
    #expect(contributions.compactMap { $0["score"]?.number }.reduce(0, +) == 9)
    let words = contributions.filter { $0["special"] == .bool(false) }
    #expect(words.map { $0["score"]?.number } == [3, 0, 2, 3, 1])
    #expect(
      words.map { $0["rank"] } == [.null, .null, .null, .integer(1), .integer(3)])
    #expect(words.last?["start"] == .integer(0) && words.last?["end"] == .integer(3))
    let both = try #require(json["candidates"]).items
    #expect(both.map { $0["pair"] } == [.string("able"), .string("odd")])
    #expect(both.map { $0["rank"] } == [.integer(1), .integer(3)])
    #expect(both.map { $0["index"] } == [.integer(4), .integer(2)])
    #expect(both.map { $0["scores"]?.items.compactMap(\.number).reduce(0, +) } == [11, 2])
    #expect(
      try JSON(Array(written(.json, sample(isComplete: false)).utf8))["reference_difference"]
        == .null)
  }

  @Test func `is a table of contributions in CSV and Markdown`() throws {
    let rows = try written(.csv, sample()).split(separator: "\n")
    #expect(
      rows.first == "method,target,rank,text,id,start,end,special,contribution,standard_error")
    #expect(rows.contains("by-hand,good,,Good,7,0,4,false,3.0,"))
    #expect(rows.contains("by-hand,good,3,odd,6,0,3,false,1.0,"))
    #expect(try written(.csv, sample("=1"), csvForm: .spreadsheet).contains(",'=1,"))
    let markdown = try written(.markdown, sample())
    #expect(
      markdown.hasPrefix("## by hand → good, rank 1 before rank 3\n\nrank 1 0.750, rank 3 0.250"))
    #expect(markdown.contains("first text:\n\n**Good**⁺⁵"))
    #expect(markdown.contains("| first text | Good | 3.0 |\n"))
    #expect(markdown.contains("| rank 3 | odd | 1.0 |\n"))
  }

  @Test func `is a page and a picture`() throws {
    let page = try written(.html, sample())
    #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
    #expect(page.contains("<h2>by hand → good, rank 1 before rank 3</h2>"))
    #expect(page.contains("<span class=\"for5\" title=\"+3.000\">able</span>"))
    #expect(page.contains("<p class=\"facts\">rank 3</p>"))
    let picture = try written(.svg, sample())
    #expect(picture.hasPrefix("<svg xmlns=") && picture.hasSuffix("</svg>\n"))
    #expect(picture.contains(">able</text>") && picture.contains(">rank 3</text>"))
  }

  @Test(arguments: OutputCatalog.standard.formats(writing: \.contrasts))
  func `is written where numbers are none and texts are hostile`(_ format: OutputFormat) throws {
    let hostile = "a\u{1B}[2J <script>x</script> \u{202E}b"
    var contrast = sample(hostile, hostile, hostile)
    var explanation = contrast.first.explanation
    explanation.attribution.scores = explanation.attribution.scores.map {
      $0 > 0 ? .nan : .infinity
    }
    explanation.attribution.targetValue = .nan
    explanation.prediction.probabilities = [.nan, .infinity]
    contrast = ExplainedContrast(
      first: .init(rank: 1, index: 0, explanation: explanation), second: contrast.second)
    let text = try written(format, contrast)
    #expect(!text.isEmpty)
    guard ![.csv, .ansi].contains(format) else { return }
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    guard ![.json, .jsonl, .text].contains(format) else { return }
    #expect(!text.contains("<script>"))
  }
}
