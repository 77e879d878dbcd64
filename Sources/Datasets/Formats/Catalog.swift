/// All formats. A new one is a file in this folder and a line here.
public enum Catalog {
  public static let formats: [any TextFormat] = [
    JSONLines(), Delimited.commas, Delimited.tabs, PlainText(),
  ]

  /// The format of standard input, where no file name tells one.
  public static var standardInput: any TextFormat { JSONLines() }

  public static var endings: [String] { formats.flatMap(\.endings) }

  public static func format(named name: String) -> (any TextFormat)? {
    formats.first { $0.name == name }
  }

  /// The format that a file's name says.
  /// - Throws: `TextFileError.unknownFormat`.
  public static func format(ofFile path: String) throws -> any TextFormat {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if ending == "parquet" { throw TextFileError.parquet(path: path) }
    guard let format = formats.first(where: { $0.endings.contains(ending) }) else {
      throw TextFileError.unknownFormat(path: path, known: endings)
    }
    return format
  }

  /// Parquet begins and ends with this mark, whatever the file is called.
  public static func isParquet(_ first: [UInt8]) -> Bool { first.starts(with: "PAR1".utf8) }

  /// The format that a file's first bytes look like; nil where they are no text.
  public static func format(ofBytes first: [UInt8]) -> (any TextFormat)? {
    if isParquet(first) { return nil }
    // the zero bytes of binary files that are not UTF-16
    let encoding = SourceEncoding.detect(first).encoding
    if encoding == .utf8, first.contains(0) { return nil }
    let line = first.prefix { $0 != UInt8(ascii: "\n") }.filter { $0 != 0 }
    if let start = line.first(where: { $0 > 0x20 && $0 < 0x80 }), start == UInt8(ascii: "{") {
      return JSONLines()
    }
    if line.contains(UInt8(ascii: "\t")) { return Delimited.tabs }
    return line.contains(UInt8(ascii: ",")) || line.contains(UInt8(ascii: ";"))
      ? Delimited.commas : PlainText()
  }
}
