internal import Reports
internal import TerminalUI

/// The keys of Errors.
extension ErrorsScreen {
  package static let bindings: [Binding] = table + drawing + examples + query

  package static let chains = [inMatrix, inTable, inQuery, SharedKeys.inLabelling]
  static let inTable: [Binding.Context] = [
    .examples, .errors, .commands, .screen, .otherScreens, .always,
  ]
  /// Its cells lie beside each other, so that left and right move in it.
  static let inMatrix: [Binding.Context] = [
    .errors, .across, .commands, .screen, .otherScreens, .always,
  ]
  static let inQuery: [Binding.Context] = [.query, .text, .otherScreens, .always]

  private static let table: [Binding] = [
    Binding(
      [.char("/")], .errors, .act(.editFilter), "filter the rows: words, or a query",
      hint: "filter", rank: 2),
    Binding(
      [Key(.enter)], .errors, .act(.openExample),
      "open the row in Explore; in a list: filter by its line", hint: "open", rank: 2),
    Binding(
      [.char("f")], .errors, .act(.facet), "only rows of this gold and predicted class",
      hint: "like this one", rank: 2),
    Binding(
      [.char("x")], .errors, .act(.clearFilter), "clear the filter: all rows again",
      hint: "clear filter", rank: 3, name: "clear-filter"),
    Binding(
      [.char("o")], .errors, .act(.sortExamples), "sort by row, loss, p, gold, pred, length",
      hint: "sort", rank: 2),
    Binding([.char("R")], .errors, .act(.reverseSort), "sort the other way round"),
    Binding(
      [.char("n")], .errors, .act(.nextError), "next row that the model is wrong on",
      hint: "next error", rank: 4),
    Binding(
      [.char("N")], .errors, .act(.previousError), "previous row that the model is wrong on"),
    Binding([.char(" ")], .errors, .act(.toggleMark), "mark the row", hint: "mark", rank: 5),
    Binding(
      [.char("d")], .errors, .act(.nextDrawer),
      "confusion, calibration, slices, words, labels, models", hint: "next table", rank: 2),
    Binding([.char("D")], .errors, .act(.previousDrawer), "the table before"),
    Binding(
      [.char("+")], .errors, .act(.zoom),
      "the table or the list over the whole window, and back",
      hint: "enlarge", rank: 8),
    Binding([.char("_")], .errors, .act(.zoom), "the table or the list as before"),
    Binding([.char("e")], .errors, .act(.openToEdit), "open the row in Explore and edit it"),
    Binding(
      [.char("A")], .errors, .act(.openModel(for: .allRows)),
      "ask a second model: where the two differ", name: "second-model"),
    Binding([.char("r")], .errors, .act(.resume), "resume what was stopped"),
    Binding([.char("S")], .errors, .act(.addSlice), "keep the filter as a slice"),
    Binding(
      [.char("c")], .errors, .act(.toggleContrast),
      "contrast: why the answer and not the gold class", hint: "contrast", rank: 7),
    Binding(
      [.char("C")], .errors, .act(.toggleCalibration),
      "the calibration at the best temperature, or as it is", name: "calibrate"),
    Binding(
      [.char("y")], .errors, .act(.copyFocus),
      "copy the marked or filtered rows; again: another form",
      hint: "copy", rank: 6),
  ]

  private static let drawing: [Binding] = [
    Binding(
      [.alt("+")], .errors, .act(.zoomDrawing(in: true)), "the row's molecule: larger"),
    Binding([.alt("-")], .errors, .act(.zoomDrawing(in: false)), "the row's molecule: smaller"),
    Binding(
      [Key(.left, .alt)], .errors, .act(.panDrawing(.left)), "the row's molecule: look further left"
    ),
    Binding(
      [Key(.right, .alt)], .errors, .act(.panDrawing(.right)),
      "the row's molecule: look further right"),
    Binding(
      [Key(.up, .alt)], .errors, .act(.panDrawing(.up)), "the row's molecule: look further up"),
    Binding(
      [Key(.down, .alt)], .errors, .act(.panDrawing(.down)),
      "the row's molecule: look further down"),
  ]

  /// The keys of the drawing of a row.
  static let ofDrawing: Set<Action> = Set(
    [.zoomDrawing(in: true), .zoomDrawing(in: false)]
      + [Movement.left, .right, .up, .down].map { .panDrawing($0) })

  private static let examples: [Binding] = [
    Binding(
      [.char("l")], .examples, .act(.label), "a new label and a note for the row, or the marked",
      hint: "label", rank: 2, name: "label"),
    Binding(
      [.char("L")], .examples, .act(.beginLabelling), "label rows by one key each: 1, 2, 3 …",
      hint: "label by keys", rank: 4, name: "label-rows"),
  ]

  private static let query: [Binding] = [
    Binding(
      [Key(.enter)], .query, .act(.applyFilter), "show the rows that match", hint: "use", rank: 1),
    Binding(
      [Key(.escape)], .query, .act(.leaveFilter), "leave the filter as it was", hint: "leave",
      rank: 2),
    SharedKeys.copy(in: .query),
  ]
}

extension Binding.Context {
  static let errors = Self("On Errors")
  static let examples = Self("On Errors, in the table and the lists beside it")
  static let query = Self("In the filter of Errors")
}

/// What those keys do.
extension Action {
  static let editFilter = Action("edit filter") { state, _ in state.beginFilter() }
  static let applyFilter = Action("apply filter") { state, _ in
    state.applyFilter(state.errors.filter.field.text)
  }
  static let leaveFilter = Action("leave filter") { state, _ in state.leaveFilter() }
  static let clearFilter = Action("clear filter") { state, _ in
    state.show(.errors)
    state.applyFilter("", isTyped: false)
  }
  static let facet = Action("facet") { state, _ in state.facet() }
  static let sortExamples = Action("sort examples") { state, _ in state.sortExamples() }
  static let reverseSort = Action("reverse sort") { state, _ in
    state.dataset.rows.isReversed.toggle()
  }
  static let nextError = Action("next error") { state, _ in state.moveToError(by: 1) }
  static let previousError = Action("previous error") { state, _ in state.moveToError(by: -1) }
  static let toggleMark = Action("toggle mark") { state, _ in state.toggleMark() }
  static let nextDrawer = Action("next drawer") { state, _ in state.cycleDrawer(by: 1) }
  static let previousDrawer = Action("previous drawer") { state, _ in state.cycleDrawer(by: -1) }
  static let openExample = Action("open example") { state, effects in state.openFromErrors(&effects)
  }
  static let openToEdit = Action("open to edit") { state, effects in
    state.errors.isInDrawer = false
    state.openFromErrors(&effects)
    if state.layer.showsMap { state.edit() }
  }
  static func zoomDrawing(in isLarger: Bool) -> Action {
    Action("zoom drawing \(isLarger)") { state, _ in
      let step = MoleculeCells.View.step
      state.moveDrawing { view, _ in view.zoom(by: isLarger ? step : 1 / step) }
    }
  }
  static func panDrawing(_ movement: Movement) -> Action {
    Action("pan drawing \(movement)") { state, _ in
      state.moveDrawing { view, size in view.look(movement, in: size) }
    }
  }
  static let resume = Action("resume") { state, effects in state.resume(&effects) }
  static let addSlice = Action("add slice") { state, _ in state.addSlice() }
  static let toggleCalibration = Action("toggle calibration") { state, _ in
    state.toggleCalibration()
  }
}
