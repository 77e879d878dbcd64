package import Datasets
public import Reports
public import TerminalUI

/// A frame, and what is under the mouse in it.
public struct Picture: Sendable {
  /// What a click or the wheel acts on.
  package enum Target: Sendable, Equatable {
    case pane(Pane)
    /// A text in its editor, counted from 0.
    case editorText(Int)
    case heatmapText
    /// The drawing of a molecule.
    case molecule
    case unit(Int)
    case method(Int)
    case classLine(Int)
    /// A tab and a line of the pane of findings.
    case finding(Finding)
    case findingLine(Int)
    case command(Command)
    case tab(Screen)
    /// A word, a column's head, or a word in a column of the Compare screen.
    case cell(unit: Int?, column: Int?)
    /// The backgrounds of the Compare and the Log screen.
    case comparison, journal
    /// A line of the Errors screen's table, of its drawer, a cell of its matrix, its filter, and the
    /// grounds of these.
    case exampleLine(Int)
    case exampleColumn(ExampleView.Order)
    case drawerLine(Int)
    case matrixCell(gold: Int, predicted: Int)
    case drawerTab(ErrorsScreen.Drawer)
    case filterField
    case examples, drawer
    /// A line of the overlay's list.
    case line(Int)
    /// The overlay's background: a click there does nothing.
    case overlay
  }

  public var frame: Frame
  /// A smooth picture below the letters of a rectangle, where the terminal shows pictures.
  public internal(set) var image: (image: MoleculeImage, rect: Rect)?
  private(set) var targets: [(rect: Rect, target: Target)] = []

  init(frame: Frame) { self.frame = frame }

  mutating func mark(_ rect: Rect, as target: Target) { targets.append((rect, target)) }

  /// The topmost target at a place.
  func target(at position: Position) -> Target? {
    targets.last { $0.rect.contains(position) }?.target
  }

  /// The pane at a place, for the wheel.
  func pane(at position: Position) -> Pane? {
    for (rect, target) in targets.reversed() where rect.contains(position) {
      if case .pane(let pane) = target { return pane }
    }
    return nil
  }

  /// The rectangle of an area of text, to count from its corner.
  package func rect(of target: Target) -> Rect? { targets.last { $0.target == target }?.rect }
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
  var deltaP: String { !hasSymbols ? "delta p" : "Δp" }
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
