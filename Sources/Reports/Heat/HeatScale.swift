public import TerminalUI

/// The score that has the strongest colour.
public enum HeatScale: Sendable, Equatable {
  /// The largest absolute score of the shown text.
  case text
  /// One number for all texts, so that heatmaps can be compared.
  case fixed(Float)

  public func value(for map: HeatMap) -> Float {
    switch self {
    case .text: map.largest
    case .fixed(let value): value
    }
  }
}

/// The role of a level in the theme.
public func heatRole(level: Int, isSigned: Bool) -> Role {
  isSigned ? .heat(level) : .intensity(abs(level))
}
