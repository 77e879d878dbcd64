/// An event that a terminal reports to the program.
public enum TerminalEvent: Sendable, Hashable {
  case key(Key)
  /// A bracketed paste as a whole, with line ends as `\n`, otherwise unchanged.
  case paste(String)
  case mouse(Mouse)
  case resize(Size)
  case focus(Bool)
}

public struct Key: Sendable, Hashable {
  public enum Code: Sendable, Hashable {
    /// A printable cluster as typed; with `.control` or `.alt` the lower-case letter.
    case character(Character)
    case enter, escape, tab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
  }

  public struct Modifiers: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let shift = Modifiers(rawValue: 1)
    public static let alt = Modifiers(rawValue: 2)
    public static let control = Modifiers(rawValue: 4)
  }

  public var code: Code
  public var modifiers: Modifiers

  public init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }
}

public struct Mouse: Sendable, Hashable {
  public enum Action: Sendable, Hashable { case press, drag, release, wheelUp, wheelDown }

  public var action: Action
  public var position: Position
  public var modifiers: Key.Modifiers

  public init(_ action: Action, at position: Position, modifiers: Key.Modifiers = []) {
    self.action = action
    self.position = position
    self.modifiers = modifiers
  }
}

/// The capabilities of the terminal, by which views draw and themes choose their ramp.
public struct TerminalAbilities: Sendable, Hashable {
  public enum Colors: String, Sendable, CaseIterable { case none, ansi8, indexed256, direct }

  public var colors: Colors
  /// `--plain`: ASCII only, no borders, no blocks, no spinners, for screen readers and old fonts.
  public var isPlain: Bool
  /// The Linux console: its fonts have borders and full blocks, but no partial blocks and few
  /// symbols.
  public var isConsole: Bool
  /// Set if the terminal reports that it can show pictures.
  public var pictures: PictureAbility?

  public init(colors: Colors = .indexed256, isPlain: Bool = false, isConsole: Bool = false) {
    self.colors = colors
    self.isPlain = isPlain
    self.isConsole = isConsole
  }
}
