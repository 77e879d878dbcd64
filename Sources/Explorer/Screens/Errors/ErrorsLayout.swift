internal import TerminalUI
internal import Workbench

/// The positions and sizes of the parts of the Errors screen.
struct ErrorsLayout {
  let kind: Layout.Kind
  /// The filter, and below it a row for the filter's error or the progress of the work.
  var filter: Rect
  var table: Rect
  /// The text of the selected row.
  var preview: Rect
  /// The confusion matrix; in a wide window it is always visible, above another drawer.
  var matrix: Rect
  var drawer: Rect

  init(_ state: State) {
    let size = state.terminal.size
    kind = Layout(state).kind
    let none = Rect(column: 0, row: 0, columns: 0, rows: 0)
    (filter, table, preview, matrix, drawer) = (none, none, none, none, none)
    guard kind != .tooSmall else { return }
    filter = Rect(column: 0, row: 1, columns: size.columns, rows: 2)
    let top = 3
    let body = size.rows - 2 - top
    switch kind {
    case .wide:
      let right = min(56, 42 + max(0, size.columns - 120) / 4)
      let left = size.columns - right
      let previewRows =
        state.showsMolecule
        ? max(6, body / 2)
        : min(PreviewView.rows(state, columns: left), max(7, body * 30 / 100))
      table = Rect(column: 0, row: top, columns: left, rows: body - previewRows)
      preview = Rect(column: 0, row: top + body - previewRows, columns: left, rows: previewRows)
      let classes = state.summary?.classes.count ?? 2
      let lines = state.isRegression ? NumberScores.lineCount : classes
      let matrixRows = min(lines + 4, max(6, body * 45 / 100))
      matrix = Rect(column: left, row: top, columns: right, rows: matrixRows)
      drawer = Rect(
        column: left, row: top + matrixRows, columns: right, rows: body - matrixRows)
    case .stacked:
      // A drawer or a molecule needs more rows than a text.
      let previewRows =
        state.errors.isInDrawer || state.showsMolecule ? max(9, body / 2) : 7
      table = Rect(column: 0, row: top, columns: size.columns, rows: body - previewRows)
      preview = Rect(
        column: 0, row: top + body - previewRows, columns: size.columns, rows: previewRows)
      (matrix, drawer) = (preview, preview)
    default:
      table = Rect(column: 0, row: top, columns: size.columns, rows: body)
      (matrix, drawer) = (table, table)
    }
    if state.errors.isZoomed { zoom(state) }
  }

  /// Enlarges the focused part to the window.
  private mutating func zoom(_ state: State) {
    let whole = Rect(
      column: 0, row: 3, columns: state.terminal.size.columns, rows: state.terminal.size.rows - 5)
    let none = Rect(column: 0, row: 0, columns: 0, rows: 0)
    (table, preview, matrix, drawer) = (none, none, none, none)
    if !state.errors.isInDrawer {
      table = whole
    } else if state.errors.drawer == .matrix {
      (matrix, drawer) = (whole, whole)
    } else {
      drawer = whole
    }
  }

  /// The number of rows for examples, without the border and the heading.
  var tableRows: Int { max(1, table.size.rows - 3) }

  /// The number of rows for a drawer's lines, without the border, the tabs and the heading.
  var drawerRows: Int { max(1, drawer.size.rows - 4) }

  /// Whether a drawer is visible.
  func showsDrawer(_ state: State) -> Bool { kind == .wide || state.errors.isInDrawer }

  /// Whether the preview of the selected row is visible.
  func showsPreview(_ state: State) -> Bool {
    preview.size.rows > 0 && (kind == .wide || !state.errors.isInDrawer)
  }

  /// The drawers that have a tab, in the order of the tabs.
  func drawers(_ state: State) -> [ErrorsScreen.Drawer] {
    // In a wide window the matrix has a box of its own.
    kind == .wide
      ? ErrorsScreen.Drawer.allCases.filter { $0 != .matrix } : ErrorsScreen.Drawer.allCases
  }

  /// The drawer that is open below the tabs.
  func openDrawer(_ state: State) -> ErrorsScreen.Drawer {
    kind == .wide && state.errors.drawer == .matrix ? .slices : state.errors.drawer
  }
}
