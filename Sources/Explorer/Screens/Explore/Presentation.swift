internal import Attribution
internal import Classifiers
internal import Datasets
internal import Molecules
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Shows the text to an audience: enlarged, with its heat and the bars of the classes, and nothing
/// else; for a molecule, its drawing and the text below. The arrow keys go through the rows of the
/// data set, or through the texts of the history.
struct Presentation: Overlay {
  enum Slides: Sendable {
    /// Indices of rows of the table.
    case rows([Int])
    case texts([JoinedTexts])

    var count: Int {
      switch self {
      case .rows(let rows): rows.count
      case .texts(let texts): texts.count
      }
    }
  }

  let slides: Slides
  private(set) var index: Int
  /// The visible part of a molecule's drawing, and its scale.
  fileprivate var view = MoleculeCells.View()

  init(slides: Slides, index: Int) {
    self.slides = slides
    self.index = index
  }

  static let bindings: [Binding] =
    [
      Binding(
        [Key(.function(5))], .screen, .act(.present),
        "present to an audience: only text, heat and bars", hint: "present", rank: 55,
        name: "present"),
      Binding(
        [Key(.right), Key(.down), .char(" "), Key(.pageDown)], .presentation, .move(.down),
        "next text"),
      Binding(
        [Key(.left), Key(.up), Key(.pageUp), Key(.backspace)], .presentation, .move(.up),
        "previous text"),
      Binding([Key(.home)], .presentation, .move(.first), "first text"),
      Binding([Key(.end)], .presentation, .move(.last), "last text"),
      Binding([.char("x")], .presentation, .act(.nextExplainer), "next explainer"),
      Binding([.char("X")], .presentation, .act(.previousExplainer), "previous explainer"),
      Binding([.char("t")], .presentation, .act(.nextClass), "next class"),
      Binding([.char("T")], .presentation, .act(.previousClass), "previous class"),
      Binding(
        [.char("=")], .presentation, .act(.followPrediction), "explain the predicted class"),
      Binding([.char("+")], .presentation, .act(.zoomPresented(in: true)), "molecule: larger"),
      Binding([.char("-")], .presentation, .act(.zoomPresented(in: false)), "molecule: smaller"),
      Binding(
        [Key(.left, .alt)], .presentation, .act(.panPresented(.left)),
        "molecule: scroll left"),
      Binding(
        [Key(.right, .alt)], .presentation, .act(.panPresented(.right)),
        "molecule: scroll right"),
      Binding(
        [Key(.up, .alt)], .presentation, .act(.panPresented(.up)), "molecule: scroll up"),
      Binding(
        [Key(.down, .alt)], .presentation, .act(.panPresented(.down)),
        "molecule: scroll down"),
      Binding(
        [Key(.escape), .char("q"), Key(.function(5))], .presentation, .closeOverlay,
        "end the presentation"),
    ]
  static let chains = [inPresentation]
  private static let inPresentation: [Binding.Context] = [.presentation, .always]

  var contexts: [Binding.Context] { Self.inPresentation }

  func isAvailable(_ binding: Binding, _ state: State) -> Bool {
    guard case .act(let action) = binding.command, Self.drawingActions.contains(action) else {
      return true
    }
    return state.depiction != nil
  }

  private static let drawingActions: Set<Action> = Set(
    [.zoomPresented(in: true), .zoomPresented(in: false)]
      + [Movement.left, .right, .up, .down].map { .panPresented($0) })

  mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect]) {
    let next = state.moved(index, movement, count: slides.count, page: 1)
    guard next != index, next >= 0 else { return }
    (index, view) = (next, MoleculeCells.View())
    show(&state)
  }

  fileprivate func show(_ state: inout State) {
    switch slides {
    case .rows(let rows):
      if let row = rows.element(at: index) { state.openRow(row) }
    case .texts(let texts):
      guard let texts = texts.element(at: index) else { return }
      state.replaceTexts(with: texts)
      state.catalog.first.showMap(at: .same, &state)
    }
  }

  // MARK: Drawing

  func draw(_ state: State, on picture: inout Picture) {
    let size = picture.frame.size
    let whole = Rect(column: 0, row: 0, columns: size.columns, rows: size.rows)
    picture.frame.fill(whole)
    picture.mark(whole, as: .overlay)
    picture.frame.cursor = nil
    drawTitle(state, &picture)
    let bars = drawBars(state, &picture)
    let area = Rect(
      column: margin(size), row: 3, columns: max(1, size.columns - 2 * margin(size)),
      rows: max(1, bars - 4))
    let least = Self.leastDrawingRows + 2
    if let depiction = state.depiction, !state.document.isBlank, area.size.rows >= least {
      drawMolecule(depiction, state, area, &picture)
    } else {
      drawText(state, area, heights: [4, 2, 1], &picture)
    }
  }

  /// The minimum height of a drawing, in rows.
  private static let leastDrawingRows = 6

  private func margin(_ size: Size) -> Int { max(2, size.columns / 20) }

  private func drawTitle(_ state: State, _ picture: inout Picture) {
    let size = picture.frame.size
    let left = margin(size)
    if slides.count > 1 {
      picture.frame.write(
        "\(index + 1) of \(slides.count)",
        endingBefore: Position(column: size.columns - left, row: 1),
        style: Style(.dim))
    }
    guard let summary = state.summary, let choice = state.explanations.shown?.job.choice,
      let card = summary.method(named: choice.method)?.card, !state.document.isBlank
    else { return }
    let question = state.isRegression ? "Why this value?" : "Why \(summary.targetName(choice))?"
    let used = picture.frame.write(
      question, at: Position(column: left, row: 1), style: Style(.title, .bold))
    picture.frame.write(
      "  " + card.title, at: Position(column: left + used, row: 1), style: Style(.dim),
      maxColumns: max(0, size.columns - 2 * left - used - 14))
  }

  /// - Returns: the first row of the bars.
  private func drawBars(_ state: State, _ picture: inout Picture) -> Int {
    let size = picture.frame.size
    guard let summary = state.summary, !state.document.isBlank,
      let probabilities = state.predictions.latest?.prediction.probabilities
    else { return size.rows }
    let height = size.rows >= 30 ? 3 : 2
    let classes = state.shownClasses(rows: max(1, min(4, (size.rows / 3) / height)))
    let left = margin(size)
    let names = classes.map { summary.className($0) }
    let nameColumns = min(size.columns / 3, names.map { DisplaySafe.columns(of: $0) }.max() ?? 0)
    let top = size.rows - 1 - classes.count * height
    if let given = summary.given(probabilities) {
      picture.frame.write(
        given, at: Position(column: left, row: size.rows - 1), style: Style(.dim),
        maxColumns: max(0, size.columns - 2 * left))
    }
    for (line, index) in classes.enumerated() {
      let row = top + line * height
      let value = probabilities.element(at: index) ?? 0
      let isTarget = index == state.targetClass
      let isGiven = state.isGiven(index, probabilities)
      let style = Style(
        isTarget ? .title : isGiven ? .text : .dim, isTarget || isGiven ? .bold : [])
      picture.frame.write(
        names[line], at: Position(column: left, row: row), style: style, maxColumns: nameColumns)
      let number = state.answer(value)
      let column = left + nameColumns + 2
      picture.frame.write(number, at: Position(column: column, row: row), style: style)
      guard !state.isRegression else { continue }
      let start = column + number.count + 2
      for thickness in 0..<height - 1 {
        picture.frame.bar(
          value, at: Position(column: start, row: row + thickness),
          columns: max(0, size.columns - left - start), style: Style(isTarget ? .bar : .otherBar))
      }
    }
    return top
  }

  /// Draws the structure, and the text below it.
  private func drawMolecule(
    _ depiction: Depiction, _ state: State, _ area: Rect, _ picture: inout Picture
  ) {
    let height = state.terminal.showsSignRow ? 2 : 1
    let count = HeatmapText(state, columns: area.size.columns).layout.rowCount
    let rows = min(count, max(1, area.size.rows / 4 / height)) * height
    let drawing = Rect(
      column: area.origin.column, row: area.origin.row, columns: area.size.columns,
      rows: area.size.rows - rows - 1)
    let cells = state.draw(
      depiction, state.moleculeHeat, in: drawing, view: view, hasPicture: state.hasPictures,
      on: &picture)
    picture.writePartialHint(
      cells, zoom: view.zoom,
      in: Rect(
        column: area.origin.column - 2, row: 0, columns: area.size.columns,
        rows: area.origin.row), smaller: "-")
    drawText(
      state,
      Rect(
        column: area.origin.column, row: area.origin.row + area.size.rows - rows,
        columns: area.size.columns, rows: rows), heights: [height], &picture)
  }

  /// Draws each row of text four rows high if there is room: paint above and below it, then an
  /// empty row.
  private func drawText(
    _ state: State, _ area: Rect, heights: [Int], _ picture: inout Picture
  ) {
    guard !state.document.isBlank else {
      picture.frame.write("no text", at: area.origin, style: Style(.dim))
      return
    }
    let text = HeatmapText(state, columns: area.size.columns)
    let count = text.layout.rowCount
    let height = heights.first { $0 * count <= area.size.rows } ?? heights.last ?? 1
    let rows = min(count, area.size.rows / height)
    let top = area.origin.row + max(0, (area.size.rows - rows * height) / 2)
    for line in 0..<rows {
      let row = top + line * height
      for glyph in text.layout.glyphs(inRow: line) {
        let unit = text.span(at: glyph.utf8Range.lowerBound).flatMap {
          state.explanations.shown?.map.units.element(at: $0.unit)
        }
        var style = unit.map { state.style(of: $0) } ?? Style()
        style.attributes.formUnion(.bold)
        let column = area.origin.column + glyph.column
        let isPainted = unit.map { state.level(of: $0) != 0 } ?? false
        for offset in 0..<(height == 4 ? 3 : 1) {
          let place = Position(column: column, row: row + offset)
          if offset == (height == 4 ? 1 : 0) {
            picture.frame.write(glyph.glyph.text, at: place, style: style)
          } else if isPainted {
            picture.frame.write(
              String(repeating: " ", count: glyph.glyph.columns), at: place,
              style: Style(style.role))
          }
        }
      }
      if height > 1, state.terminal.showsSignRow {
        drawSigns(text, state, line, row, area, height, &picture)
      }
    }
    picture.frame.cutMark(
      rows, of: count,
      in: Rect(column: 0, row: 0, columns: picture.frame.size.columns, rows: area.origin.row))
  }

  /// Draws `+++` or `--` under each word, for a screen without colours.
  private func drawSigns(
    _ text: HeatmapText, _ state: State, _ line: Int, _ row: Int, _ area: Rect, _ height: Int,
    _ picture: inout Picture
  ) {
    var last: Int?
    for glyph in text.layout.glyphs(inRow: line) {
      guard let span = text.span(at: glyph.utf8Range.lowerBound), span.unit != last,
        let unit = state.explanations.shown?.map.units.element(at: span.unit)
      else { continue }
      last = span.unit
      let level = state.level(of: unit)
      guard level != 0 else { continue }
      picture.frame.write(
        String(repeating: level > 0 ? "+" : "-", count: min(abs(level), span.range.count)),
        at: Position(
          column: area.origin.column + glyph.column, row: row + (height == 4 ? 2 : 1)))
    }
  }
}

extension Binding.Context {
  fileprivate static let presentation = Self("In a presentation")
}

extension Action {
  static let present = Action("present") { state, _ in state.present() }

  fileprivate static func zoomPresented(in isLarger: Bool) -> Action {
    Action("zoom presented \(isLarger)") { state, _ in
      let step = MoleculeCells.View.step
      state.movePresented { view, _ in view.zoom(by: isLarger ? step : 1 / step) }
    }
  }
  fileprivate static func panPresented(_ movement: Movement) -> Action {
    Action("pan presented \(movement)") { state, _ in
      state.movePresented { view, size in view.look(movement, in: size) }
    }
  }
}

extension State {
  fileprivate mutating func movePresented(_ move: (inout MoleculeCells.View, Size) -> Void) {
    guard depiction != nil, var presentation = overlay as? Presentation else { return }
    move(&presentation.view, terminal.size)
    overlay = presentation
  }

  /// Presents the filtered rows if a data set is shown, otherwise the texts of the history.
  fileprivate mutating func present() {
    let rows = dataset.rows.all
    if !rows.isEmpty, let row = layer.row(self) {
      let index = rows.firstIndex(of: row) ?? 0
      let presentation = Presentation(slides: .rows(rows), index: index)
      let isThere = layer.showsMap
      show(catalog.first.screen)
      if !isThere { presentation.show(&self) }
      overlay = presentation
    } else {
      var texts = textsOfHistory.filter { !$0.joined.allSatisfy(\.isWhitespace) }
      if texts.last != document.texts, !document.isBlank { texts.append(document.texts) }
      show(catalog.first.screen)
      overlay = Presentation(slides: .texts(texts), index: max(0, texts.count - 1))
    }
  }
}
