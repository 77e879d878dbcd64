internal import Datasets
internal import Foundation

/// A file of texts as the user names it: opened in the same way by every command.
struct TableFile: Sendable {
  /// `-` is standard input.
  var path: String
  /// nil where the file's name or its first bytes tell; so for the others.
  var format: (any TextFormat)?
  var encoding: SourceEncoding?
  var hasHeader: Bool?
  var hasQuotes: Bool?

  init(path: String) {
    self.path = path
  }

  /// A file whose reading begins.
  struct Opened {
    var source: TableSource
    let format: any TextFormat
    let bytes: InputBytes
  }

  /// - Throws: `TextFileError` where it can't be read, or is in a format that is not read.
  func open() throws -> Opened {
    let bytes = try InputBytes(path: path)
    var first: [UInt8]? = try bytes.next()
    let format = try format(of: first ?? [])
    let stream = ByteStream(encoding: encoding) {
      defer { first = nil }
      return try first ?? bytes.next()
    }
    let fallback: FieldDecoder.Fallback =
      switch encoding {
      case .windows1252: .always
      case nil where !format.isJSON: .whereLikely
      default: .none
      }
    return Opened(
      source: TableSource(
        stream, fallback: fallback, hasHeader: hasHeader, hasQuotes: hasQuotes),
      format: format, bytes: bytes)
  }

  private func format(of first: [UInt8]) throws -> any TextFormat {
    if let format {
      // the user may say what the text is like, but not that other bytes are text
      if encoding == nil, let foreign = ForeignFormat(first) {
        throw TextFileError.foreignFormat(path: path, foreign)
      }
      return format
    }
    return try Catalog.format(ofFile: path, first: first)
  }

  /// Pipes and devices can be read only once.
  var canBeReadAgain: Bool {
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false))
    return path != "-" && attributes?[.type] as? FileAttributeType == .typeRegular
  }
}
