internal import Datasets
internal import Reports
package import Workbench

extension State {
  /// From the first row; what was answered is in the store.
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
    let isSame = errors.dataset.name != nil && errors.dataset.source.path == path
    errors.dataset.name = name
    errors.dataset.source = DataSource(path: path, arguments: arguments)
    errors.dataset.status = .scoring
    let written = errors.notes.annotations
    errors.begin(classes: summary?.classes ?? [])
    // what was written of the same rows stays, kept or not
    if isSame { errors.notes.annotations = written } else { restoreDataSession() }
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
      state.errors.dataset.table?.append(chunk)
      state.errors.dataset.progress = progress
    case .noted(let annotations): state.receive(annotations)
    case .ended(let progress):
      state.add(
        .note,
        "\(Numerals.grouped(progress.rows)) rows scored,"
          + " \(Numerals.grouped(progress.badRows)) could not be read")
      state.errors.dataset.progress = progress
      state.errors.dataset.status = .done
    }
  }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.add(.problem, failure.reason)
    state.errors.dataset.status = .failed(failure.reason)
    state.message = Message(kind: .error, text: failure.reason)
  }
}

extension CountRows: AskedQuestion {
  package func receive(
    _ answer: Int?, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    if let answer { state.errors.dataset.total = answer }
  }
}

extension RowsProgress {
  /// nil where nobody knows.
  var secondsLeft: Double? {
    guard let share, share > 0.001, rowsPerSecond > 0 else { return nil }
    return Double(rows) / rowsPerSecond * (1 - share) / share
  }

  /// `1,200 rows`, `25 %`, `3,100 rows/s`, `41 s left`
  var words: [String] {
    var words = ["\(Numerals.grouped(rows)) rows"]
    if let share { words.append("\(Int(share * 100)) %") }
    words.append("\(Numerals.grouped(Int(rowsPerSecond))) rows/s")
    if let left = secondsLeft { words.append(Numerals.duration(seconds: left) + " left") }
    return words
  }
}
