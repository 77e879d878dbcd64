import Attribution
import Classifiers
import Explorer
import TerminalUI
import TestSupport
import Testing
import Tokenizers
import Workbench

private let example = "a brilliant film but painfully dull"

private func stage(
  _ text: String = example, columns: Int = 120, rows: Int = 36,
  colors: TerminalAbilities.Colors = .indexed256, isPlain: Bool = false,
  summary: ModelSummary = Lexicon.summary
) -> Stage {
  var stage = Stage(
    text, columns: columns, rows: rows, isPlain: isPlain, colors: colors, summary: summary)
  stage.answer()
  stage.press(.escape)
  stage.press(.home)
  stage.answer()
  return stage
}

extension Stage {
  fileprivate var curves: [MeasureRemovalCurves] { asked(MeasureRemovalCurves.self) }

  /// What the open page says, without the frame and with single blanks.
  fileprivate var page: String {
    let top = rows.lastIndex { $0.contains("Trajectory") || $0.contains("U Curve") } ?? 0
    return rows.dropFirst(top + 1).prefix { !$0.hasPrefix("┗") && !$0.hasPrefix("+") }
      .map { $0.dropFirst(2).prefix { !"│┃".contains($0) } }
      .joined(separator: " ").split(separator: " ").joined(separator: " ")
  }
}

@Test(arguments: [(120, 36), (80, 24), (200, 60)])
func `the curve says what the words that count most do to the answer`(columns: Int, rows: Int) {
  var stage = stage(columns: columns, rows: rows)
  #expect(stage.curves.isEmpty)
  stage.type("U")
  #expect(stage.curves.map(\.choice.method) == ["integrated-gradients"])
  #expect(stage.screen.contains("0 of 49 passes"))
  stage.answer()
  #expect(stage.screen.contains("49 passes") && !stage.screen.contains("of 49"))
  // dull and painfully; the random orders have the seeds 0 to 4
  #expect(
    stage.page.contains(
      "Without the 2 tokens of 6 that count most p(negative) falls from 0.95 to 0.21; "
        + "without 2 random ones it is 0.91: these words matter to the model."))
  #expect(
    snapshotProblem(stage.state.picture.frame, "curve-\(columns)x\(rows)", showsAttributes: true)
      == nil)
  // again closes it
  stage.type("U")
  #expect(stage.state.explore.focus == .heatmap && !stage.screen.contains("reversed"))
}

@Test func `the arrows go along the curve, and the words that are gone stand out above`() throws {
  var stage = stage()
  stage.type("U")
  stage.answer()
  // a is the fourth to go
  #expect(
    stage.page.contains(
      "without 4 of 6: a ── this order 0.14 ╌╌ random 0.61 ·· reversed 0.99"))
  stage.press(.home)
  #expect(stage.page.contains("this order 0.61 ╌╌ random 0.91 ·· reversed"))
  #expect(stage.page.contains("without 1 of 6: dull"))
  #expect(stage.screen.contains("[dull]"))
  stage.press(.right)
  #expect(stage.page.contains("without 2 of 6: painfully") && stage.screen.contains("[painfully]"))
  let frame = stage.state.picture.frame
  let row = try #require(stage.rows.firstIndex { $0.contains("[painfully]") })
  let column = try #require(stage.position(of: "[painfully]")?.column)
  func isMarked(_ offset: Int) -> Bool {
    frame[Position(column: column + offset, row: row)].style.attributes.contains(.underline)
  }
  // painfully, dull, and not but
  #expect(isMarked(1) && isMarked(12) && !isMarked(-2))
  stage.press(.end)
  #expect(stage.page.contains("without 6 of 6: brilliant") && stage.page.contains("order 0.55"))
  // the word that is selected elsewhere is looked at here
  stage.press(.tab, .shift)
  stage.press(.right)
  #expect(stage.screen.contains("[film]") && stage.page.contains("without 5 of 6: film"))
}

@Test func `a click on the curve selects the word that goes there`() throws {
  var stage = stage()
  stage.type("U")
  stage.answer()
  let axis = try #require(stage.rows.lastIndex { $0.contains("dull") && $0.contains("painfully") })
  let word = try #require(
    (0..<stage.state.picture.frame.size.columns).first { column in
      stage.rows[axis].dropFirst(column).hasPrefix("dull")
    })
  stage.click(column: word, row: axis - 2)
  #expect(stage.screen.contains("[dull]") && stage.page.contains("without 1 of 6: dull"))
  #expect(stage.state.explore.focus == .findings)
}

@Test func `each explainer has its curve, measured once`() {
  var stage = stage()
  stage.type("U")
  stage.answer()
  stage.type("x")
  stage.answer()
  #expect(stage.curves.map(\.choice.method) == ["integrated-gradients", "occlusion"])
  stage.type("X")
  stage.answer()
  #expect(stage.curves.count == 2 && stage.screen.contains("49 passes"))
  // the other class is another question
  stage.type("t")
  stage.answer()
  #expect(stage.curves.last?.choice.classIndex == 1 && stage.screen.contains("p(positive) "))
}

@Test func `control c ends the measuring of a curve, and r goes on with it`() {
  var stage = stage()
  stage.type("U")
  stage.control("c")
  #expect(stage.cancelled == [.whatIf])
  #expect(stage.screen.contains("cancelled; r in this pane resumes it"))
  stage.type("r")
  stage.answer()
  #expect(stage.screen.contains("49 passes") && !stage.screen.contains("cancelled"))
  stage.forgetLog()
  stage.type("r")
  #expect(stage.curves.count == 1)
}

@Test func `why there is no curve is said of the explainer that has none`() throws {
  var stage = stage()
  stage.type("U")
  let question = try #require(stage.curves.first)
  stage.fail(question, "the model has no padding token")
  #expect(stage.page.contains("the model has no padding token"))
  stage.forget()
  stage.type("x")
  stage.answer()
  #expect(stage.screen.contains("these words matter"))
  stage.type("X")
  stage.answer()
  #expect(stage.curves.count == 1 && stage.page.contains("the model has no padding token"))
  stage.type("r")
  stage.answer()
  #expect(stage.curves.count > 1 && stage.screen.contains("these words matter"))
}

@Test func `what is measured of an older text or of another explainer is not shown`() throws {
  var stage = stage()
  stage.type("U")
  stage.answer()
  stage.type("x")
  while stage.state.asked.isOpen(.explanation) { stage.answerNext() }
  #expect(!stage.screen.contains("these words matter"))
  stage.answer()
  #expect(stage.screen.contains("these words matter"))
  stage.type("r")
  let old = try #require(stage.state.asked.ticket(in: .whatIf))
  var question = try #require(stage.curves.last)
  question.encoding = LexiconTokenizer.numbered(question.encoding)
  let answer = try Lexicon.answer(to: question)
  stage.type("i")
  stage.type("!")
  #expect(!stage.state.asked.isOpen(.whatIf))
  let before = stage.state.picture.frame
  stage.send(.answer(old, answer))
  #expect(stage.state.picture.frame == before && !stage.screen.contains("these words matter"))
  stage.answer()
  #expect(stage.curves.last?.encoding.text.contains("!") == true)
}

@Test func `a curve is drawn while it grows`() throws {
  var stage = stage()
  stage.type("U")
  var question = try #require(stage.curves.first)
  question.encoding = LexiconTokenizer.numbered(question.encoding)
  let request = ExplanationRequest(
    model: Lexicon.model, encoding: question.encoding, target: question.choice.target)
  var parts: [RemovalCurves] = []
  _ = try RemovalCurves.measure(
    MeasureRequest(
      request: request, explainer: RandomControl(), attribution: question.attribution)
  ) { parts.append($0) }
  let ticket = try #require(stage.state.asked.ticket(in: .whatIf))
  var frames: [Frame] = []
  for part in parts.prefix(3) {
    stage.send(.progress(ticket, RemovalCurves?.some(part)))
    frames.append(stage.state.picture.frame)
  }
  #expect(frames[0] != frames[1] && frames[1] != frames[2])
  #expect(stage.screen.contains("╌╌ random") && !stage.screen.contains("reversed"))
  #expect(stage.screen.contains("14 of 49 passes"))
}

@Test func `a curve says so where an order tells nothing, or nothing has an effect`() {
  var nothing = stage("w w w w")
  nothing.type("U")
  nothing.answer()
  #expect(nothing.page.contains("stays at 0.55"))
  #expect(nothing.page.contains("whatever is removed hardly changes it."))

  var summary = Lexicon.summary
  summary.methods.append(.init(card: Lexicon.card("random", "random control", "Rnd")))
  var random = Stage(example, summary: summary)
  random.answer()
  random.control("x")
  random.control("x")
  random.control("x")
  random.answer()
  random.press(.escape)
  random.type("U")
  random.answer()
  #expect(random.curves.last?.choice.method == "random")
  #expect(random.page.contains("random orders do more, so this order tells little."))

  var one = stage("good")
  one.type("U")
  one.answer()
  #expect(one.page.contains("Without its only token p(positive) falls from 0.69 to 0.45."))
}

@Test func `curves are told apart without colours and without Unicode`() {
  var stage = stage(columns: 100, rows: 30, colors: .none, isPlain: true)
  stage.type("U")
  stage.answer()
  #expect(stage.screen.unicodeScalars.allSatisfy { $0.isASCII })
  for name in ["** this order", ".. random ", "oo reversed"] {
    #expect(stage.screen.contains(name), "\(name)")
  }
  #expect(snapshotProblem(stage.state.picture.frame, "curve-plain-100x30") == nil)
}

@Test func `a curve is copied as a table, and its command prints the areas`() throws {
  var stage = stage()
  stage.type("U")
  stage.answer()
  stage.type("y")
  let lines = try #require(stage.copied).split(separator: "\n").map(String.init)
  #expect(lines[0] == "removed\tlast\tp(negative)\trandom order\treversed")
  #expect(lines.count == 8 && lines[2].hasPrefix("1\tdull\t0.61"))
  stage.type("Y")
  #expect(
    stage.copied?.contains("--measure deletion-auc --measure insertion-auc") == true)
}

@Test func `the card of the trust strip names the key of the curve`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.press(.tab, .shift)
  stage.press(.enter)
  #expect(stage.screen.contains("U draws how the probability falls"))
}
