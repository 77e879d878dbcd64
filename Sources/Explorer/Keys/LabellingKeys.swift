internal import TerminalUI

/// The keys that label rows, on every screen that shows a row of a data set.
extension SharedKeys {
  /// The tables while labelling: digits give labels instead of changing the screen.
  static let inLabelling: [Binding.Context] = [.labelling, .screen, .otherScreens, .always]

  static let labelling: [Binding] =
    (1...9).map { number in
      Binding(
        [.char(Character("\(number)"))], .labelling, .act(.give(label: number - 1)),
        "label the row with class \(number); go to the next row")
    } + [
      Binding(
        [.char("0")], .labelling, .act(.give(label: nil)), "restore the label from the file",
        hint: "as in the file", rank: 2),
      Binding([.char("j"), Key(.down), .char(" ")], .labelling, .act(.nextRow), "next row"),
      Binding([.char("k"), Key(.up)], .labelling, .act(.previousRow), "previous row"),
      Binding(
        [.char("u")], .labelling, .act(.undoLabel), "undo the last label", hint: "undo", rank: 2),
      Binding([.ctrl("r")], .labelling, .act(.redoLabel), "redo the last label"),
      Binding(
        [Key(.escape), .char("L"), .char("q")], .labelling, .act(.endLabelling),
        "end labelling: digits switch screens again", hint: "end", rank: 2),
    ]
}

extension Binding.Context {
  static let labelling = Self("While rows are labelled by keys")
}

/// What those keys do.
extension Action {
  static let beginLabelling = Action("begin labelling") { state, _ in state.beginLabelling() }
  static let endLabelling = Action("end labelling") { state, _ in state.endLabelling() }
  static func give(label: Int?) -> Action {
    Action("label \(label ?? -1)") { state, effects in state.give(label: label, &effects) }
  }
  static let undoLabel = Action("undo label") { state, effects in
    state.stepThroughLabels(.undo, &effects)
  }
  static let redoLabel = Action("redo label") { state, effects in
    state.stepThroughLabels(.redo, &effects)
  }
  static let nextRow = Action("next row") { state, _ in
    state.layer.stepThroughRows(by: 1, &state)
  }
  static let previousRow = Action("previous row") { state, _ in
    state.layer.stepThroughRows(by: -1, &state)
  }
}
