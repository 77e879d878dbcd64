internal import Classifiers
internal import Datasets
internal import Reports
internal import TerminalUI
internal import Workbench

/// The first row: the program, the screens, the model, and the prediction if it has no pane.
struct TitleView {
  @Shared var state: State
  let layout: Layout

  func draw(on picture: inout Picture) {
    let rect = layout.title
    var column = rect.origin.column + 1
    column += picture.frame.write(
      "whylight", at: Position(column: column, row: rect.origin.row),
      style: Style(.title, .bold))
    column = drawTabs(from: column + 1, row: rect.origin.row, &picture)
    let edge = Position(column: rect.size.columns - 1, row: rect.origin.row)
    let right =
      layout.kind == .wide
      ? drawColors(edge, &picture) : drawPrediction(edge, from: column + 2, &picture)
    let space = edge.column - right - column - 5
    guard space > 8 else { return }
    let text =
      modelTexts.first { DisplaySafe.columns(of: $0) + 2 <= space } ?? modelTexts.last ?? ""
    picture.frame.write(
      "  " + text, at: Position(column: column, row: rect.origin.row), style: modelStyle,
      maxColumns: space)
  }

  /// Draws `1 Explore 3 Compare` with the visible screen in bold; the digits are keys.
  private func drawTabs(from start: Int, row: Int, _ picture: inout Picture) -> Int {
    var column = start
    for layer in state.catalog.screens {
      let screen = layer.screen
      let isShown = screen == state.screen
      let place = Position(column: column, row: row)
      let sign = picture.frame.isPlain && isShown ? "*" : " "
      var used = picture.frame.write(sign, at: place)
      used += picture.frame.write(
        "\(screen.rawValue)", at: Position(column: column + used, row: row), style: Style(.key))
      used += picture.frame.write(" ", at: Position(column: column + used, row: row))
      used += picture.frame.write(
        layer.title, at: Position(column: column + used, row: row),
        style: isShown ? Style(.title, [.bold, .underline]) : Style(.dim))
      picture.mark(Rect(column: column, row: row, columns: used, rows: 1), as: .tab(screen))
      column += used
    }
    return column
  }

  /// Descriptions of the model, the longest first.
  private var modelTexts: [String] {
    let dot = " \(state.signs.dot) "
    switch state.model {
    case .loading(let name):
      let short = "loading model" + state.signs.ellipsis
      return name.isEmpty ? [short] : ["loading model \(name)" + state.signs.ellipsis, short]
    case .failed: return ["no model"]
    case .ready(let summary):
      if state.layer.showsMap, let example = state.openedExample, let table = state.examples {
        let gold = table.goldText(example)
        let row = "row \(example.fileRow)" + dot + "gold \(gold.isEmpty ? "unknown" : gold)"
        let scored = state.openedPlausibility.map {
          row + dot + "plausibility \(Numerals.fixed(Float($0), 2))"
        }
        return [
          summary.name + dot + (state.dataset.name ?? "") + " " + (scored ?? row), scored,
          row,
        ].compactMap(\.self)
      }
      let classes = summary.classes.count
      let long = summary.name + dot + summary.architecture
      return [long + dot + "\(classes) class\(classes == 1 ? "" : "es")", long, summary.name]
    }
  }

  private var modelStyle: Style {
    switch state.model {
    case .loading: Style(.notice)
    case .failed: Style(.error)
    case .ready: Style(.dim)
    }
  }

  private var colors: String {
    switch state.terminal.abilities.colors {
    case .none: "no colours"
    case .ansi8: "8 colours"
    case .indexed256: "256 colours"
    case .direct: "true colour"
    }
  }

  /// - Returns: the number of columns used.
  private func drawColors(_ edge: Position, _ picture: inout Picture) -> Int {
    var words: [String] = []
    // The name of the data set has priority over the colours.
    if let name = state.dataset.name {
      let unsaved = state.dataset.notes.unsaved.isEmpty ? "" : " (labels not saved)"
      return picture.frame.write(
        name.trimmed(to: 32, state.signs.ellipsis) + unsaved, endingBefore: edge, style: Style(.dim)
      )
    }
    if let theme = state.terminal.theme { words.append(theme) }
    words.append(colors)
    return picture.frame.write(
      words.joined(separator: " \(state.signs.dot) "), endingBefore: edge, style: Style(.dim))
  }

  /// Draws `positive 0.71 ███████▏`.
  ///
  /// - Returns: the number of columns used.
  private func drawPrediction(
    _ edge: Position, from left: Int, _ picture: inout Picture
  ) -> Int {
    // Errors is about other texts than the editor's.
    guard state.layer.isAboutText, let prediction = state.predictions.latest?.prediction,
      let summary = state.summary,
      let probability = prediction.probabilities.element(at: prediction.classIndex)
    else { return 0 }
    guard !state.document.isBlank else { return 0 }
    let number = " " + state.answer(probability) + " "
    // The name may be truncated, but not the number.
    let name = summary.className(prediction.classIndex)
      .fitted(columns: edge.column - left - number.count, state.signs.ellipsis)
    guard !name.isEmpty else { return 0 }
    let text = name + number
    let space = edge.column - left - DisplaySafe.columns(of: text)
    let bar = space >= 10 && !state.isRegression ? 10 : 0
    let start = Position(column: edge.column - bar, row: edge.row)
    let isTarget = prediction.classIndex == state.targetClass
    picture.frame.bar(
      probability, at: start, columns: bar, style: Style(isTarget ? .bar : .otherBar))
    let used = picture.frame.write(text, endingBefore: start, style: Style(.text, .bold))
    return bar + used
  }
}
