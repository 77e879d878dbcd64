internal import Ncurses
internal import TerminalUI

/// An event of one turn of the loop, or consecutive keys.
enum JoinedEvent {
  case event(EventLoop<ExploreRun.Mail>.Event)
  case typed([Key])
}

extension [EventLoop<ExploreRun.Mail>.Event] {
  /// The same with consecutive keys joined.
  func joiningKeys() -> [JoinedEvent] {
    var joined: [JoinedEvent] = []
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
