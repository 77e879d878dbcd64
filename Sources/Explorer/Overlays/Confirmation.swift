internal import TerminalUI

/// A question that waits for a yes, because something would be lost.
enum Confirmation: Sendable {
  /// So many notes could not be kept anywhere.
  case quit(notes: Int)
  /// The text could not be saved, for that reason.
  case quitUnsaved(reason: String)
  case replace(ExportRequest)

  var title: String {
    switch self {
    case .quit, .quitUnsaved: "Quit"
    case .replace: "Export"
    }
  }

  var question: String {
    switch self {
    case .quit(let notes):
      "\(Numerals.count(notes, "note")) could not be kept and would be lost; quit? y/n"
    case .quitUnsaved(let reason):
      "the text could not be saved: \(reason); quit and lose it? y/n"
    case .replace(let request): "\(request.path) is there already; replace it? y/n"
    }
  }
}

extension State {
  /// Asks where something would be lost; a signal never asks.
  mutating func quit(_ effects: inout [Effect]) {
    guard errors.unkept.isEmpty else {
      overlay = .confirmation(.quit(notes: errors.unkept.count))
      return
    }
    effects.append(.saveAndQuit(session))
  }

  mutating func answer(_ confirmation: Confirmation, _ key: Key, _ effects: inout [Effect]) {
    switch key.code {
    case .character("y"), .character("Y"):
      overlay = nil
      switch confirmation {
      case .quit: effects.append(.saveAndQuit(session))
      case .quitUnsaved: effects.append(.quit(status: 0))
      case .replace(var request):
        request.mayReplace = true
        effects.append(.export(request))
      }
    case .character("n"), .character("N"), .escape, .character("c"), .character("q"):
      overlay = nil
      say("as it was")
    default: break
    }
  }
}
