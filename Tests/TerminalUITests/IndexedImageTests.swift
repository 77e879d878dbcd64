import TerminalUI
import Testing

/// Reads blocks of fixed Huffman codes (RFC 1951), the only ones that are written.
private struct Inflate {
  private let bytes: [UInt8]
  private var position = 0
  private(set) var output: [UInt8] = []

  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard read(1) == 1, read(2) == 1 else { return nil }
    let lengths = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
      131, 163, 195, 227, 258,
    ]
    let lengthBits = [
      0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    while position < bytes.count * 8 {
      let symbol = symbol()
      if symbol == 256 { return }
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      guard symbol - 257 < lengths.count else { return nil }
      let length = lengths[symbol - 257] + read(lengthBits[symbol - 257])
      let code = code(5)
      let extra = code < 4 ? 0 : code / 2 - 1
      let base = code < 4 ? code + 1 : (2 + code % 2) << extra + 1
      let distance = base + read(extra)
      guard distance <= output.count else { return nil }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
    return nil
  }

  private mutating func read(_ count: Int) -> Int {
    var value = 0
    for bit in 0..<count where position < bytes.count * 8 {
      value |= Int(bytes[position / 8] >> UInt8(position % 8) & 1) << bit
      position += 1
    }
    return value
  }

  private mutating func code(_ count: Int) -> Int {
    (0..<count).reduce(0) { value, _ in value << 1 | read(1) }
  }

  private mutating func symbol() -> Int {
    let seven = code(7)
    if seven < 24 { return 256 + seven }
    let eight = seven << 1 | read(1)
    if (0x30...0xBF).contains(eight) { return eight - 0x30 }
    if (0xC0...0xC7).contains(eight) { return 280 + eight - 0xC0 }
    return (eight << 1 | read(1)) - 0x190 + 144
  }
}

private func picture(width: Int, height: Int, colors: Int) throws -> IndexedImage {
  var random: UInt64 = 9
  let pixels = (0..<width * height).map { index -> UInt8 in
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    // flat parts, rows that repeat, and noise
    let noise = Int(random >> 33) % colors
    return UInt8(index / width % 3 == 0 ? (index % width) / 40 % colors : noise)
  }
  return try #require(
    IndexedImage(
      width: width, height: height,
      palette: (0..<colors).map { .init(UInt8($0), 0, 255, alpha: $0 == 0 ? 0 : 255) },
      pixels: pixels))
}

@Test(arguments: [(1, 1, 1), (7, 5, 2), (300, 40, 60), (40000, 3, 256)])
func `a PNG has the pixels that were put in`(width: Int, height: Int, colors: Int) throws {
  let image = try picture(width: width, height: height, colors: colors)
  let png = image.png
  var chunks: [String: [UInt8]] = [:]
  var start = 8
  while start + 12 <= png.count {
    let count = png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    let name = String(decoding: png[start + 4..<start + 8], as: UTF8.self)
    chunks[name] = Array(png[start + 8..<start + 8 + count])
    start += 12 + count
  }
  #expect(start == png.count && chunks["PLTE"]?.count == 3 * colors)
  let data = try #require(chunks["IDAT"])
  let rows = try #require(Inflate(Array(data.dropFirst(2).dropLast(4)))).output
  var pixels: [UInt8] = []
  for row in 0..<height {
    let start = row * (width + 1)
    pixels += rows[start + 1..<start + width + 1]
  }
  #expect(pixels == image.pixels)
  #expect(rows.count == (width + 1) * height)
}

@Test func `a picture of kitty's protocol is sent in chunks, and answers nothing`() throws {
  let image = try picture(width: 400, height: 100, colors: 50)
  let sequence = image.sequence(
    .kitty, at: Position(column: 3, row: 4), over: Size(columns: 40, rows: 5))
  #expect(
    sequence.hasPrefix("\u{1B}7\u{1B}[5;4H\u{1B}_Ga=T,f=100,") && sequence.hasSuffix("\u{1B}8"))
  let chunks = sequence.split(separator: "\u{1B}_G").dropFirst()
  #expect(chunks.count > 1 && chunks.allSatisfy { $0.utf8.count < 4300 })
  #expect(chunks.dropLast().allSatisfy { $0.contains("m=1;") })
  #expect(chunks.last?.contains("m=0;") == true)
  #expect(sequence.contains("c=40,r=5,") && sequence.contains("q=2,"))
}

/// The dots of a sixel, as a terminal would set them.
private func dots(_ sixel: Substring, width: Int, height: Int) -> [UInt8?] {
  var dots = [UInt8?](repeating: nil, count: width * height)
  var (column, band, color, count) = (0, 0, 0, 1)
  var rest = sixel
  func number() -> Int {
    let digits = rest.prefix { $0.isNumber }
    rest = rest.dropFirst(digits.count)
    return Int(digits) ?? 0
  }
  while let sign = rest.popFirst() {
    switch sign {
    case "#":
      color = number()
      while rest.first == ";" {
        rest.removeFirst()
        _ = number()
      }
    case "!": count = number()
    case "$": column = 0
    case "-": (column, band) = (0, band + 1)
    default:
      let bits = (sign.asciiValue ?? 63) - 63
      for _ in 0..<count {
        for row in 0..<6 where bits >> UInt8(row) & 1 == 1 {
          dots[(band * 6 + row) * width + column] = UInt8(color)
        }
        column += 1
      }
      count = 1
    }
  }
  return dots
}

@Test func `a sixel has the pixels that were put in, and leaves out what is seen through`() throws {
  let (width, height) = (50, 13)
  let image = try picture(width: width, height: height, colors: 9)
  let sequence = image.sequence(
    .sixel, at: Position(column: 0, row: 0), over: Size(columns: 5, rows: 1))
  let start = try #require(sequence.firstRange(of: "\"1;1;50;13"))
  let end = try #require(sequence.lastIndex(of: "\\"))
  let found = dots(
    sequence[start.upperBound..<end].dropLast(), width: width, height: height)
  #expect(found == image.pixels.map { $0 == 0 ? nil : $0 })
}

@Test func `numbers that don't fit each other make no picture`() {
  #expect(IndexedImage(width: 2, height: 2, palette: [.init(0, 0, 0)], pixels: [0, 0, 0]) == nil)
  #expect(IndexedImage(width: 1, height: 1, palette: [.init(0, 0, 0)], pixels: [1]) == nil)
  #expect(IndexedImage(width: 0, height: 0, palette: [.init(0, 0, 0)], pixels: []) == nil)
}
