internal import CNcurses

/// The bytes that are sent to the terminal for a frame.
package enum FrameBytes {
  /// The same picture in fewer bytes: attributes are only sent where they are visible, and only
  /// once.
  /// - Parameter beginsPlain: whether the terminal has no attributes set, as after a frame.
  package static func shortened(_ bytes: [UInt8], beginsPlain: Bool = false) -> [UInt8] {
    var result = bytes.map { CChar(bitPattern: $0) }
    let count = unsafe frame_shorten(&result, UInt(result.count), beginsPlain ? 1 : 0)
    return result.prefix(Int(count)).map { UInt8(bitPattern: $0) }
  }
}
