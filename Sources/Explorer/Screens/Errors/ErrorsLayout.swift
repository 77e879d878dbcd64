internal import TerminalUI
internal import Workbench

/// Where the parts of the Errors screen are.
struct ErrorsLayout {
  let kind: Layout.Kind
  /// The filter, and under it what is wrong with it or how far the work is.
  var filter: Rect
  var table: Rect
  /// The text of the row at the cursor.
  var preview: Rect
  /// In a wide window the matrix always, and under it another drawer.
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
      // what the rows add up to needs more room than a text
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

  /// What has the keys, over the window.
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

  /// Lines for examples: less the border and the head.
  var tableRows: Int { max(1, table.size.rows - 3) }

  /// Lines for a drawer's entries: less the border, the tabs and the head.
  var drawerRows: Int { max(1, drawer.size.rows - 4) }

  /// Something that the rows add up to is in sight.
  func showsDrawer(_ state: State) -> Bool { kind == .wide || state.errors.isInDrawer }

  /// The row at the cursor is in sight.
  func showsPreview(_ state: State) -> Bool {
    preview.size.rows > 0 && (kind == .wide || !state.errors.isInDrawer)
  }

  /// What stands in the place of the drawer, in the order of its tabs.
  func drawers(_ state: State) -> [ErrorsScreen.Drawer] {
    // in a wide window the matrix has a place of its own
    kind == .wide
      ? ErrorsScreen.Drawer.allCases.filter { $0 != .matrix } : ErrorsScreen.Drawer.allCases
  }

  /// What is open in the place of the drawer.
  func openDrawer(_ state: State) -> ErrorsScreen.Drawer {
    kind == .wide && state.errors.drawer == .matrix ? .slices : state.errors.drawer
  }
}
