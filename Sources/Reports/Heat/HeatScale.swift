public import TerminalUI

/// What score gets the strongest paint.
public enum HeatScale: Sendable, Equatable {
  /// The largest absolute score of the text at hand.
  case text
  /// One number for all texts, so that pictures can be compared.
  case fixed(Float)

  public func value(for map: HeatMap) -> Float {
    switch self {
    case .text: map.largest
    case .fixed(let value): value
    }
  }
}

/// What a level means to the theme.
public func heatRole(level: Int, isSigned: Bool) -> Role {
  isSigned ? .heat(level) : .intensity(abs(level))
}
