/// The output formats, in the order of `--help`. A new one is a file in this folder and a line here.
public struct OutputCatalog: Sendable {
  public let formats: [OutputFormat]

  public static let standard = OutputCatalog([
    .text, .ansi, .json, .jsonl, .csv, .html, .svg, .png, .markdown, .atoms,
  ])

  public init(_ formats: [OutputFormat]) { self.formats = formats }

  /// The formats that can write a kind of document.
  /// - Parameter first: the first format of the list; the others follow in the order of the
  ///   catalogue.
  public func formats<Input, Document>(
    writing document: KeyPath<OutputFormat, DocumentWriter<Input, Document>?>,
    first: [OutputFormat] = []
  ) -> [OutputFormat] {
    let able = formats.filter { $0[keyPath: document] != nil }
    return first.filter(able.contains) + able.filter { !first.contains($0) }
  }

  /// `text, json, jsonl or csv.`, for `--help`.
  public func help<Input, Document>(
    writing document: KeyPath<OutputFormat, DocumentWriter<Input, Document>?>
  ) -> String {
    let names = formats(writing: document).map { format in
      format.name + (format[keyPath: document]?.note.map { " (\($0))" } ?? "")
    }
    return Messages.list(names, or: true) + "."
  }

  public func format(named name: String) -> OutputFormat? {
    formats.first { $0.name == name }
  }

  /// The format by the ending of a file's name.
  public func format(ofFile path: String) -> OutputFormat? {
    let name = path.split(separator: "/").last ?? ""
    let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard name.contains(".") else { return nil }
    return formats.first { $0.ending == ending || $0.name == ending }
  }
}
