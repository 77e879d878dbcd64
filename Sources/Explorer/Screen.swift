/// What fills the window, each under its own key.
public enum Screen: Int, Sendable, Hashable, CaseIterable {
  case explore = 1
  case errors = 2
  case compare = 3
  case journal = 4

  /// What it shows, in a few words.
  var summary: String {
    switch self {
    case .explore: "a text, the prediction, why"
    case .errors: "a data set, worst rows first"
    case .compare: "maps side by side"
    case .journal: "what happened, and its cost"
    }
  }

  public var title: String {
    switch self {
    case .explore: "Explore"
    case .errors: "Errors"
    case .compare: "Compare"
    case .journal: "Log"
    }
  }
}
