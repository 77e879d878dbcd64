internal import Datasets
internal import Reports
package import Workbench

extension State {
  /// Scores all rows from the first one. Predictions that were made before come from the store.
  mutating func askForScores(_ effects: inout [Effect]) {
    ask(ScoreRows(), &effects)
    ask(CountRows(), &effects)
  }

  fileprivate mutating func begin(
    _ name: String, _ path: String?, _ arguments: [String], _ effects: inout [Effect]
  ) {
    add(.note, "data set \(name)")
    for lane in [Lane.view, .report, .rowExplanation, .contrast, .words, .secondModel] {
      cancel(lane, &effects)
    }
    let isSame = dataset.name != nil && dataset.source.path == path
    dataset.name = name
    dataset.source = DataSource(path: path, arguments: arguments)
    dataset.status = .scoring
    let written = dataset.notes.annotations
    dataset.begin(classes: summary?.classes ?? [])
    dataset.scoredBy = summary?.argument
    // Labels and notes of the same data set stay, saved or not.
    if isSame { dataset.notes.annotations = written }
    follow(.dataset(isSame: isSame))
  }
}

extension ScoreRows: AskedQuestion {
  package func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    switch answer {
    case .began(let name, let path, let arguments):
      state.begin(name, path, arguments, &effects)
    case .scored(let chunk, let progress):
      state.dataset.table?.append(chunk)
      state.dataset.progress = progress
    case .noted(let annotations): state.receive(annotations)
    case .ended(let progress):
      state.add(
        .note,
        "\(Numerals.grouped(progress.rows)) rows scored,"
          + " \(Numerals.grouped(progress.badRows)) could not be read")
      state.dataset.progress = progress
      state.dataset.status = .done
    }
  }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.add(.problem, failure.reason)
    state.dataset.status = .failed(failure.reason)
    state.message = Message(kind: .error, text: failure.reason)
  }
}

extension CountRows: AskedQuestion {
  package func receive(
    _ answer: Int?, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    if let answer { state.dataset.total = answer }
  }
}

extension RowsProgress {
  /// `1,200 rows`, `25 %`, `3,100 rows/s`, `41 s left`
  var words: [String] { ProgressText.parts(rows: rows, rate: rowsPerSecond, share: share) }
}
