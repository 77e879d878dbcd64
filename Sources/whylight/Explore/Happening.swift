internal import Ncurses
internal import TerminalUI

/// What the loop brings in one turn: an event, or keys that follow each other.
enum Happening {
  case event(EventLoop<ExploreRun.Mail>.Event)
  case typed([Key])
}

extension [EventLoop<ExploreRun.Mail>.Event] {
  /// The same, with keys that follow each other together.
  func joiningKeys() -> [Happening] {
    var joined: [Happening] = []
    var keys: [Key] = []
    func flushKeys() {
      if !keys.isEmpty { joined.append(.typed(keys)) }
      keys = []
    }
    for event in self {
      if case .terminal(.key(let key)) = event {
        keys.append(key)
      } else {
        flushKeys()
        joined.append(.event(event))
      }
    }
    flushKeys()
    return joined
  }
}
