internal import TerminalUI

/// The keys that label rows, wherever a row of a data set is looked at.
extension SharedKeys {
  /// Digits are labels and not screens.
  static let inLabelling: [Binding.Context] = [.labelling, .screen, .always]

  static let labelling: [Binding] =
    (1...9).map { number in
      Binding(
        [.char(Character("\(number)"))], .labelling, .act(.give(label: number - 1)),
        "class \(number) is the new label; on to the next row")
    } + [
      Binding(
        [.char("0")], .labelling, .act(.give(label: nil)), "the label as it is in the file",
        hint: "as in the file", rank: 2),
      Binding([.char("j"), Key(.down), .char(" ")], .labelling, .act(.nextRow), "next row"),
      Binding([.char("k"), Key(.up)], .labelling, .act(.previousRow), "the row before"),
      Binding(
        [.char("u")], .labelling, .act(.undoLabel), "undo the last label", hint: "undo", rank: 2),
      Binding([.ctrl("r")], .labelling, .act(.redoLabel), "redo it"),
      Binding(
        [Key(.escape), .char("L"), .char("q")], .labelling, .act(.endLabelling),
        "end labelling: digits are screens again", hint: "end", rank: 2),
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
