internal import Attribution

/// Explaining one text of a pair while the other is held fixed.
extension State {
  /// The text that is held fixed, counted from 0; nil while both are explained.
  var heldPart: Int? {
    guard document.isPair, let only = settings.options.only else { return nil }
    return 1 - only.part
  }

  /// Cycles between explaining both texts, the second with the first held, and the first with the
  /// second held.
  mutating func cycleHeldText() {
    guard document.isPair else {
      return say(
        "there is only one text; \(keyOfSecondText) opens a second")
    }
    let all: [ExplainerOptions.Side?] = [nil, .second, .first]
    let index = all.firstIndex(of: settings.options.only) ?? 0
    keepReplaced()
    settings.options.only = all[(index + 1) % all.count]
    forgetExplanations()
    guard let held = heldPart else { return say("both texts are explained") }
    say("\(name(ofPart: 1 - held)) is explained, \(name(ofPart: held)) is held fixed")
  }

  /// ` · A held`, after the question in the map's title.
  var heldTextNote: String {
    heldPart.map { " \(signs.dot) \(Self.letter(ofPart: $0)) held" } ?? ""
  }
}

extension Action {
  static let cycleHeldText = Action("cycle held text", isAboutPresentText: true) { state, _ in
    state.cycleHeldText()
  }
}
