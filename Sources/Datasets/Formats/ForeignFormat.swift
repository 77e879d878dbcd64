/// Unsupported formats of data files, recognised by their first bytes.
public enum ForeignFormat: String, Sendable, CaseIterable {
  case parquet = "Parquet"
  case arrow = "Arrow"
  case feather = "Feather"
  case excel = "an Excel workbook"
  case oldExcel = "an Excel workbook of the old format (.xls)"
  case openDocument = "an OpenDocument spreadsheet"
  case pickle = "a pickle"
  case zip = "a ZIP archive"
  case gzip = "compressed with gzip"
  case bzip2 = "compressed with bzip2"
  case xz = "compressed with xz"
  case zstandard = "compressed with Zstandard"
  case sqlite = "an SQLite database"
  case hdf5 = "HDF5"
  case pdf = "a PDF"
  case utf32 = "text in UTF-32"
  /// Zero bytes, which texts do not contain.
  case binary = "not text: it holds zero bytes"

  /// nil if the bytes may be text.
  public init?(_ first: [UInt8]) {
    let known: [(ForeignFormat, [UInt8])] = [
      (.parquet, Array("PAR1".utf8)), (.arrow, Array("ARROW1".utf8)),
      (.feather, Array("FEA1".utf8)), (.arrow, [0xFF, 0xFF, 0xFF, 0xFF]),
      (.oldExcel, [0xD0, 0xCF, 0x11, 0xE0]), (.gzip, [0x1F, 0x8B]), (.bzip2, Array("BZh".utf8)),
      (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A]), (.zstandard, [0x28, 0xB5, 0x2F, 0xFD]),
      (.sqlite, Array("SQLite format 3".utf8)), (.hdf5, [0x89, 0x48, 0x44, 0x46]),
      (.pdf, Array("%PDF-".utf8)), (.utf32, [0xFF, 0xFE, 0, 0]), (.utf32, [0, 0, 0xFE, 0xFF]),
    ]
    if let match = known.first(where: { first.starts(with: $0.1) }) {
      self = match.0
    } else if first.starts(with: [0x50, 0x4B, 3, 4]) {
      self = Self.archive(first)
    } else if first.count > 1, first[0] == 0x80, (2...5).contains(first[1]) {
      self = .pickle
    } else if SourceEncoding.detect(first).encoding == .utf8, Self.isMuchZero(first.prefix(1024)) {
      self = .binary
    } else {
      return nil
    }
  }

  /// A single zero byte is a damaged row, not another format.
  private static func isMuchZero(_ bytes: ArraySlice<UInt8>) -> Bool {
    16 * bytes.count { $0 == 0 } > bytes.count
  }

  /// Spreadsheets are ZIP archives, in which the names of the parts are uncompressed.
  private static func archive(_ first: [UInt8]) -> ForeignFormat {
    let head = first.prefix(4096)
    func holds(_ text: String) -> Bool { head.firstRange(of: Array(text.utf8)) != nil }
    if holds("opendocument.spreadsheet") { return .openDocument }
    return holds("[Content_Types].xml") || holds("xl/") ? .excel : .zip
  }
}
