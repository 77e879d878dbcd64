internal import Explorer
internal import FoundationEssentials
internal import TerminalUI

/// The available themes, and the current one.
struct ThemeShelf {
  private var library: ThemeLibrary
  private var background: Theme.Background
  /// Chosen by name on the command line, in the last session or by the user; nil to follow the
  /// background.
  private var chosen: String?
  private(set) var current: Theme

  /// - Parameters:
  ///   - given: the value of `--theme`, a name or a file.
  ///   - last: the last session's choice.
  init(
    given: String?, last: String?,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let file = given.flatMap { ThemeLibrary.isFile($0) ? $0 : nil }
    library = ThemeLibrary(folder: ConfigurationFolder.themes, file: file)
    background = Self.background(environment["COLORFGBG"])
    chosen = file == nil ? given ?? last : nil
    current = library.preferred(background)
    if let file {
      _ = library.reload()
      chosen = library.givenTheme?.name
      if chosen == nil { missing = file }
    }
    settle()
  }

  /// A requested theme that does not exist.
  private var missing: String?

  var names: [String] { library.themes.map(\.name) }
  /// The themes, for the explorer.
  var event: Event {
    .themes(names, current: current.name, isMonochrome: current.isMonochrome)
  }
  var watchedFolders: [String] { library.watchedFolders }

  mutating func choose(_ name: String) {
    chosen = name
    settle()
  }

  /// Reads the user's files again; returns a message if one of them is invalid.
  mutating func reload() -> String? {
    let problems = library.reload()
    settle()
    if let problem = problems.first { return problem.description }
    defer { missing = nil }
    if let name = missing ?? chosen, library.theme(named: name) == nil {
      return "there is no theme \(name); there are \(names.joined(separator: ", "))"
    }
    return nil
  }

  var isDark: Bool { background == .dark }

  /// Handles the terminal's report of its background; returns whether the theme changes.
  mutating func use(background: Theme.Background) -> Bool {
    guard background != self.background else { return false }
    self.background = background
    let before = current
    settle()
    return current != before
  }

  private mutating func settle() {
    current =
      chosen.flatMap { library.theme(named: $0) } ?? library.preferred(background)
  }

  /// `15;0` is light text on a dark background, `0;15` the reverse.
  private static func background(_ colors: String?) -> Theme.Background {
    guard let last = colors?.split(separator: ";").last, let index = Int(last) else {
      return .dark
    }
    return index == 7 || (9...15).contains(index) ? .light : .dark
  }
}
