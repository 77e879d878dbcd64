internal import CNcurses
internal import Glibc
package import TerminalUI

/// The terminfo entry to use, and the number of colours.
package struct TerminalChoice {
  static let fallback = "xterm-256color"

  package var name: String
  package var colors: TerminalAbilities.Colors
  package var notice: ScreenNotice?
  /// Whether it is the Linux console, by the name in the environment.
  package let isConsole: Bool
  /// Whether the terminal may be queried for more colours than it is known to have.
  package var mayAskForMore: Bool
  /// Whether the terminal may be queried for kitty's protocol: screen would show the query in its
  /// status line, and in tmux no reply gets through.
  package let mayAskForKitty: Bool

  /// By `--color`, then `NO_COLOR`, then `COLORTERM`, then terminfo.
  package init(
    _ options: ScreenOptions, environment: (String) -> String? = environmentVariable,
    probe: (String) -> TerminalEntry? = TerminalEntry.init(named:)
  ) throws {
    let wanted = environment("TERM") ?? ""
    name = wanted
    isConsole = wanted.hasPrefix("linux")
    mayAskForKitty =
      !["linux", "screen", "tmux"].contains { wanted.hasPrefix($0) }
      && environment("TMUX") ?? "" == "" && environment("STY") ?? "" == ""
    var entry = probe(wanted)
    if entry == nil {
      name = Self.fallback
      entry = probe(Self.fallback)
      notice = .unknownTerminal(name: wanted, used: Self.fallback)
    }
    guard let entry, entry.canPlaceCursor else {
      throw ScreenError.unusableTerminal(name: wanted)
    }
    colors = Self.depth(options.color, of: entry, environment)
    // The Linux console displays unknown queries as text.
    mayAskForMore =
      [.auto, .always].contains(options.color) && [.ansi8, .indexed256].contains(colors)
      && !isConsole
    // The entry must be able to express what was requested.
    let directName = unsafe String(cString: terminal_direct_name())
    switch colors {
    case .direct: name = directName
    case .indexed256 where entry.colors < 256 || entry.hasDirectColors: name = Self.fallback
    case .ansi8 where entry.colors < 8: name = "xterm"
    default: break
    }
    if colors != .none, probe(name) == nil {
      name = notice == nil ? wanted : Self.fallback
      colors = Self.depth(.always, of: entry, { _ in nil })
    }
  }

  fileprivate static func depth(
    _ choice: ColorChoice, of entry: TerminalEntry, _ environment: (String) -> String?
  ) -> TerminalAbilities.Colors {
    switch choice {
    case .never: return .none
    case .eight, .sixteen: return .ansi8
    case .indexed: return .indexed256
    case .direct: return .direct
    case .auto where environment("NO_COLOR") ?? "" != "": return .none
    case .auto, .always:
      if ["truecolor", "24bit"].contains(environment("COLORTERM")) { return .direct }
      if entry.hasDirectColors { return .direct }
      if entry.colors >= 256 { return .indexed256 }
      return entry.colors >= 8 || choice == .always ? .ansi8 : .none
    }
  }
}

extension TerminalAbilities.Colors {
  /// The colours for standard output without a screen: as for a screen, but none if the terminal is
  /// unknown.
  package init(ofOutput choice: ColorChoice) {
    let entry = environmentVariable("TERM").flatMap(TerminalEntry.init(named:))
    self = TerminalChoice.depth(
      choice, of: entry ?? TerminalEntry(colors: 0), environmentVariable)
  }
}

/// What terminfo says about a terminal.
package struct TerminalEntry: Hashable {
  package var colors: Int
  package var hasDirectColors: Bool
  package var canPlaceCursor: Bool

  package init(colors: Int, hasDirectColors: Bool = false, canPlaceCursor: Bool = true) {
    self.colors = colors
    self.hasDirectColors = hasDirectColors
    self.canPlaceCursor = canPlaceCursor
  }

  /// nil if terminfo has no such entry.
  package init?(named name: String) {
    var count: CInt = 0
    var isDirect: CInt = 0
    let kind = unsafe terminal_probe(name, &count, &isDirect)
    guard kind != TERMINAL_UNKNOWN else { return nil }
    colors = Int(count)
    hasDirectColors = isDirect != 0
    canPlaceCursor = kind == TERMINAL_USABLE
  }
}

package func environmentVariable(_ name: String) -> String? {
  unsafe getenv(name).map { unsafe String(cString: $0) }
}
