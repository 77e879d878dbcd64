internal import TerminalUI

/// What a key does in the state as it is: the word for it in the hint row and in the frame of a prompt.
extension State {
  /// nil where the key has no hint, or does nothing here.
  func hintWord(of binding: Binding) -> String? {
    guard let word = binding.hint?.word else { return nil }
    return switch binding.command {
    case .complete: completion
    case .accept: acceptance ?? word
    default: word
    }
  }

  /// What Tab does in the prompt that is open; nil where that is nothing.
  var completion: String? {
    let complete = "complete"
    return switch overlay {
    case .note(let prompt): prompt.field == .label ? "note" : "label"
    case .model(let prompt): prompt.lines(recent: recentModels).isEmpty ? nil : complete
    case .word(let prompt): prompt.completed.field.text == prompt.field.text ? nil : complete
    case .export(let prompt): prompt.found.isEmpty ? nil : complete
    case .palette(let palette): palette.hits(in: paletteEntries).isEmpty ? nil : complete
    case .help, .themes, .columns, .card, .question, .confirmation, .jump, nil: nil
    }
  }

  /// What Enter does in the prompt that is open; nil where it uses the selected line.
  private var acceptance: String? {
    switch overlay {
    case .note: "save"
    case .model: "open"
    case .word: "try"
    case .export: "write"
    case .themes: "keep"
    case .columns: "add or remove"
    case .help: "read"
    case .palette, .card, .question, .confirmation, .jump, nil: nil
    }
  }

  /// For the frame of a prompt: `Tab completes  Enter opens`.
  func promptNote(_ enter: String) -> String {
    let tab =
      switch completion {
      case nil: ""
      case "complete"?: "Tab completes  "
      case let word?: "Tab \(word)  "
      }
    return tab + "Enter \(enter)"
  }
}
