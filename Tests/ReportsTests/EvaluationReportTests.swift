import Classifiers
import Datasets
import Documents
import Reports
import Testing

@Suite struct `an evaluation` {
  private static let name = "reviews & more.csv"

  /// Three good rows, one of them judged wrongly, and a row without a label.
  private static func result() throws -> EvaluationResult {
    let text = "text,label\ngood <b>,good\ndull,bad\nfine,bad\nnone,\n"
    let reader = DatasetReader(
      try TextFormatCatalog.format(ofFile: "a.csv", first: Array(text.utf8)),
      classes: ["bad", "good"],
      isMultiLabel: false)
    var source = TableSource(ByteStream(Array(text.utf8)))
    var tally = EvaluationTally(classes: ["bad", "good"], link: .softmax, topLosses: 5)
    let logits: [String: [Float]] = ["good <b>": [-2, 2], "dull": [1, -1], "fine": [-1, 1]]
    let facts = try reader.read(&source, limit: nil) { line in
      switch line {
      case .example(let example):
        tally.add(
          example,
          Judgement(logits: logits[example.text] ?? [0, 0], gold: example.gold, link: .softmax))
      case .bad(let row): tally.add(row)
      }
    }
    return EvaluationResult(evaluation: tally.evaluation, facts: facts, seconds: 2)
  }

  /// Right is the second model.
  private static let difference = AgainstResult.Difference(
    example: Example(index: 3, line: 5, content: .text("a <"), gold: .one(0), id: "r7"),
    first: Judgement(logits: [-1, 1], gold: .one(0), link: .softmax),
    second: Judgement(logits: [1, -1], gold: .one(0), link: .softmax))

  private static func report(_ result: EvaluationResult) -> ClassificationReport {
    ClassificationReport(result, model: Sample.model, data: name) { _ in "told <so>" }
  }

  @Test func `is text for people`() throws {
    let text = Self.report(try Self.result()).text.text
    #expect(text.hasPrefix("tiny on reviews & more.csv: 3 rows in 2.0 s\n"))
    #expect(text.contains("accuracy 0.6667"))
    #expect(text.contains("columns: text \"text\", label \"label\""))
    #expect(text.contains("1 row could not be read:\n  line 5: told <so>"))
    #expect(text.contains("1  bad predicted as good"))
    #expect(text.contains("largest losses"))
  }

  @Test func `is JSON`() throws {
    let text = ("\(Self.report(try Self.result()).json)" as JSONText).text
    #expect(text.contains("\"rows\": 3,") && text.contains("\"bad_row_count\": 1,"))
    #expect(text.contains("\"error\": \"told <so>\""))
    #expect(text.contains("\"confusion\": [[1, 1], [0, 1]]"))
    #expect(text.contains("\"against\": null"))
  }

  @Test func `is CSV, the scores by class`() throws {
    let rows = Self.report(try Self.result()).csv(.exact).text.split(separator: "\n")
    #expect(rows.first == "class,precision,recall,f1,support")
    #expect(rows.contains("bad,1.0,0.5,0.6666666666666666,2"))
    #expect(rows.contains { $0.hasPrefix("macro avg,") })
  }

  @Test func `is a page with everything escaped`() throws {
    let page = Self.report(try Self.result()).html.text
    #expect(page.contains("<h1>tiny on reviews &amp; more.csv</h1>"))
    #expect(page.contains("told &lt;so&gt;") && page.contains("good &lt;b&gt;"))
    #expect(!page.contains("<so>") && page.hasSuffix("</html>\n"))
  }

  @Test func `says beside whom a second model is right`() throws {
    var result = try Self.result()
    var agreement = ModelAgreement(classes: 2)
    agreement.add(gold: .one(1), first: .one(1), second: .one(1))
    agreement.add(gold: .one(0), first: .one(1), second: .one(0))
    result.against = AgainstResult(
      name: "other", architecture: "tiny", agreement: agreement, accuracy: 1, truncatedRows: 0,
      differences: [Self.difference])
    let report = Self.report(result)
    #expect(report.text.text.contains("against other\naccuracy 1.0000 (tiny: 0.6667)"))
    #expect(report.text.text.contains("1  only other right"))
    #expect(report.html.text.contains("<h2>Against other</h2>"))
    #expect(("\(report.json)" as JSONText).text.contains("\"only_second_right\": 1"))
    let difference = report.json["against"]?["differences"]?.items.first
    #expect(difference?["id"] == .string("r7") && difference?["pair"] == .null)
    #expect(difference?["first"] == .string("good") && difference?["second"] == .string("bad"))
    #expect(
      report.html.text.contains(
        "<td class=\"name\">3</td><td>good</td><td>bad</td><td>bad</td><td class=\"text\">a &lt;</td>"
      ))
  }

  @Test func `of no row says that none counts`() throws {
    var result = try Self.result()
    result.evaluation =
      EvaluationTally(classes: ["bad", "good"], link: .softmax, topLosses: 5)
      .evaluation
    #expect(Self.report(result).notes == ["no row counts: none has a label that could be read"])
    result.condition = "p>2"
    #expect(Self.report(result).notes == ["no row counts: none with a label matches p>2"])
  }

  @Test func `of numbers is text, JSON, CSV and a page`() throws {
    var tally = RegressionTally(outputs: ["good"], worst: 3)
    tally.add(BadRow(index: 1, line: 3, problem: .notUTF8))
    let result = RegressionResult(
      evaluation: tally.evaluation, facts: try Self.result().facts, seconds: 1)
    let report = RegressionReport(
      result, model: Sample.model(classes: ["good"]), data: Self.name
    ) { _ in "told" }
    #expect(report.text.text.contains("1 row could not be read:\n  line 3: told"))
    #expect(("\(report.json)" as JSONText).text.contains("\"task\": \"regression\""))
    #expect(report.csv(.exact).text.hasPrefix("output,mae,rmse,r2,pearson,spearman\ngood,"))
    #expect(report.html.text.hasSuffix("</html>\n"))
    #expect(report.html.text.contains("<h2>1 row could not be read</h2>"))
    #expect(report.html.text.contains("<td class=\"text\">told</td>"))
  }

  /// A figure of no row is none: null in JSON, an empty cell on a page.
  @Test func `of numbers tells how the file was read, and no number of no row`() throws {
    var tally = RegressionTally(outputs: ["good"], worst: 3)
    for index in 0..<12 { tally.add(BadRow(index: index, line: index + 2, problem: .notUTF8)) }
    let result = RegressionResult(
      evaluation: tally.evaluation, facts: try Self.result().facts, seconds: 1)
    let report = RegressionReport(
      result, model: Sample.model(classes: ["good"]), data: Self.name
    ) { _ in "told" }
    let data = report.json["data"]
    #expect(data?["file"] == .string(Self.name) && data?["label_column"] == .string("label"))
    #expect(data?["label_columns"] == .array([.string("label")]))
    #expect(data?["encoding"] == Self.report(try Self.result()).json["data"]?["encoding"])
    let text = ("\(report.json)" as JSONText).text
    #expect(text.contains("\"rows\": 0,") && text.contains("\"pearson\": null"))
    #expect(report.html.text.contains("<td class=\"text\">good</td><td></td>"))
    #expect(report.text.text.contains("  line 11: told\n  and 2 more\n"))
    #expect(!report.isWhole)
  }
}
