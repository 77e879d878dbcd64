import Attribution
import Classifiers
import Explorer
import TerminalUI
import Testing
import Workbench

extension Stage {
  fileprivate mutating func send(_ event: Event, at seconds: Double) {
    _ = state.update(event, at: seconds)
  }
}

/// Behaviour 20 of the terminal's forty: at least two updates a second.
@Test func `while an explanation runs each tick of a quarter second changes the status`() throws {
  var stage = Stage("a brilliant film", summary: Lexicon.comparable)
  stage.answer()
  stage.control("p")
  stage.type("explainer lime")
  stage.press(.enter)
  let ticket = try #require(stage.state.asked.ticket(in: .explanation))
  #expect(stage.state.isWaiting)
  stage.send(.progress(ticket, Explain.Answer.expected(passes: 5001)), at: 1)
  var seen: [String] = []
  for tick in 1...12 {
    // The model needs a second for each of its calls.
    stage.send(.tick(opened: nil, passes: 64 * (1 + tick / 4)), at: 1 + Double(tick) / 4)
    seen.append(stage.rows[34])
  }
  #expect(Set(seen).count == 12)
  #expect(
    seen.last?.contains("LIME: 256 of 5,001 passes in 4.0 s, 74 s left; Ctrl-C stops") == true)
  stage.answer()
  #expect(!stage.state.isWaiting)
}

@Test(arguments: [Screen.explore, .compare])
func `while an explanation is measured the status says what, and how long`(screen: Screen) throws {
  var stage = Stage("a brilliant film", summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  if screen == .compare { stage.type("3") } else { stage.control("p") }
  if screen == .explore {
    stage.type("explainer lime")
    stage.press(.enter)
  }
  var found: (ticket: Ticket, question: MeasureTrust)?
  while found == nil, !stage.open.isEmpty {
    if case .ask(let ticket, let question) = stage.open[0],
      let question = question.base as? MeasureTrust, question.choice.method == "lime"
    {
      found = (ticket, question)
    } else {
      stage.answerNext()
    }
  }
  let (ticket, question) = try #require(found)
  func progress(_ seed: Int?) -> Event {
    .progress(
      ticket,
      MeasureTrust.Answer.measuring(
        TrustProgress(
          measure: "sufficiency", seed: seed.map { ($0, 5) }, expectedPasses: 4000)))
  }
  stage.send(progress(nil), at: 1)
  stage.send(.tick(opened: nil, measured: 1000), at: 3)
  #expect(stage.rows[34].contains("measuring LIME: sufficiency, 9.0 s left"))
  stage.send(progress(3), at: 3)
  stage.send(.tick(opened: nil, measured: 2000), at: 4)
  #expect(stage.rows[34].contains("measuring LIME: seed 3 of 5, 4.0 s left"))
  stage.send(.answer(ticket, Lexicon.trust(question)), at: 5)
  #expect(!stage.rows[34].contains("measuring LIME"))
}

@Test func `an explainer that can't read the text names one that can, and Enter chooses it`() throws
{
  var summary = Lexicon.comparable
  summary.methods.append(.init(card: Lexicon.card("shapley", "Shapley values", "Shap")))
  var stage = Stage("a brilliant film", summary: summary)
  stage.answer()
  stage.press(.escape)
  stage.type(":explainer shapley")
  stage.press(.enter)
  stage.failExplanation(
    "It takes at most 14 tokens, and this text has 24", instead: "lime")
  let text = "It takes at most 14 tokens, and this text has 24. Press Enter to use LIME instead."
  #expect(stage.screen.contains(text.prefix(60)) && stage.screen.contains("LIME"))
  stage.press(.enter)
  stage.answer()
  #expect(stage.state.settings.method == "lime" && stage.screen.contains("Why positive? · LIME"))
  #expect(stage.state.explore.focus == .heatmap)
}

@Test func `another explainer or class leaves the current word selected`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.press(.escape)
  stage.press(.home)
  stage.press(.right)
  for key in ["x", "t"] {
    stage.type(key)
    stage.answer()
    #expect(stage.state.currentUnit == 1, "\(key)")
  }
}

@Test func `the current word keeps its paint, between brackets`() throws {
  var stage = Stage("a brilliant film , good")
  stage.answer()
  stage.press(.escape)
  stage.press(.home)
  stage.press(.right)
  #expect(stage.screen.contains("a[brilliant]film"))
  #expect(stage.paint(of: "brilliant") == [.heat(5)])
  let place = try #require(stage.position(of: "[brilliant]"))
  let cell = stage.state.picture.frame[Position(column: place.column + 1, row: place.row)]
  #expect(!cell.style.attributes.contains(.reverse))
}

@Test func `without a sign row, the rows of the map have no gaps`() throws {
  let text = String(repeating: "good but dull ", count: 12)
  var stage = Stage(text)
  stage.answer()
  let top = try #require(stage.rows.firstIndex { $0.contains("─ Why ") || $0.contains("━ Why ") })
  #expect(stage.rows[top + 1].contains("dull") && stage.rows[top + 2].contains("dull"))
}

@Test func `no word is selected in the kept text A`() throws {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.press(.escape)
  stage.type("A")
  stage.answer()
  let frame = stage.state.picture.frame
  let head = try #require(stage.rows.lastIndex { $0.contains("A  positive") })
  let middle = 38
  let brackets = (0..<frame.size.columns).filter {
    ["[", "]"].contains(frame[Position(column: $0, row: head + 1)].cluster)
  }
  #expect(!brackets.isEmpty && brackets.allSatisfy { $0 > middle })
}

@Test func `the X-ray begins with the pieces and joins the steps that change nothing`() throws {
  var stage = Stage("A Brilliant film", columns: 120, rows: 36)
  stage.answer()
  stage.press(.escape)
  stage.type("z")
  stage.answer()
  let head = try #require(stage.rows.firstIndex { $0.contains("z X-ray") })
  #expect(stage.rows[head + 1].contains("pieces and ids"))
  #expect(stage.rows.contains { $0.contains("no change          rm_useless_spaces") })
  // A long text is wrapped between words.
  var long = Stage(String(repeating: "painfully predictable ", count: 12))
  long.answer()
  long.press(.escape)
  long.type("z")
  long.answer()
  for _ in 0..<8 { long.press(.down) }
  let shown = long.rows.filter { $0.contains("painfully") }
  #expect(shown.allSatisfy { !$0.contains("predictab ") && !$0.contains("painfull ") })
  #expect(long.rows.contains { $0.contains(" of ") && $0.contains("━╯") || $0.contains("━┛") })
}

/// A model that takes three seconds per text: every computation states its cost before it begins.
@Suite struct CostTests {
  @Test func `while a text is read, the time of the previous one is shown`() {
    var stage = Stage("a brilliant film")
    stage.answerNext(seconds: 3)
    stage.type("s")
    #expect(stage.rows[34].contains("reading 17 B… the previous 16 B took 3.0 s"))
    stage.answer(seconds: 3)
    #expect(!stage.rows[34].contains("reading"))
    // The cost of a fast model is not mentioned.
    var quick = Stage("a brilliant film")
    quick.answerNext(seconds: 0.2)
    quick.type("s")
    #expect(!quick.rows[34].contains("reading"))
  }

  @Test func `measuring an explanation shows its cost`() throws {
    var stage = Stage("a brilliant film", summary: Lexicon.comparable)
    var found: (ticket: Ticket, question: MeasureTrust)?
    while found == nil, !stage.open.isEmpty {
      if case .ask(let ticket, let question) = stage.open[0],
        let question = question.base as? MeasureTrust
      {
        found = (ticket, question)
      } else {
        stage.answerNext(seconds: 3)
      }
    }
    let (ticket, question) = try #require(found)
    stage.send(
      .progress(
        ticket,
        MeasureTrust.Answer.measuring(
          TrustProgress(measure: "sufficiency", expectedPasses: 400))), at: 1)
    #expect(
      stage.rows[34].contains(
        "measuring integrated gradients: 400 passes of 3.0 s (750 ms a token), about 20 min"))
    stage.send(.tick(opened: nil, measured: 100), at: 301)
    #expect(stage.rows[34].contains("measuring integrated gradients: sufficiency, 15 min left"))
    stage.send(.answer(ticket, Lexicon.trust(question)), at: 302)
    #expect(!stage.rows[34].contains("measuring"))
  }

  @Test func `removing the visible words shows its cost`() throws {
    var stage = Stage("a brilliant film")
    while !stage.open.isEmpty {
      if case .ask(_, let question) = stage.open[0], question.base is RemoveWords { break }
      stage.answerNext(seconds: 3)
    }
    #expect(stage.rows[34].contains(/removing each visible word: \d pass(es)? of 3.0 s/))
    stage.answer(seconds: 3)
    #expect(!stage.rows[34].contains("removing each visible word"))
  }

  @Test func `computing interactions shows its cost`() {
    var stage = Stage("a brilliant film", pair: "it was dull")
    stage.answer(seconds: 3)
    stage.press(.escape)
    stage.type("I")
    // The passes are for the text, each of its six words, and each pair of three words and three
    // words.
    #expect(stage.screen.contains("measuring, about 48 s"))
  }
}
