/// All formats. A new one is a file in this folder and a line here.
public enum TextFormatCatalog {
  public static let formats: [any TextFormat] = [
    JSONRows.lines, JSONRows.documents, Delimited.commas, Delimited.tabs, PlainText(),
  ]

  public static var endings: [String] { formats.flatMap(\.endings) }

  public static func format(named name: String) -> (any TextFormat)? {
    formats.first { $0.name == name }
  }

  /// The format of a file by its name and its first bytes, which take precedence: a list of objects
  /// is JSON whatever the file is called.
  /// - Parameter first: the file's first bytes; some 4 KB are enough.
  /// - Throws: `TextFileError.foreignFormat`, `.unknownFormat`.
  public static func format(
    ofFile path: String, first: [UInt8]
  ) throws -> any TextFormat {
    if let foreign = ForeignFormat(first) {
      throw TextFileError.foreignFormat(path: path, foreign)
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    let named = formats.first { $0.endings.contains(ending) }
    let guessed = format(ofBytes: first)
    if let named { return named is Delimited && guessed?.isJSON == true ? JSONRows.lines : named }
    guard let guessed else { throw TextFileError.unknownFormat(path: path, known: endings) }
    return guessed
  }

  /// The format that a file's first bytes suggest; nil if they are not text.
  public static func format(ofBytes first: [UInt8]) -> (any TextFormat)? {
    guard ForeignFormat(first) == nil else { return nil }
    // Every second byte of ASCII in UTF-16 is zero.
    let text = first.filter { $0 != 0 && $0 != UInt8(ascii: "\r") }
    let lines = text.split(separator: UInt8(ascii: "\n"), maxSplits: 20)
    guard let line = lines.first else { return PlainText() }
    func begins(_ line: ArraySlice<UInt8>, with sign: UInt8) -> Bool {
      line.first { $0 > 0x20 && $0 < 0x80 } == sign
    }
    let brace = UInt8(ascii: "{")
    if lines.contains(where: { begins($0, with: brace) })
      || (begins(line, with: UInt8(ascii: "[")) && text.prefix(4096).contains(brace))
    {
      return JSONRows.lines
    }
    if line.contains(UInt8(ascii: "\t")) { return Delimited.tabs }
    let signs = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|")]
    return signs.contains { isTable(lines, $0) } ? Delimited.commas : PlainText()
  }

  /// Whether the first line looks like a header, or all lines have the same number of fields. A
  /// sentence with a comma does not.
  private static func isTable(_ lines: [ArraySlice<UInt8>], _ sign: UInt8) -> Bool {
    guard let line = lines.first, line.contains(sign) else { return false }
    let cells = line.split(separator: sign, omittingEmptySubsequences: false)
    let isHeader = Header.isOne(cells.map { String(decoding: $0, as: UTF8.self) })
    // The last line may be cut off.
    let whole = lines.count > 1 ? lines.dropLast() : lines[...]
    let like = whole.count { $0.count { $0 == sign } == cells.count - 1 }
    return isHeader ? 2 * like >= whole.count : whole.count > 2 && like == whole.count
  }
}
