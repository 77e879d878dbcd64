internal import TerminalUI

/// Plays the tour: shows a sentence, then presses keys; each step waits for the results of the one
/// before.
struct TourPlayer {
  enum Beat: Equatable {
    case say(String)
    case press(Key)
    case end
  }

  /// A sentence, how many seconds it is shown, and the keys that follow.
  struct Step {
    var text: String
    var seconds: Double
    var keys: [Key] = []
  }

  private var steps: ArraySlice<Step>
  private var keys: [Key] = []
  private(set) var due: ContinuousClock.Instant?
  /// Until when it waits for a busy model.
  private var patience: ContinuousClock.Instant?

  init(_ steps: [Step]) { self.steps = steps[...] }

  /// Whether the tour was started and has not ended.
  var isOn: Bool { due != nil || !steps.isEmpty }

  mutating func begin(at now: ContinuousClock.Instant) { due = now + .milliseconds(500) }

  mutating func stop() { (steps, keys, due) = ([], [], nil) }

  /// The next action; nil if it is not time yet.
  mutating func next(at now: ContinuousClock.Instant, isBusy: Bool) -> Beat? {
    guard let due, now >= due else { return nil }
    if !keys.isEmpty {
      // Waits for the results of earlier keys, unless that takes too long.
      if isBusy, now < patience ?? (now + .seconds(1)) {
        if patience == nil { patience = now + .seconds(20) }
        self.due = now + .milliseconds(100)
        return nil
      }
      patience = nil
      self.due = now + .milliseconds(500)
      return .press(keys.removeFirst())
    }
    guard let step = steps.popFirst() else {
      self.due = nil
      return .end
    }
    keys = step.keys
    self.due = now + .seconds(step.seconds)
    return .say(step.text)
  }
}

extension TourPlayer {
  private static func char(_ character: Character) -> Key { Key(.character(character)) }

  /// The steps of `whylight tour`.
  static let standard: [Step] = [
    Step(
      text: "A text and the model's prediction. (Any key ends this tour.)", seconds: 3,
      keys: [Key(.escape)]),
    Step(
      text: "The colours say why: warm words speak for negative, cold ones against it. "
        + ".  goes through the strongest.", seconds: 4, keys: [char("."), char("."), char(".")]),
    Step(
      text: "Space  switches a word off: would the answer change?  u  puts it back.", seconds: 3,
      keys: [char(" ")]),
    Step(text: "The bars at the right and the heat follow at once.", seconds: 3, keys: [char("u")]),
    Step(
      text: "d  shows the probability after each word, and where the model decides.",
      seconds: 3,
      keys: [char("d")]),
    Step(
      text:
        "f  finds the fewest words that flip the class.  n  tries typos,  z  shows the tokenizer.",
      seconds: 4, keys: [char("f")]),
    Step(text: "The tabs stay in sight; Esc closes them.", seconds: 3, keys: [Key(.escape)]),
    Step(
      text: "x  switches the explainer: there are many, and they do not always agree.", seconds: 3,
      keys: [char("x"), char("X")]),
    Step(
      text: "3  shows them side by side, with random scores as a control.", seconds: 3,
      keys: [char("3")]),
    Step(
      text: "Bars to the right speak for the class.  q  goes back.", seconds: 5, keys: [char("q")]),
    Step(
      text: "2  is for data. Enter opens 200 sample reviews, the worst errors first.",
      seconds: 3, keys: [char("2"), Key(.enter)]),
    Step(
      text: "j  goes down; the text at the cursor is coloured below. Enter opens it.", seconds: 4,
      keys: [char("j"), char("j"), Key(.enter)]),
    Step(
      text: "J  and  K  go to other rows,  L  labels a row with one key,  F5  presents.",
      seconds: 4,
      keys: [char("J"), Key(.function(5))]),
    Step(
      text: "A presentation for an audience: arrows change the text.", seconds: 4,
      keys: [Key(.right), Key(.escape)]),
    Step(
      text: "?  explains what you see,  :  finds any command,  q  goes back. Enjoy!", seconds: 5),
  ]
}
