import Reports
import Testing

/// A clock that moves only where a test says so, and what was written beside it.
private final class Watch {
  var now = Duration.zero
  var lines: [String] = []
  var shown: [String] = []
  var passes = 0

  /// A pass of a model that takes so long.
  func pass(seconds: Double) {
    now += .seconds(seconds)
    passes += 1
  }

  func line(isTerminal: Bool, reported: ReportedCosts = ReportedCosts()) -> ProgressLine {
    ProgressLine(isTerminal: isTerminal, reported: reported) { [self] in
      now
    } say: { [self] in
      lines.append($0.text)
    } replace: { [self] in
      shown.append($0.text)
    }
  }

  /// Of a pass whose first measurement is given, and that takes so long from then on.
  func cost(of passes: Int, first: Double, then seconds: Double) -> PassCost {
    var pass = PassTime(seconds: first, tokens: 64)
    return pass.cost(passes: passes) {
      now
    } again: {
      self.pass(seconds: seconds)
    }
  }
}

/// What a computation costs is said before it begins.
@Suite struct PassCostTests {
  @Test func `a cost is passes by seconds, with what a token costs`() {
    let cost = PassCost(passes: 65, secondsPerPass: 1.28, tokens: 64)
    #expect(cost.sentence == "65 passes of 1.3 s, about 83 s")
    #expect(cost.sentenceWithToken == "65 passes of 1.3 s (20 ms a token), about 83 s")
    #expect(
      PassCost(passes: 1, secondsPerPass: 3, tokens: 0).sentence == "1 pass of 3.0 s, about 3.0 s")
    let rows = PassCost(passes: 65, secondsPerPass: 1.28, tokens: 64, texts: 100)
    #expect(
      rows.sentenceWithToken == "65 passes of 1.3 s (20 ms a token), about 2.3 h for 100 texts")
  }

  @Test func `a slow first pass is measured again before it counts many times`() {
    // The weights had to be read: a second pass is quick.
    let watch = Watch()
    #expect(!watch.cost(of: 65, first: 1, then: 0.01).isLong && watch.passes == 1)
    // A model that is slow stays so.
    let slow = Watch().cost(of: 65, first: 4, then: 1.5)
    #expect(slow == PassCost(passes: 65, secondsPerPass: 1.5, tokens: 64))
    // Beside few passes one more would be much, and what is short needs none.
    let few = Watch()
    #expect(few.cost(of: 3, first: 4, then: 1).secondsPerPass == 4)
    #expect(few.cost(of: 65, first: 0.001, then: 1).secondsPerPass == 0.001)
    #expect(few.passes == 0)
  }

  @Test func `elsewhere than on a terminal one line stands before the work`() {
    let watch = Watch()
    let line = watch.line(isTerminal: false)
    line.begin("saliency", PassCost(passes: 2, secondsPerPass: 1.28, tokens: 64))
    #expect(watch.lines.isEmpty)
    line.begin("lime", PassCost(passes: 1000, secondsPerPass: 1.28, tokens: 64))
    #expect(watch.lines == ["lime: 1,000 passes of 1.3 s (20 ms a token), about 21 min"])
    watch.now = .seconds(10)
    line.advance(passes: 8)
    line.clear()
    #expect(watch.lines.count == 1 && watch.shown.isEmpty)
  }

  @Test func `on a terminal it is followed by how far the work is`() {
    let watch = Watch()
    let line = watch.line(isTerminal: true)
    line.begin("lime", PassCost(passes: 1000, secondsPerPass: 0.1, tokens: 64))
    watch.now = .seconds(10)
    line.advance(passes: 250)
    line.advance(passes: 251)
    line.clear()
    #expect(
      watch.shown == [
        "lime: 1,000 passes of 100 ms (1.6 ms a token), about 100 s",
        "lime: 250 of about 1,000 passes   30 s left", "",
      ])
    #expect(watch.lines.isEmpty)
  }

  @Test func `of many texts a cost is said again where it is twice as high`() {
    let watch = Watch()
    let reported = ReportedCosts()
    for seconds in [6.0, 7, 11, 12.5, 3, 30] {
      watch.line(isTerminal: false, reported: reported).begin(
        "lime", PassCost(passes: 10, secondsPerPass: seconds / 10, tokens: 64))
    }
    #expect(watch.lines.count == 3 && watch.lines[1].hasSuffix("about 13 s"))
    // Another method is other work.
    watch.line(isTerminal: false, reported: reported).begin(
      "occlusion", PassCost(passes: 10, secondsPerPass: 0.6, tokens: 64))
    #expect(watch.lines.count == 4)
  }

  @Test func `of a sample the cost is that of all texts, on a terminal too`() {
    let watch = Watch()
    let line = watch.line(isTerminal: true)
    line.advance(by: 1, share: 0)
    line.begin("lime", PassCost(passes: 10, secondsPerPass: 0.2, tokens: 64, texts: 100))
    #expect(
      watch.lines == ["lime: 10 passes of 200 ms (3.1 ms a token), about 200 s for 100 texts"])
    // It does not stand in the line that is replaced.
    #expect(watch.shown == ["1 row   0 %", ""])
  }

  @Test func `the first rows tell what all of them cost, once`() {
    let watch = Watch()
    let line = watch.line(isTerminal: false)
    watch.now = .milliseconds(500)
    line.advance(by: 1, share: 0.001)
    #expect(watch.lines.isEmpty)
    watch.now = .seconds(20)
    line.advance(by: 9, share: 0.01)
    watch.now = .seconds(40)
    line.advance(by: 10, share: 0.02)
    #expect(watch.lines == ["10 rows   1 %   2.0 s a row   33 min left"])
    // Soon done, not worth a line.
    let quick = Watch()
    let other = quick.line(isTerminal: false)
    quick.now = .seconds(2)
    other.advance(by: 100, share: 0.5)
    #expect(quick.lines.isEmpty)
  }
}
