internal import Datasets
internal import Reports
internal import TerminalUI
internal import Tokenizers
package import Workbench

/// The explanations of rows, the statistics of their words, and the predictions of a second model,
/// all computed in the background.
extension State {
  /// Requests the explanations of the visible rows, and those of all rows once a drawer that needs
  /// them is visible.
  mutating func settleWords(_ effects: inout [Effect]) {
    guard summary != nil else { return }
    settleParts(&effects)
    let isDrawerInSight = ErrorsLayout(self).showsDrawer(self)
    if screen == .errors, isDrawerInSight, errors.drawer.needsWords, dataset.status == .done,
      errors.words.status == .none
    {
      askForWords(&effects)
    }
    let wanted = rowsInSight.filter { dataset.explained[$0] == nil }
    guard !wanted.isEmpty, !dataset.explained.asked.isSuperset(of: wanted),
      let table = dataset.table
    else { return }
    dataset.explained.asked = Set(wanted)
    ask(ExplainRows(wanted, of: table), &effects)
  }

  /// Molecules consist of groups instead of words. If the kind of parts changes, the explanations
  /// and the statistics are computed again.
  private mutating func settleParts(_ effects: inout [Effect]) {
    guard let table = dataset.table, (table.parts != nil) != showsMolecule else { return }
    let parts = showsMolecule ? TextParts.molecules : nil
    dataset.table?.parts = parts
    guard table.count > 0 else { return }
    dataset.table?.evidence = EvidenceColumn()
    dataset.explained = ExplainedRows()
    (errors.words, errors.line) = (ErrorsScreen.Words(), ListScroll())
    for lane in [Lane.rowExplanation, .words] { cancel(lane, &effects) }
  }

  private mutating func askForWords(_ effects: inout [Effect]) {
    guard let table = dataset.table else { return }
    errors.words.status = .scoring
    ask(ExplainAllRows(of: table), &effects)
  }

  /// The visible rows; first the selected one, whose preview shows its scores.
  private var rowsInSight: [Int] {
    let layout = ErrorsLayout(self)
    if layer.showsMap { return [dataset.openedRow].compactMap(\.self) }
    guard screen == .errors, layout.kind == .wide || layout.kind == .stacked else { return [] }
    let rows = dataset.rows.all
    let visible = errors.list.visible(count: rows.count, rows: layout.tableRows)
    let selected = selectedRow.map { [$0] } ?? []
    return selected + visible.map { rows[$0] }.filter { !selected.contains($0) }
  }

  mutating func ask(other argument: String, _ effects: inout [Effect]) {
    errors.other = ErrorsScreen.Other(status: .scoring, argument: argument)
    dataset.table?.other = nil
    errors.drawer = .models
    errors.line = ListScroll()
    guard let table = dataset.table else { return }
    ask(AskSecondModel(argument, classMap: classMap(of: argument), of: table), &effects)
  }

  /// Asks the user to match the classes of the second model, whose names do not match this model's.
  mutating func askForClasses(ofRowsBy name: String, _ others: [String]) {
    let classes = summary?.classes ?? []
    let reason = "the classes of \(name) have other names"
    errors.other.status = .failed(reason)
    let argument = errors.other.argument
    let prompt = ClassPrompt(name: name, argument: argument, others: others, classes: classes) {
      $0.ask(other: argument, &$1)
    }
    let isBusy = overlay != nil || fieldOfScreen != nil && !opening.isAwaited
    guard !isBusy, prompt != nil else {
      message = Message(kind: .warning, text: "\(reason); A on Errors matches them")
      return
    }
    openClassPrompt(prompt)
  }

  /// Stops one job on the whole data set: the second model, the words, or the scoring.
  ///
  /// - Returns: false if none is running.
  mutating func stopErrorsJob(_ effects: inout [Effect]) -> Bool {
    if errors.other.status == .scoring {
      errors.other.status = .stopped
      cancel(.secondModel, &effects)
    } else if errors.words.status == .scoring {
      errors.words.status = .stopped
      cancel(.words, &effects)
    } else if dataset.status == .scoring {
      dataset.status = .stopped
      cancel(.scoring, &effects)
    } else {
      return false
    }
    return true
  }

  /// `r`: resumes a stopped job. Rows that were already answered come from the store.
  mutating func resume(_ effects: inout [Effect]) {
    if errors.other.status == .stopped {
      ask(other: errors.other.argument, &effects)
    } else if errors.words.status == .stopped {
      askForWords(&effects)
    } else if dataset.status == .stopped {
      dataset.status = .scoring
      askForScores(&effects)
    } else {
      say("there is nothing to resume")
    }
  }
}

extension ExplainAllRows: AskedQuestion {
  package func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    switch answer {
    case .began(let method):
      (state.errors.words.method, state.errors.words.progress) = (method, RowsProgress())
    case .found(let found, let report, let progress):
      for (row, evidence) in found { state.dataset.table?.evidence.set(evidence, row: row) }
      state.errors.words.progress = progress
      if let report { state.errors.words.report = report }
    case .ended(let progress):
      state.add(.explain, "\(Numerals.grouped(progress.rows)) rows explained to count their words")
      state.errors.words.progress = progress
      state.errors.words.status = .done
    }
  }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.add(.problem, failure.reason)
    state.errors.words.status = .failed(failure.reason)
  }
}

extension AskSecondModel: AskedQuestion {
  package func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    switch answer {
    case .began(let name):
      state.add(.note, "second model \(name)")
      state.errors.other.progress = RowsProgress()
      state.dataset.table?.other = OtherAnswers(name: name)
    case .unmatched(let name, let classes): state.askForClasses(ofRowsBy: name, classes)
    case .answered(let answers, let progress):
      state.dataset.table?.other?.append(contentsOf: answers)
      state.errors.other.progress = progress
    case .ended(let progress):
      state.errors.other.progress = progress
      state.errors.other.status = .done
    }
  }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.add(.problem, failure.reason)
    state.errors.other.status = .failed(failure.reason)
    state.refuse(argument, for: .allRows, failure.reason)
  }
}

extension ModelUse {
  /// Asked about all rows of the data set.
  static let allRows: ModelUse = ModelUse(
    title: "Open a second model for all rows",
    isPossible: { state in
      if state.examples == nil { state.say(state.noDataHint) }
      return state.examples != nil
    },
    open: { argument, state, effects in state.ask(other: argument, &effects) })
}
