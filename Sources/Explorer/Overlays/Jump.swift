internal import TerminalUI

/// Jump mode: every pane and every list line has a letter; pressing the letter acts like a click
/// there.
struct Jump: Overlay {
  static let bindings: [Binding] = [
    Binding(
      [.ctrl("o")], .screen, .act(.jump), "jump by letter to a pane or a line", hint: "jump",
      rank: 45, name: "jump")
  ]

  var contexts: [Binding.Context] { [.always] }

  /// Any other key ends jump mode.
  mutating func handle(
    _ key: Key, as command: Command?, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome? {
    guard command == nil else { return nil }
    state.message = nil
    let picture = state.picture
    if case .character(let letter) = key.code, key.modifiers.isSubset(of: .shift),
      let mark = JumpMarks(picture).mark(of: letter)
    {
      state.press(mark.target, mark.position, picture)
    }
    return .closes
  }

  func draw(_ state: State, on picture: inout Picture) {
    picture.frame.cursor = nil
    for mark in JumpMarks(picture).marks {
      picture.frame.write(
        String(mark.letter), at: mark.place, style: Style(.key, [.bold, .reverse]))
    }
  }
}

extension Action {
  static let jump = Action("jump") { state, _ in
    state.overlay = Jump()
    state.say("press a letter to go there")
  }
}

/// The letters drawn on a picture.
private struct JumpMarks {
  /// A letter and the target that it clicks.
  struct Mark {
    var letter: Character
    /// Where it is drawn.
    var place: Position
    /// The target of the click.
    var target: Picture.Target
    var position: Position
  }

  /// The home row comes first, for the panes, which precede the lines.
  private static let letters = Array("asdfghjklqwertyuiopzxcvbnmASDFGHJKLQWERTYUIOPZXCVBNM")

  let marks: [Mark]

  init(_ picture: Picture) {
    let jumps = picture.jumps
    marks = zip(Self.letters, jumps).map { letter, jump in
      var place = jump.rect.origin
      if jump.kind == .pane { place.column += 1 }
      return Mark(letter: letter, place: place, target: jump.target, position: jump.rect.origin)
    }
  }

  func mark(of letter: Character) -> Mark? { marks.first { $0.letter == letter } }
}

extension Picture {
  /// The panes, then the tabs and the lines of lists, each from the top of the screen.
  fileprivate var jumps: [(rect: Rect, target: Target, kind: JumpKind)] {
    let all = targets.compactMap { rect, target -> (rect: Rect, target: Target, kind: JumpKind)? in
      switch target {
      case .tab: (rect, target, .line)
      case .own(let own):
        own.base.jump(at: rect.origin, in: self).map { (rect, target, $0) }
      default: nil
      }
    }
    return all.filter { $0.kind == .pane } + all.filter { $0.kind == .line }
  }
}
