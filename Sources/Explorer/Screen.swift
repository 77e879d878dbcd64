/// What fills the window, each under its own key.
public enum Screen: Int, Sendable, Hashable, CaseIterable {
  case explore = 1
  case errors = 2
  case compare = 3
  case journal = 4

  public var title: String {
    switch self {
    case .explore: "Explore"
    case .errors: "Errors"
    case .compare: "Compare"
    case .journal: "Log"
    }
  }
}
