internal import CNcurses

/// What goes to the terminal for a frame.
package enum FrameBytes {
  /// The same picture in fewer bytes: attributes are said where something shows them, and once.
  /// - Parameter beginsPlain: the terminal has no attributes, as a frame leaves it.
  package static func shortened(_ bytes: [UInt8], beginsPlain: Bool = false) -> [UInt8] {
    var result = bytes.map { CChar(bitPattern: $0) }
    let count = unsafe frame_shorten(&result, UInt(result.count), beginsPlain ? 1 : 0)
    return result.prefix(Int(count)).map { UInt8(bitPattern: $0) }
  }
}
