internal import Glibc

/// A colour in a form that terminals understand.
public enum Color: Sendable, Hashable {
  /// The terminal's own colour.
  case terminal
  /// xterm's palette: 0-7 are the ANSI colours and 8-15 their bright variants, all of which users
  /// redefine; 16-231 are a cube, 232-255 greys.
  case indexed(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)

  public static let black = Color.indexed(16)
  public static let white = Color.indexed(231)
}

extension Color {
  /// The components, with xterm's defaults for 0-15; nil for the terminal's own colour.
  public var components: (red: UInt8, green: UInt8, blue: UInt8)? {
    switch self {
    case .terminal: return nil
    case .rgb(let red, let green, let blue): return (red, green, blue)
    case .indexed(let index) where index < 16:
      let value = xtermColors[Int(index)]
      return (UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
    case .indexed(let index) where index < 232:
      let place = Int(index) - 16
      return (cubeSteps[place / 36], cubeSteps[place / 6 % 6], cubeSteps[place % 6])
    case .indexed(let index):
      let grey = 8 + 10 * (index - 232)
      return (grey, grey, grey)
    }
  }

  /// Relative luminance, 0 black ... 1 white (WCAG 2.2).
  public var luminance: Double? {
    guard let (red, green, blue) = components else { return nil }
    func linear(_ byte: UInt8) -> Double {
      let value = Double(byte) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The contrast of two colours, 1 ... 21 (WCAG 2.2); nil if one is the terminal's own.
  public func contrast(to other: Color) -> Double? {
    guard let mine = luminance, let others = other.luminance else { return nil }
    return (max(mine, others) + 0.05) / (min(mine, others) + 0.05)
  }

  /// Black or white, whichever is more readable on this colour; the terminal's own on the
  /// terminal's own.
  public var readableText: Color {
    guard let luminance else { return .terminal }
    return (1.05 / (luminance + 0.05)) > ((luminance + 0.05) / 0.05) ? .white : .black
  }

  /// The palette's nearest fixed colour (16-255) by distance in RGB; indices and the terminal's own
  /// are kept.
  public var nearestIndexed: Color {
    guard case .rgb = self else { return self }
    return .indexed(nearest(in: 16...255))
  }

  /// The nearest of the eight ANSI colours. Greys become the terminal's own, because its black or
  /// white may be the background.
  public var nearestAnsi: Color {
    guard let (red, green, blue) = components else { return .terminal }
    if case .indexed(let index) = self, index < 16 { return .indexed(index % 8) }
    let brightest = max(red, green, blue)
    let darkest = min(red, green, blue)
    if brightest - darkest < 32 { return .terminal }
    // The components that are on, relative to the brightest: only the hue counts.
    let threshold = darkest + (brightest - darkest) / 2
    return .indexed(
      (red > threshold ? 1 : 0) | (green > threshold ? 2 : 0) | (blue > threshold ? 4 : 0))
  }

  private func nearest(in range: ClosedRange<UInt8>) -> UInt8 {
    guard let (red, green, blue) = components else { return range.lowerBound }
    func distance(_ index: UInt8) -> Int {
      guard let other = Color.indexed(index).components else { return .max }
      let steps = [
        Int(red) - Int(other.red), Int(green) - Int(other.green), Int(blue) - Int(other.blue),
      ]
      return steps.reduce(0) { $0 + $1 * $1 }
    }
    return range.min { distance($0) < distance($1) } ?? range.lowerBound
  }
}

private let cubeSteps: [UInt8] = [0, 95, 135, 175, 215, 255]

/// xterm's defaults for 0-15.
private let xtermColors: [UInt32] = [
  0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
  0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
]
