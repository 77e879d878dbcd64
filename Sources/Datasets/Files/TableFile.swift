internal import FoundationEssentials

/// A file of texts as the user specifies it; every command opens it in the same way.
package struct TableFile: Sendable {
  /// `-` for standard input.
  package var path: String
  /// nil to detect it by the file's name or first bytes; the same for the others.
  package var format: (any TextFormat)?
  package var encoding: SourceEncoding?
  package var hasHeader: Bool?
  package var hasQuotes: Bool?

  package init(path: String) {
    self.path = path
  }

  /// A file at the start of reading.
  package struct Opened {
    package var source: TableSource
    package let format: any TextFormat
    package let bytes: InputBytes
  }

  /// - Throws: `TextFileError` if it cannot be read, or if its format is not supported.
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
      // The user may specify the encoding, but that does not turn binary formats into text.
      if encoding == nil, let foreign = ForeignFormat(first) {
        throw TextFileError.foreignFormat(path: path, foreign)
      }
      return format
    }
    return try TextFormatCatalog.format(ofFile: path, first: first)
  }

  /// Whether it can be opened again, unlike pipes and devices.
  package var canBeReadAgain: Bool {
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false))
    return path != "-" && attributes?[.type] as? FileAttributeType == .typeRegular
  }
}
