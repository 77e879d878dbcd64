package import TerminalUI

/// The window: the rows at its edges that every screen has, and the space between them, in which
/// each screen lays out its own parts.
package struct Layout {
  /// How much room there is: for panes side by side, for panes above one another, for the most
  /// important one only, or for none.
  package enum Kind: Sendable { case wide, stacked, small, tooSmall }

  static let smallest = Size(columns: 60, rows: 16)

  package let kind: Kind
  package let size: Size

  package init(_ state: State) {
    size = state.terminal.size
    kind =
      size.columns < Self.smallest.columns || size.rows < Self.smallest.rows
      ? .tooSmall
      : size.rows < 24 ? .small : size.columns < 110 || size.rows < 30 ? .stacked : .wide
  }

  package var title: Rect { Rect(column: 0, row: 0, columns: size.columns, rows: 1) }
  /// The area that a screen draws in.
  package var body: Rect {
    Rect(column: 0, row: 1, columns: size.columns, rows: max(0, size.rows - 3))
  }
  package var status: Rect { Rect(column: 0, row: size.rows - 2, columns: size.columns, rows: 1) }
  package var hints: Rect { Rect(column: 0, row: size.rows - 1, columns: size.columns, rows: 1) }
}
