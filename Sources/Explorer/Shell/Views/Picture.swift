public import Reports
public import TerminalUI

/// A frame, and the mouse targets in it.
public struct Picture: Sendable {
  /// The target of a click or of the mouse wheel.
  package enum Target: Sendable, Equatable {
    case command(Command)
    case tab(Screen)
    /// A target of one screen.
    case own(OwnTarget)
    /// A line of the overlay's list.
    case line(Int)
    /// The overlay's background, on which a click has no effect.
    case overlay
  }

  public var frame: Frame
  /// An image below the letters of a rectangle, if the terminal shows pictures.
  public internal(set) var image: (image: MoleculeImage, rect: Rect)?
  /// The rectangle of the field that printable keys are typed into; nil if they are commands.
  package private(set) var field: Rect?
  private(set) var targets: [(rect: Rect, target: Target)] = []

  init(frame: Frame) { self.frame = frame }

  package mutating func mark(_ rect: Rect, as target: Target) { targets.append((rect, target)) }

  /// Draws a text field. If it has the focus, printable keys are typed into it.
  mutating func draw(_ editor: TextEditor, in rect: Rect, isFocused: Bool) {
    if isFocused { field = rect }
    frame.draw(editor, in: rect, isFocused: isFocused)
  }

  /// The topmost target at a position.
  func target(at position: Position) -> Target? {
    targets.last { $0.rect.contains(position) }?.target
  }

  /// The rectangle of a target, for positions relative to its corner.
  package func rect(of target: Target) -> Rect? { targets.last { $0.target == target }?.rect }
}

/// A mouse target of one screen: each screen has its own type.
package protocol ScreenTarget: Sendable, Hashable {
  /// How jump mode offers the target at a position; nil if it does not.
  func jump(at position: Position, in picture: Picture) -> JumpKind?
}

/// The kind of target that a letter of jump mode leads to.
package enum JumpKind: Sendable { case pane, line }

extension ScreenTarget {
  package func jump(at position: Position, in picture: Picture) -> JumpKind? { nil }
}

/// A target of any screen, without its type.
package struct OwnTarget: Sendable, Equatable {
  let base: any ScreenTarget

  package init(_ base: some ScreenTarget) { self.base = base }

  /// The target as the given type; nil if it is of another screen.
  package func target<Target>(as type: Target.Type) -> Target? { base as? Target }

  package static func == (a: OwnTarget, b: OwnTarget) -> Bool {
    func equals<Target: ScreenTarget>(_ target: Target) -> Bool { target == b.base as? Target }
    return equals(a.base)
  }
}

extension Picture.Target {
  /// The target as the given screen's type; nil if it is of another screen or of all screens.
  package func own<Target>(_ type: Target.Type) -> Target? {
    if case .own(let own) = self { own.target(as: type) } else { nil }
  }
}

/// The symbols on the screen: in Unicode, limited to what the Linux console's fonts have, or in
/// ASCII.
struct Signs {
  let isPlain: Bool
  /// Whether the terminal's font has more than text, borders and arrows.
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
  /// Marks the start of a window in which a long text is read.
  var seam: String { hasSymbols ? "┆" : "|" }
  var none: String { isPlain ? "." : "·" }
  var dash: String { isPlain ? "-" : "–" }
  var stale: String { !hasSymbols ? "(stale)" : "◐" }
  var done: String { !hasSymbols ? "ok" : "✓" }
  var chosen: String { isPlain ? ">" : "▸" }
  func direction(isDown: Bool) -> String {
    isPlain ? (isDown ? "falling" : "rising") : isDown ? "↓" : "↑"
  }
  /// After the name of a measure: higher is better, or lower.
  var greater: String { isPlain ? "^" : "↑" }
  var less: String { isPlain ? "v" : "↓" }
  /// The explanation of both signs.
  var best: String { isPlain ? "^ more, v less is better" : "↑ more ↓ less is better" }
  var rho: String { !hasSymbols ? "rho" : "ρ" }
  var sum: String { !hasSymbols ? "sum" : "Σ" }
  var delta: String { !hasSymbols ? "delta" : "Δ" }
  var mixed: String { isPlain ? "+-" : "±" }
  var noted: String { isPlain ? "+" : "•" }
  /// There is more to the left or to the right.
  var more: (before: String, after: String) { isPlain ? ("<", ">") : ("‹", "›") }
  /// In one column: the word is truncated.
  var cut: String { isPlain ? "~" : "…" }
  var ellipsis: String { isPlain ? "..." : "…" }
}

extension State {
  var signs: Signs {
    Signs(isPlain: terminal.abilities.isPlain, isConsole: terminal.abilities.isConsole)
  }
}
