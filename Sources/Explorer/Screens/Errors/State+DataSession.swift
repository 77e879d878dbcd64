internal import Datasets
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Saving and restoring the view of a data set between sessions.
extension State {
  /// The present view of the data set; nil if there is no data set, or if it has no path.
  private var dataSession: (path: String, session: DataSession)? {
    guard let path = dataset.source.path, let table = dataset.table else {
      return nil
    }
    var session = DataSession()
    session.arguments = dataset.source.arguments
    session.query = dataset.rows.query
    session.order = dataset.rows.order.rawValue
    session.isReversed = dataset.rows.isReversed
    if let awaited = errors.awaited {
      // The row of the last session was not read yet.
      (session.row, session.isOpened) = (awaited.fileRow, awaited.isOpened)
    } else {
      session.isOpened = layer.showsMap && openedExample != nil
      let row = session.isOpened ? dataset.openedRow : selectedRow
      session.row = row.map { table.fileRow($0) }
    }
    session.slices = errors.ownSlices
    session.drawer = errors.drawer.rawValue
    return (path, session)
  }

  /// The views of this data set and of those of earlier sessions.
  var keptDataSessions: KeptDataSessions {
    var kept = dataset.sessions
    if let (path, session) = dataSession { kept[path] = session }
    return kept
  }

  /// Restores the filter, the order and the drawer of the last session with this data set.
  mutating func restoreDataSession() {
    guard let path = dataset.source.path, let session = dataset.sessions[path] else { return }
    if (try? Query(session.query)) != nil {
      dataset.rows.query = session.query
      errors.filter.field = TextEditor(
        session.query, isSingleLine: true, isPlain: terminal.abilities.isPlain)
    }
    dataset.rows.order = ExampleView.Order(rawValue: session.order) ?? dataset.rows.order
    dataset.rows.isReversed = session.isReversed
    errors.ownSlices = session.slices.filter { (try? Query($0)) != nil }
    errors.drawer = session.drawer.flatMap { ErrorsScreen.Drawer(rawValue: $0) } ?? errors.drawer
    errors.awaited = session.row.map { ($0, session.isOpened) }
  }

  /// Selects the row that was selected in the last session, as soon as it has been read.
  mutating func findAwaitedRow() {
    guard let awaited = errors.awaited, let table = dataset.table else { return }
    let place = dataset.rows.all.firstIndex { table.fileRow($0) == awaited.fileRow }
    if let place {
      errors.awaited = nil
      goToRow(at: place)
      let row = dataset.rows.all[place]
      if awaited.isOpened, layer.showsMap, table[row].texts == document.texts {
        dataset.openedRow = row
        // Going back leads to Errors, as if the row had been opened there.
        if !canGoBack { screensBelow = [screen, .errors] }
      }
    } else if dataset.status == .done, dataset.rows.viewed?.rows == table.count {
      errors.awaited = nil
    }
  }
}
