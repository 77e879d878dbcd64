public import TerminalUI

/// What a key, a click or a palette entry asks the explorer to do.
public enum Command: Sendable, Hashable {
  case nextPane, previousPane, editText, leaveEditor
  case focus(State.Pane)
  case replaceText(String)
  case openPalette, openCommandLine, openThemes, openHelp, openMethodCard, openShellCommand
  case openJump, openColumns, openModelPrompt, openOtherModelPrompt, openExport
  case openClassPrompt
  /// With what already stands in the prompt's field.
  case openSettings(String)
  case show(Screen)
  case toggleDifference, toggleColumns, toggleDrawer, removeColumn, nextDispute, previousDispute
  case copyTable, copyFocus
  case toggleWord, allWordsOn, replaceWord
  case showFinding(Finding)
  case nextFinding, previousFinding, togglePhrase, pinText
  case extendPhrase(Movement)
  case nextExplainer, previousExplainer
  case chooseExplainer(String)
  case nextClass, previousClass
  case chooseClass(Int)
  case followPrediction, toggleContrast
  case chooseVersus(Int)
  case toggleCalibration
  case toggleScale, toggleSignRow, toggleValues, toggleSpecials, toggleSort, computeAgain
  case editFilter, applyFilter, leaveFilter, clearFilter, facet, reverseSort, toggleMark, addSlice
  case previousDrawer, openToEdit, openOtherPrompt, openNote
  case move(Movement)
  case open, back, leave
  case complete, filter, accept, closeOverlay
  case edit(EditorCommand)
  case useTheme(String)
  case useMouse(Bool)
  case interrupt, quit, suspend, redraw
  case crash(Crash)
}

extension Command {
  /// It would change the present text or what is known of it, while an older one is looked at.
  var isAboutPresentText: Bool {
    switch self {
    case .toggleWord, .allWordsOn, .replaceWord, .togglePhrase, .extendPhrase, .pinText,
      .edit(.undo), .edit(.redo), .computeAgain, .toggleSpecials:
      true
    default: false
    }
  }
}

/// Where a selection goes.
public enum Movement: Sendable, Hashable {
  case up, down, left, right, first, last, pageUp, pageDown
}
