/// All formats. A new one is a file in this folder and a line here.
public enum Catalog {
  static let formats: [any TextFormat] = [
    JSONLines(), Delimited.commas, Delimited.tabs, PlainText(),
  ]

  /// The format of standard input, where no file name tells one.
  public static var standardInput: any TextFormat { JSONLines() }

  public static var endings: [String] { formats.flatMap(\.endings) }

  /// The format that a file's name says.
  /// - Throws: `TextFileError.unknownFormat`.
  public static func format(ofFile path: String) throws -> any TextFormat {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let format = formats.first(where: { $0.endings.contains(ending) }) else {
      throw TextFileError.unknownFormat(path: path, known: endings)
    }
    return format
  }
}
