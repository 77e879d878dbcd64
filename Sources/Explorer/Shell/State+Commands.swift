internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

extension State {
  mutating func perform(_ command: Command, _ effects: inout [Effect]) {
    if command.isAboutPresentText, catalog.first.past(self) != nil {
      return say("this is an older text: Enter restores it, Esc goes back")
    }
    if case .move = command {} else { follow(.rest) }
    switch command {
    case .act(let action): action.perform(&self, &effects)
    case .move(let movement): move(movement, &effects)
    case .edit(let edit): perform(edit, &effects)
    case .nextPane: layer.changePane(by: 1, &self)
    case .previousPane: layer.changePane(by: -1, &self)
    case .complete, .filter, .accept, .closeOverlay: performOnOverlay(command, &effects)
    case .back: back(&effects)
    case .leave where !isTooSmall && (closePart() || goBack()): break
    case .quit, .leave: quit(&effects)
    case .interrupt: interrupt(&effects)
    case .suspend: effects.append(.suspend)
    case .redraw: effects.append(.redraw)
    }
  }

  private mutating func move(_ movement: Movement, _ effects: inout [Effect]) {
    if overlay != nil { return moveInOverlay(movement, &effects) }
    layer.move(movement, &self, &effects)
  }

  private mutating func closePart() -> Bool { layer.closePart(&self) }

  /// Esc on a screen: closes a part of it, cancels a running job, or returns to the previous
  /// screen.
  private mutating func back(_ effects: inout [Effect]) {
    if closePart() { return }
    if layer.isLeftBeforeJobsAreStopped, goBack() { return }
    if layer.stopJob(&self, &effects) { return }
    if opening.request != nil {
      cancelOpening(&effects)
    } else if explanations.job != nil {
      cancelJob()
    } else if !goBack() {
      say("this is the first screen; i edits the text, q quits")
    }
  }

  private mutating func perform(_ edit: EditorCommand, _ effects: inout [Effect]) {
    if overlay != nil {
      overlay?.edit { $0.perform(edit) }
    } else if fieldOfScreen != .query, edit == .undo || edit == .redo {
      layer.step(edit, &self, &effects)
    } else if edit != .insertLineBreak || !layer.acceptOffer(&self) {
      layer.edit(&self) { $0.perform(edit) }
    }
  }

  package mutating func say(_ text: String) { message = Message(kind: .notice, text: text) }

  private mutating func cancelJob() {
    guard let running = explanations.job else { return }
    explanations.job = nil
    let passes = explanations.results[running.choice]?.attribution.evaluations ?? 0
    let cancelled = "cancelled after \(Numerals.grouped(passes)) passes; "
    if returnToReplaced(from: running.choice) {
      let title = summary?.method(named: settings.method)?.card.title ?? settings.method
      message = Message(kind: .warning, text: cancelled + title + " as before")
    } else {
      explanations.ended[running.choice] = "cancelled"
      message = Message(kind: .warning, text: cancelled + "r computes it again")
    }
  }

  private mutating func interrupt(_ effects: inout [Effect]) {
    if isInterruptArmed { return quit(&effects) }
    isInterruptArmed = true
    if overlay != nil {
      closeOverlay(&effects)
    } else if opening.request != nil {
      cancelOpening(&effects)
    } else if layer.stopJob(&self, &effects) {
      say("stopped; r resumes")
    } else if explanations.job != nil {
      cancelJob()
    } else if !layer.cancelQuestion(&self) {
      message = Message(kind: .notice, text: "press Ctrl-C again to quit")
    }
  }
}
