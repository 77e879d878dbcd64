internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

extension State {
  /// Adds the events that deserve a line to the log. Keys do not, and answers add their own lines.
  mutating func note(_ event: Event) {
    switch event {
    case .problem(let reason), .saveFailed(let reason): add(.problem, reason)
    case .notice(let text), .copied(let text): add(.note, text)
    case .abilities(let abilities): add(.note, "colours: \(abilities.colors.rawValue)")
    case .drew(let bytes, let timings): journal.drew(bytes: bytes, timings: timings)
    case .start, .terminal, .typed, .progress, .answer, .failure, .completions, .tick, .rested,
      .notesKept, .themes, .painted, .dataOpened, .dataRefused, .caption, .turnEnded, .terminate:
      break
    }
  }

  mutating func add(_ kind: Journal.Kind, _ text: String) {
    journal.add(kind, text, at: now, timeOfDay)
  }
}
