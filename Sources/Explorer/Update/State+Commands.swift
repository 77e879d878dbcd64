internal import Attribution
internal import Classifiers
internal import TerminalUI
internal import Tokenizers

extension State {
  mutating func perform(_ command: Command, _ effects: inout [Effect]) {
    if visit != nil, command.isAboutPresentText {
      return say("this is an older text: Enter takes it, Esc goes back")
    }
    if case .move = command {} else { errors.held = nil }
    switch command {
    case .nextPane: move(byPanes: 1)
    case .previousPane: move(byPanes: -1)
    case .show(let screen): show(screen)
    case .editText: edit()
    case .focus(let pane): look(at: pane)
    case .replaceText(let text): editText { $0.replaceText(with: text) }
    case .leaveEditor: leaveEditor(to: .heatmap)
    case .nextExplainer: cycleExplainer(by: 1)
    case .previousExplainer: cycleExplainer(by: -1)
    case .chooseExplainer(let name): choose(explainer: name)
    case .nextClass: cycleClass(by: 1)
    case .previousClass: cycleClass(by: -1)
    case .chooseClass(let index): choose(classIndex: index)
    case .followPrediction: followPrediction()
    case .toggleContrast: toggleContrast()
    case .chooseVersus(let index): choose(versus: index)
    case .toggleCalibration: toggleCalibration()
    case .toggleScale, .toggleSort, .computeAgain, .open, .toggleDifference, .toggleColumns,
      .toggleDrawer, .removeColumn, .nextDispute, .previousDispute:
      switch screen {
      case .compare: performOnCompare(command)
      case .errors: performOnErrors(command, &effects)
      case .explore, .journal: performOnExplore(command)
      }
    case .editFilter, .applyFilter, .leaveFilter, .clearFilter, .facet, .reverseSort, .toggleMark,
      .addSlice, .previousDrawer, .openToEdit, .openOtherPrompt, .openNote:
      performOnErrors(command, &effects)
    case .copyTable where screen == .errors: performOnErrors(command, &effects)
    case .toggleSignRow, .toggleValues, .toggleSpecials: toggle(command)
    case .toggleWord: toggleWord()
    case .allWordsOn: putAllBack()
    case .replaceWord: openWordPrompt()
    case .showFinding(let page): show(page)
    case .nextFinding: cycleFindings(by: 1)
    case .previousFinding: cycleFindings(by: -1)
    case .togglePhrase: togglePhrase()
    case .extendPhrase(let movement): extendPhrase(movement)
    case .pinText: pinText()
    case .copyTable: effects.append(.copy(comparison?.tabSeparated ?? ""))
    case .copyFocus: copyFocus(&effects)
    case .move(let movement): move(movement, &effects)
    case .back where leaveFindings(): break
    case .back where leaveDrawer(): break
    case .back where screen == .explore && goBack(): break
    case .back where screen == .errors && stopErrorsJob(&effects): break
    case .back:
      if opening != nil {
        cancelOpening(&effects)
      } else if job != nil {
        cancelJob(&effects)
      } else if !goBack() {
        say("this is the first screen; i edits the text, q quits")
      }
    case .edit(let edit): perform(edit, &effects)
    case .useTheme(let name):
      (theme, chosenTheme) = (name, name)
      effects.append(.useTheme(name))
      message = Message(kind: .notice, text: "palette \(name)")
    case .useMouse(let isOn):
      effects.append(.useMouse(isOn))
      message = Message(kind: .notice, text: isOn ? "mouse on" : "mouse off")
    case .openExport: openExport()
    case .openClassPrompt: askForClasses(asksAll: true)
    case .openSettings(let text): openSettings(text)
    case .openPalette, .openCommandLine, .openJump, .openColumns, .openModelPrompt,
      .openOtherModelPrompt, .openThemes, .openHelp,
      .openMethodCard,
      .openShellCommand, .complete, .filter, .accept, .closeOverlay:
      performOnOverlay(command, &effects)
    case .interrupt: interrupt(&effects)
    case .leave where !isTooSmall && (leaveFindings() || leaveDrawer() || goBack()): break
    case .quit, .leave: quit(&effects)
    case .suspend: effects.append(.suspend)
    case .redraw: effects.append(.redraw)
    case .crash(let crash): effects.append(.crash(crash))
    }
  }

  private mutating func move(byPanes step: Int) {
    switch screen {
    case .explore: moveFocus(by: step)
    case .errors: moveFocusOnErrors(by: step)
    case .compare: performOnCompare(.toggleDrawer)
    case .journal: break
    }
  }

  private mutating func performOnExplore(_ command: Command) {
    switch command {
    case .toggleScale, .toggleSort: toggle(command)
    case .computeAgain: computeAgain()
    case .open: open()
    default: break
    }
  }

  private mutating func perform(_ edit: EditorCommand, _ effects: inout [Effect]) {
    if overlay == nil, !isEditingFilter, edit == .undo || edit == .redo {
      switch screen {
      case .errors: return stepThroughLabels(edit, &effects)
      case .compare: return stepThroughColumns(edit)
      case .explore, .journal: return stepThroughHistory(edit)
      }
    }
    if overlay != nil {
      editPrompt { $0.perform(edit) }
    } else if isEditingFilter {
      editFilter { $0.perform(edit) }
    } else {
      editText { $0.perform(edit) }
    }
  }

  private mutating func toggle(_ command: Command) {
    switch command {
    case .toggleScale:
      scale = scale == .text && scaleValue > 0 ? .fixed(scaleValue) : .text
      let value = Numerals.score(scaleValue, isSigned: false)
      say(scale == .text ? "scale: the largest score of this text" : "scale: fixed at \(value)")
    case .toggleSignRow:
      signRow = !showsSignRow
      say(showsSignRow ? "sign row on" : "sign row off")
    case .toggleValues:
      showsValues.toggle()
      say(showsValues ? "scores under the text" : "scores hidden")
    case .toggleSort:
      tokenOrder = tokenOrder == .score ? .text : .score
      tokensTop = 0
      say(tokenOrder == .score ? "tokens by score" : "tokens in the order of the text")
    case .toggleSpecials:
      showsSpecials.toggle()
      regroup()
      say(
        showsSpecials
          ? "special tokens are marks of their own" : "special tokens count for their word")
    default: break
    }
  }

  mutating func say(_ text: String) { message = Message(kind: .notice, text: text) }

  /// The maps anew from the scores that are there.
  private mutating func regroup() {
    guard let encoding = prediction?.prediction.encoding else { return }
    let off = off
    for (choice, explanation) in explanations {
      let pieces = reading(by: choice.seat)?.prediction.encoding.pieces ?? encoding.pieces
      explanations[choice]?.map = HeatMap(
        pieces: pieces, scores: explanation.attribution.scores,
        showsSpecials: showsSpecials, off: off)
    }
    if let before = replaced?.explanation, before.job.edition == edition {
      replaced?.explanation.map = HeatMap(
        pieces: encoding.pieces, scores: before.attribution.scores,
        showsSpecials: showsSpecials, off: off)
    }
    if isShownStale { shown = nil }
    selectedUnit = 0
    tokensTop = 0
  }

  private mutating func computeAgain() {
    if let page = findings.page, focus == .findings {
      findings.results.done.remove(page)
      findings.results.problems[page] = nil
      return
    }
    guard let choice, isPredictionFresh else { return }
    keepReplaced()
    explanations[choice] = nil
    ended[choice] = nil
    forced.insert(choice)
    measured.remove(choice)
    job = nil
  }

  private mutating func cancelJob(_ effects: inout [Effect]) {
    guard let running = job else { return }
    job = nil
    effects.append(.cancelExplanation)
    let passes = explanations[running.choice]?.attribution.evaluations ?? 0
    let cancelled = "cancelled after \(Numerals.grouped(passes)) passes; "
    if returnToReplaced(from: running.choice) {
      let title = summary?.method(named: method)?.card.title ?? method
      message = Message(kind: .warning, text: cancelled + title + " as before")
    } else {
      ended[running.choice] = "cancelled"
      message = Message(kind: .warning, text: cancelled + "r computes it again")
    }
  }

  private mutating func interrupt(_ effects: inout [Effect]) {
    if isInterruptArmed { return quit(&effects) }
    isInterruptArmed = true
    if overlay != nil {
      closeOverlay(&effects)
    } else if opening != nil {
      cancelOpening(&effects)
    } else if screen == .errors, stopErrorsJob(&effects) {
      say("stopped; r goes on")
    } else if job != nil {
      cancelJob(&effects)
    } else if let page = findings.page, probe != nil {
      findings.results.problems[page] = "cancelled; r in this pane goes on with it"
    } else {
      message = Message(kind: .notice, text: "Ctrl-C once more quits")
    }
  }
}
