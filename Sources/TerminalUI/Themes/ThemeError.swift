/// Why a theme file cannot be used, and where.
public struct ThemeError: Error, Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// Not TOML, or a part of TOML that themes do not need; the message is the reader's.
    case syntax(String)
    case unreadable
    case unknownKey(String)
    case missingKey(String)
    /// `expected` names the type of value.
    case wrongValue(key: String, expected: Expected)
    case wrongCount(key: String, expected: Int, found: Int)
    case unknownBase(String)
  }

  public enum Expected: String, Sendable, Hashable {
    case text = "a text"
    case background = "\"dark\" or \"light\""
    case table = "a table"
    case list = "a list of colours"
    case flag = "true or false"
    case key = "a key, as \"ctrl-x\", \"alt-x\", \"f2\" or one character, or a list of keys"
    case freeKey = "a key that does nothing else there"
    case color =
      "a colour: 0 to 255, \"#rrggbb\", an ANSI colour's name, \"default\" or a name of the palette"
    case ansiColor =
      "an ANSI colour's name or \"default\", with +bold, +underline or +reverse behind it"
    case attributes = "bold, underline or reverse, joined with +"
  }

  /// The path, or a shipped theme's name.
  public var file: String
  /// From 1.
  public var line: Int
  public var reason: Reason
}

extension ThemeError: CustomStringConvertible {
  /// `file:line: reason`.
  public var description: String { "\(file):\(line): \(reason)" }
}

extension ThemeError.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .syntax(let words): words
    case .unreadable: "can't be read as a text file of at most 256 KB"
    case .unknownKey(let key): "\(key) is not a setting of themes"
    case .missingKey(let key): "\(key) is missing"
    case .wrongValue(let key, let expected): "\(key) must be \(expected.rawValue)"
    case .wrongCount(let key, let expected, let found):
      "\(key) needs \(expected) colours, found \(found)"
    case .unknownBase(let name): "inherits names no theme of the program: \(name)"
    }
  }
}
