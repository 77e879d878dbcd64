/// What a cell means. Colours enter last, in the theme: before it there is only meaning.
public enum Role: Hashable, Sendable {
  case text, dim, title, border, focusedBorder
  /// A key in the hint row or the help sheet.
  case key
  case selection, notice, warning, error
  /// The filled part of a bar for the class that is explained, and for any other class.
  case bar, otherBar
  /// The filled part of a bar for what speaks against the class; what speaks for it is a `bar`.
  case againstBar
  /// A mark that stands for a character that can't be shown.
  case mark
  /// How much a token speaks for (+) or against (-) the target, -5...5; 0 is no paint.
  case heat(Int)
  /// The same for methods without a sign, 0...5, on a ramp of its own.
  case intensity(Int)

  /// A level of a ramp that has a colour.
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
