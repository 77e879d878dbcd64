import Checkpoints
import Classifiers
import Datasets
import TestSupport
import Testing
import Workbench

private func file(_ text: String, name: String = "README.md", count: Int? = nil) -> CardFile {
  let bytes = Array(text.utf8)
  return CardFile(name: name, bytes: bytes, count: count ?? bytes.count)
}

@Test func `a model is described by its facts and by its makers' page`() throws {
  let asked = Collected<String?>()
  let bench = Bench(
    model: .tiny(TinyClassifier(link: .sigmoid)),
    card: { argument in
      asked.add(argument)
      return .found(file("# Title\n\nwords"))
    }, remarks: ["the threshold is taken to be 0.5"])
  let answer = try DescribeModel(argument: "models/mine", seat: .main).run(in: bench.lab()).answer
  #expect(asked.all == ["models/mine"])
  #expect(answer.card?.lines == [.heading("Title"), .blank, .text("words")])
  func value(_ name: String) -> String? { answer.facts.first { $0.name == name }?.value }
  #expect(
    value("answers with") == "for each of 3 classes whether it applies: class 0, class 1, class 2")
  #expect(value("tokenizer") == "words by their length" && value("longest text") == "any length")
  #expect(value("beware") == "the threshold is taken to be 0.5")
}

@Test func `of a model that is not open only the page is read`() throws {
  let bench = Bench(card: { _ in .unreadable("README.md: no permission") })
  let answer = try DescribeModel(argument: "other", seat: nil).run(in: Lab(bench)).answer
  #expect(answer == DescribeModel.Answer(facts: [], problem: "README.md: no permission"))
  let none = try DescribeModel(argument: "other", seat: nil).run(in: Bench.empty).answer
  #expect(none == DescribeModel.Answer(facts: []))
}

@Suite struct `the text of a model's card` {
  private func lines(_ text: String) -> [ModelCardText.Line] { ModelCardText(file(text)).lines }

  @Test(arguments: [
    "---\nlicense: mit\n---\n# A", "\u{FEFF}---\r\nlicense: mit\r\n---\r\n# A",
    "---\na: 1\n...\n\n# A", "---\n---\n# A", "# A",
  ])
  func `has no front matter`(text: String) { #expect(lines(text) == [.heading("A")]) }

  @Test func `keeps what only begins like a front matter`() {
    #expect(lines("---\nnot closed") == [.text("--- not closed")])
    #expect(lines("words\n---\nmore\n---") == [.text("words --- more ---")])
  }

  @Test func `joins the lines of a paragraph and keeps those of lists, tables and code apart`() {
    let text = """
      one
      two
      - first
        and on
      - second
      3. third

      | a | b |
      | :-- | --: |
      | 1 | 2 |
      ```python
      x  =  1

      | no table |
      ```
      ## Last ##


      end
      """
    #expect(
      lines(text) == [
        .text("one two"), .text("- first and on"), .text("- second"), .text("3. third"), .blank,
        .verbatim("a   b"), .verbatim("1   2"), .verbatim("x  =  1"), .verbatim(""),
        .verbatim("| no table |"), .heading("Last ##"), .blank, .text("end"),
      ])
  }

  @Test func `is anything at all, cut where it was cut`() {
    #expect(lines("").isEmpty && lines("\n\n \n").isEmpty && lines("---").count == 1)
    #expect(lines("|\n||\n| - |").isEmpty)
    let broken = CardFile(name: "README.md", bytes: [0xFF, 0xC3, 0x0A, 0xE6, 0xBC], count: 90)
    let card = ModelCardText(broken)
    #expect(card.isCut && card.lines.count == 1)
  }
}

@Test func `another threshold is the same model that decides otherwise`() throws {
  var bench = Bench(model: .tiny(TinyClassifier(link: .sigmoid)))
  bench.opening = { _, _ in throw CancellationError() }
  var lab = bench.lab()
  let opened = try SetThreshold(0.25).run(in: lab).answer
  #expect(opened.model.rule.thresholds == [0.25] && opened.summary.threshold == 0.25)
  #expect(opened.summary.thresholds == [0.25] && opened.options.reading.threshold == 0.25)
  lab.seat(opened, in: .main)
  let own = try SetThreshold(nil).run(in: lab).answer
  #expect(own.model.rule.thresholds == [0.5] && own.summary.threshold == nil)
  #expect(own.options.reading.threshold == nil)
  #expect(throws: ModelOpeningError.noThreshold(model: "tiny")) {
    _ = try SetThreshold(0.25).run(in: Bench().lab())
  }
}

@Test func `a threshold is remembered with its model, but not with a program`() throws {
  let model = Model.tiny(TinyClassifier(link: .sigmoid))
  for (argument, line) in [
    ("tags --windows 64", "tags --windows 64 --threshold 0.25"), ("exec:tags", "exec:tags"),
  ] {
    var lab = Bench.empty
    lab.seat(
      OpenedModel(model, summary: ModelSummary(model, argument: argument), name: argument),
      in: .main)
    #expect(try SetThreshold(0.25).run(in: lab).answer.summary.argument == line)
  }
}

@Test func `rows are judged by the threshold that the user set`() throws {
  let bench = Bench(model: .tiny(TinyClassifier(link: .sigmoid)))
  var lab = bench.lab(Rows(8))
  func given(_ threshold: Float) throws -> Int {
    lab.seat(try SetThreshold(threshold).run(in: lab).answer, in: .main)
    var count = 0
    for case .scored(let chunk, _) in try ScoreRows().run(in: lab).progress {
      count += (0..<chunk.count).reduce(0) { $0 + chunk.example($1).predicted.classes.count }
    }
    return count
  }
  let (low, high) = (try given(0.001), try given(0.999))
  #expect(low == 7 * 3 && high == 0)
}
