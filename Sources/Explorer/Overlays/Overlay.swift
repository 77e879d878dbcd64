internal import TerminalUI

/// What lies over the screen and takes the keys; one at a time.
enum Overlay: Sendable {
  case help(HelpSheet)
  case palette(Palette)
  case themes(ThemePicker)
  case model(ModelPrompt)
  case word(WordPrompt)
  case classes(ClassPrompt)
  case settings(SettingsPrompt)
  /// The explainers, to be columns or not: which line is selected.
  case columns(selected: Int)
  /// Text to read, with a heading; any key closes it.
  case card(Card)
  case question(PasteQuestion)
  case note(NotePrompt)
  case export(ExportPrompt)
  case confirmation(Confirmation)
  /// Letters on everything that can be gone to.
  case jump
}

extension Overlay {
  /// It has a field that is typed into.
  var takesText: Bool {
    switch self {
    case .help(let sheet): sheet.isFiltering
    case .palette, .model, .word, .note, .export, .settings: true
    case .themes, .columns, .classes, .card, .question, .confirmation, .jump: false
    }
  }
}

struct HelpSheet: Sendable {
  /// nil until `/` is pressed.
  var filter: TextEditor?
  var isFiltering = false
  var top = 0
}

struct ThemePicker: Sendable {
  var selected: Int
  /// What Esc goes back to.
  var original: String?
}

struct Card: Sendable {
  enum Content: Sendable, Equatable {
    case method, shellCommand, trust
  }
  var content: Content
}

/// A long paste waits for a yes.
struct PasteQuestion: Sendable {
  static let limit = 65_536
  var text: String
}
