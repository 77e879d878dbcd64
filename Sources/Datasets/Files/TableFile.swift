internal import Foundation

/// A file of texts as the user names it: opened in the same way by every command.
package struct TableFile: Sendable {
  /// `-` is standard input.
  package var path: String
  /// nil where the file's name or its first bytes tell; so for the others.
  package var format: (any TextFormat)?
  package var encoding: SourceEncoding?
  package var hasHeader: Bool?
  package var hasQuotes: Bool?

  package init(path: String) {
    self.path = path
  }

  /// A file whose reading begins.
  package struct Opened {
    package var source: TableSource
    package let format: any TextFormat
    package let bytes: InputBytes
  }

  /// - Throws: `TextFileError` where it can't be read, or is in a format that is not read.
  package func open() throws -> Opened {
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
    return try TextFormatCatalog.format(ofFile: path, first: first)
  }

  /// Pipes and devices can be read only once.
  package var canBeReadAgain: Bool {
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false))
    return path != "-" && attributes?[.type] as? FileAttributeType == .typeRegular
  }
}
