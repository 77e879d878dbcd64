extension IndexedImage {
  /// The sequence that shows the picture on a terminal over `size` cells, from a cell counted from
  /// the top left. The cursor returns to where it was.
  /// - Parameter number: identifies the picture in kitty's protocol; an earlier one with the same
  ///   number is replaced.
  public func sequence(
    _ format: PictureAbility.Format, at place: Position, over size: Size, number: Int = 1
  ) -> String {
    let start = "\u{1B}7\u{1B}[\(place.row + 1);\(place.column + 1)H"
    let picture =
      format == .kitty ? kitty(size, number: number) : sixel
    return start + picture + "\u{1B}8"
  }

  /// The sequence that removes and frees a picture of kitty's protocol.
  public static func removal(number: Int = 1) -> String {
    "\u{1B}_Ga=d,d=I,i=\(number),q=2\u{1B}\\"
  }

  private static let longestChunk = 4096

  /// Below the text, so that letters are drawn on it; the terminal sends no reply.
  private func kitty(_ size: Size, number: Int) -> String {
    let content = Array(Self.base64(png).utf8)
    var chunks: [String] = []
    for first in stride(from: 0, to: content.count, by: Self.longestChunk) {
      let end = min(content.count, first + Self.longestChunk)
      let head =
        first == 0
        ? "a=T,f=100,i=\(number),p=1,c=\(size.columns),r=\(size.rows),z=-1,C=1,q=2," : ""
      chunks.append(
        "\u{1B}_G\(head)m=\(end < content.count ? 1 : 0);"
          + String(decoding: content[first..<end], as: UTF8.self) + "\u{1B}\\")
    }
    return chunks.joined()
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let three = bytes[start..<min(start + 3, bytes.count)]
      let value = three.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - three.count))
      for (place, shift) in [18, 12, 6, 0].enumerated() {
        text.append(place <= three.count ? digits[value >> shift & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Bands of six rows, with one pass per colour; transparent pixels are left unchanged.
  private var sixel: String {
    var bytes = Array("\u{1B}P0;1;0q\"1;1;\(width);\(height)".utf8)
    for (number, color) in palette.enumerated() where color.alpha > 0 {
      func percent(_ value: UInt8) -> Int { (Int(value) * 100 + 127) / 255 }
      bytes += Array(
        "#\(number);2;\(percent(color.red));\(percent(color.green));\(percent(color.blue))".utf8)
    }
    for top in stride(from: 0, to: height, by: 6) {
      let rows = min(6, height - top)
      var bands: [UInt8: [UInt8]] = [:]
      for row in 0..<rows {
        let start = (top + row) * width
        for column in 0..<width {
          let color = pixels[start + column]
          guard palette[Int(color)].alpha > 0 else { continue }
          bands[color, default: [UInt8](repeating: 0, count: width)][column] |= 1 << UInt8(row)
        }
      }
      for (place, color) in bands.keys.sorted().enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: "$")) }
        bytes += Array("#\(color)".utf8)
        Self.append(bands[color] ?? [], to: &bytes)
      }
      bytes.append(UInt8(ascii: "-"))
    }
    return String(decoding: bytes, as: UTF8.self) + "\u{1B}\\"
  }

  /// Run-length encodes equal sixels.
  private static func append(_ row: [UInt8], to bytes: inout [UInt8]) {
    var start = 0
    let end = (row.lastIndex { $0 != 0 } ?? -1) + 1
    while start < end {
      var next = start + 1
      while next < end, row[next] == row[start] { next += 1 }
      let sign = row[start] + 63
      if next - start > 3 {
        bytes += Array("!\(next - start)".utf8) + [sign]
      } else {
        bytes += [UInt8](repeating: sign, count: next - start)
      }
      start = next
    }
  }
}
