internal import CNcurses

/// What goes to the terminal for a frame.
package enum FrameBytes {
  /// The same picture in fewer bytes: attribute changes that follow each other are one.
  package static func shortened(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes.map { CChar(bitPattern: $0) }
    let count = unsafe frame_shorten(&result, UInt(result.count))
    return result.prefix(Int(count)).map { UInt8(bitPattern: $0) }
  }
}
