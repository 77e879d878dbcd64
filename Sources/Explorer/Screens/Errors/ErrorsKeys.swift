internal import Reports
internal import TerminalUI

/// The keys of Errors.
extension ErrorsScreen {
  package static let bindings: [Binding] = table + drawing + examples + query

  package static let chains = [inMatrix, inTable, inQuery, SharedKeys.inLabelling]
  static let inTable: [Binding.Context] = [
    .examples, .errors, .commands, .screen, .otherScreens, .always,
  ]
  /// In the confusion matrix, left and right move between the cells of a row.
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
      [.char("f")], .errors, .act(.facet), "only rows with this gold and predicted class",
      hint: "like this one", rank: 2),
    Binding(
      [.char("x")], .errors, .act(.clearFilter), "clear the filter: all rows again",
      hint: "clear filter", rank: 3, name: "clear-filter"),
    Binding(
      [.char("o")], .errors, .act(.sortExamples), "sort by row, loss, p, gold, pred, length",
      hint: "sort", rank: 2),
    Binding([.char("R")], .errors, .act(.reverseSort), "reverse the order"),
    Binding(
      [.char("n")], .errors, .act(.nextError), "next row that the model is wrong on",
      hint: "next error", rank: 4),
    Binding(
      [.char("N")], .errors, .act(.previousError), "previous row that the model is wrong on"),
    Binding([.char(" ")], .errors, .act(.toggleMark), "mark the row", hint: "mark", rank: 5),
    Binding(
      [.char("d")], .errors, .act(.nextDrawer),
      "next table: confusion, calibration, slices …",
      hint: "next table", rank: 2),
    Binding([.char("D")], .errors, .act(.previousDrawer), "previous table"),
    Binding(
      [.char("+")], .errors, .act(.zoom),
      "enlarge the table or list to the window, and back",
      hint: "enlarge", rank: 8),
    Binding([.char("_")], .errors, .act(.zoom), "enlarge the table or list, or shrink it back"),
    Binding([.char("e")], .errors, .act(.openToEdit), "open the row in Explore and edit it"),
    Binding(
      [.char("A")], .errors, .act(.openModel(for: .allRows)),
      "compare with a second model on all rows", name: "second-model"),
    Binding([.char("r")], .errors, .act(.resume), "resume scoring"),
    Binding([.char("S")], .errors, .act(.addSlice), "add the filter to the slices"),
    Binding(
      [.char("c")], .errors, .act(.toggleContrast),
      "contrast: why this class and not the gold class", hint: "contrast", rank: 7),
    Binding(
      [.char("C")], .errors, .act(.toggleCalibration),
      "calibration at the best temperature, or at 1", name: "calibrate"),
    Binding(
      [.char("y")], .errors, .act(.copyFocus),
      "copy the marked or filtered rows; again: another form",
      hint: "copy", rank: 6),
  ]

  private static let drawing: [Binding] = [
    Binding(
      [.alt("+")], .errors, .act(.zoomDrawing(in: true)), "molecule: larger"),
    Binding([.alt("-")], .errors, .act(.zoomDrawing(in: false)), "molecule: smaller"),
    Binding(
      [Key(.left, .alt)], .errors, .act(.panDrawing(.left)), "molecule: scroll left"),
    Binding(
      [Key(.right, .alt)], .errors, .act(.panDrawing(.right)),
      "molecule: scroll right"),
    Binding(
      [Key(.up, .alt)], .errors, .act(.panDrawing(.up)), "molecule: scroll up"),
    Binding(
      [Key(.down, .alt)], .errors, .act(.panDrawing(.down)),
      "molecule: scroll down"),
  ]

  /// The actions on the drawing of the selected row's molecule.
  static let ofDrawing: Set<Action> = Set(
    [.zoomDrawing(in: true), .zoomDrawing(in: false)]
      + [Movement.left, .right, .up, .down].map { .panDrawing($0) })

  private static let examples: [Binding] = [
    Binding(
      [.char("l")], .examples, .act(.label),
      "new label and note for the row or the marked rows",
      hint: "label", rank: 2, name: "label"),
    Binding(
      [.char("L")], .examples, .act(.beginLabelling),
      "label rows with the digit keys, one class per digit",
      hint: "label by keys", rank: 4, name: "label-rows"),
  ]

  private static let query: [Binding] = [
    Binding(
      [Key(.enter)], .query, .act(.applyFilter), "show the rows that match", hint: "use", rank: 1),
    Binding(
      [Key(.escape)], .query, .act(.leaveFilter), "close the field and restore the filter",
      hint: "leave",
      rank: 2),
    SharedKeys.copy(in: .query),
  ]
}

extension Binding.Context {
  static let errors = Self("On Errors")
  static let examples = Self("On Errors, in the table and the lists beside it")
  static let query = Self("In the filter of Errors")
}

/// The actions of these keys.
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
