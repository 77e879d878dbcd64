/// The meaning of a cell. Colours are added last, by the theme.
public enum Role: Hashable, Sendable {
  case text, dim, title, border, focusedBorder
  /// A key in the hint row or the help sheet.
  case key
  case selection, notice, warning, error
  /// The filled part of a bar for the explained class, and for any other class.
  case bar, otherBar
  /// The filled part of a bar against the class; the one for it is a `bar`.
  case againstBar
  /// A mark for a character that cannot be shown.
  case mark
  /// How much a token supports (+) or opposes (-) the target, -5...5; 0 has no colour.
  case heat(Int)
  /// The same for methods without a sign, 0...5, on a ramp of its own.
  case intensity(Int)

  /// Whether it is a level of a ramp with a colour.
  public var isPaint: Bool {
    switch self {
    case .heat(let level), .intensity(let level): level != 0
    default: false
    }
  }
}

public struct Attributes: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  public static let bold = Attributes(rawValue: 1)
  public static let underline = Attributes(rawValue: 2)
  public static let reverse = Attributes(rawValue: 4)
}

public struct Style: Sendable, Hashable {
  public var role: Role
  public var attributes: Attributes

  public init(_ role: Role = .text, _ attributes: Attributes = []) {
    self.role = role
    self.attributes = attributes
  }
}
