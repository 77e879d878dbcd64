public import Reports
public import TerminalUI

/// A frame, and what is under the mouse in it.
public struct Picture: Sendable {
  /// What a click or the wheel acts on.
  package enum Target: Sendable, Equatable {
    case command(Command)
    case tab(Screen)
    /// What one screen alone has.
    case own(OwnTarget)
    /// A line of the overlay's list.
    case line(Int)
    /// The overlay's background: a click there does nothing.
    case overlay
  }

  public var frame: Frame
  /// A smooth picture below the letters of a rectangle, where the terminal shows pictures.
  public internal(set) var image: (image: MoleculeImage, rect: Rect)?
  /// Where the text stands that printable keys are typed into; nil where they are commands.
  package private(set) var field: Rect?
  private(set) var targets: [(rect: Rect, target: Target)] = []

  init(frame: Frame) { self.frame = frame }

  package mutating func mark(_ rect: Rect, as target: Target) { targets.append((rect, target)) }

  /// Draws the text that printable keys are typed into, or may be: then it has the focus.
  mutating func draw(_ editor: TextEditor, in rect: Rect, isFocused: Bool) {
    if isFocused { field = rect }
    frame.draw(editor, in: rect, isFocused: isFocused)
  }

  /// The topmost target at a place.
  func target(at position: Position) -> Target? {
    targets.last { $0.rect.contains(position) }?.target
  }

  /// The rectangle of an area of text, to count from its corner.
  package func rect(of target: Target) -> Rect? { targets.last { $0.target == target }?.rect }
}

/// What is under the mouse on one screen alone: each screen has a type of its own.
package protocol ScreenTarget: Sendable, Hashable {
  /// How the letters of the jump offer it at a place; nil where they do not.
  func jump(at position: Position, in picture: Picture) -> Jumping?
}

/// What a letter of the jump leads to.
package enum Jumping: Sendable { case pane, line }

extension ScreenTarget {
  package func jump(at position: Position, in picture: Picture) -> Jumping? { nil }
}

/// A target of any screen.
package struct OwnTarget: Sendable, Equatable {
  let base: any ScreenTarget

  package init(_ base: some ScreenTarget) { self.base = base }

  /// nil where another screen has marked it.
  package func target<Target>(as type: Target.Type) -> Target? { base as? Target }

  package static func == (a: OwnTarget, b: OwnTarget) -> Bool {
    func equals<Target: ScreenTarget>(_ target: Target) -> Bool { target == b.base as? Target }
    return equals(a.base)
  }
}

extension Picture.Target {
  /// As the screen knows it that marked it; nil where it is another's, or every screen's.
  package func own<Target>(_ type: Target.Type) -> Target? {
    if case .own(let own) = self { own.target(as: type) } else { nil }
  }
}

/// The signs of the screen, in Unicode, as far as the Linux console has it, or in ASCII.
struct Signs {
  let isPlain: Bool
  /// The terminal's font has more than text, borders and arrows.
  let hasSymbols: Bool

  init(isPlain: Bool, isConsole: Bool = false) {
    self.isPlain = isPlain
    hasSymbols = !isPlain && !isConsole
  }

  var arrow: String { isPlain ? "->" : "→" }
  var becomes: String { isPlain ? "->" : "→" }
  var plusMinus: String { isPlain ? "+-" : "±" }
  var squared: String { !hasSymbols ? "2" : "²" }
  var dot: String { isPlain ? "-" : "·" }
  /// Where a window begins in which a long text is read.
  var seam: String { hasSymbols ? "┆" : "|" }
  var none: String { isPlain ? "." : "·" }
  var dash: String { isPlain ? "-" : "–" }
  var stale: String { !hasSymbols ? "(stale)" : "◐" }
  var done: String { !hasSymbols ? "ok" : "✓" }
  var chosen: String { isPlain ? ">" : "▸" }
  func direction(isDown: Bool) -> String {
    isPlain ? (isDown ? "falling" : "rising") : isDown ? "↓" : "↑"
  }
  /// Behind the name of a measure: more of it is better, or less.
  var greater: String { isPlain ? "^" : "↑" }
  var less: String { isPlain ? "v" : "↓" }
  /// What the two mean.
  var best: String { isPlain ? "^ more, v less is better" : "↑ more ↓ less is better" }
  var rho: String { !hasSymbols ? "rho" : "ρ" }
  var sum: String { !hasSymbols ? "sum" : "Σ" }
  var delta: String { !hasSymbols ? "delta" : "Δ" }
  var mixed: String { isPlain ? "+-" : "±" }
  var noted: String { isPlain ? "+" : "•" }
  /// What is left and right of what is in sight.
  var more: (before: String, after: String) { isPlain ? ("<", ">") : ("‹", "›") }
  /// In one column: that a word goes on.
  var cut: String { isPlain ? "~" : "…" }
  var ellipsis: String { isPlain ? "..." : "…" }
}

extension State {
  var signs: Signs {
    Signs(isPlain: terminal.abilities.isPlain, isConsole: terminal.abilities.isConsole)
  }
}
