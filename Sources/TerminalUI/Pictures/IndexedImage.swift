/// A picture of at most 256 colours.
public struct IndexedImage: Sendable, Hashable {
  public struct RGBA: Sendable, Hashable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8
    /// 0 is transparent.
    public var alpha: UInt8

    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, alpha: UInt8 = 255) {
      (self.red, self.green, self.blue, self.alpha) = (red, green, blue, alpha)
    }

    /// - Parameter share: the fraction of the other colour, 0 to 1.
    public func mixed(with other: RGBA, _ share: Float) -> RGBA {
      func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
        UInt8(min(max((Float(a) + (Float(b) - Float(a)) * share).rounded(), 0), 255))
      }
      return RGBA(
        mix(red, other.red), mix(green, other.green), mix(blue, other.blue),
        alpha: mix(alpha, other.alpha))
    }
  }

  public let width: Int
  public let height: Int
  /// At most 256.
  public let palette: [RGBA]
  /// Indices of colours, row by row from the top.
  public let pixels: [UInt8]

  /// nil if the sizes are inconsistent.
  public init?(width: Int, height: Int, palette: [RGBA], pixels: [UInt8]) {
    guard width > 0, height > 0, (1...256).contains(palette.count),
      pixels.count == width * height, pixels.allSatisfy({ Int($0) < palette.count })
    else { return nil }
    (self.width, self.height, self.palette, self.pixels) = (width, height, palette, pixels)
  }
}
