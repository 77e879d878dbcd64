/// One cluster of a text in UTF-8, as wrapping and movement need it.
struct ScannedCluster {
  enum Kind { case word, space, wide, lineEnd }

  var end: Int
  /// As shown by `DisplaySafe`; a line end takes none.
  var columns: Int
  var kind: Kind
}

/// The cluster that starts at `start`, a cluster boundary before the end of the text.
///
/// Nearly all text consists of scalars that never combine with their neighbours; only the rest
/// needs the standard library for boundaries and `DisplaySafe` for columns.
func scanCluster(_ text: String, _ bytes: Span<UInt8>, at start: Int, isPlain: Bool)
  -> ScannedCluster
{
  let byte = bytes[start]
  let next = start + 1
  if byte == 0x0A { return ScannedCluster(end: next, columns: 0, kind: .lineEnd) }
  if byte == 0x0D, next < bytes.count, bytes[next] == 0x0A {
    return ScannedCluster(end: next + 1, columns: 0, kind: .lineEnd)
  }
  if byte < 0x20 || byte == 0x7F {
    let isTab = byte == 0x09
    return ScannedCluster(
      end: next, columns: isTab && !isPlain ? 1 : 2, kind: isTab ? .space : .word)
  }
  if let scalar = LoneScalar(bytes, at: start) {
    let end = start + scalar.length
    if end >= bytes.count || bytes[end] < 0x80 || LoneScalar(bytes, at: end) != nil {
      let kind: ScannedCluster.Kind = byte == 0x20 ? .space : scalar.columns == 2 ? .wide : .word
      return ScannedCluster(end: end, columns: scalar.columns, kind: kind)
    }
  }
  let rest = text[text.utf8.index(text.startIndex, offsetBy: start)...]
  let cluster = rest[..<rest.index(after: rest.startIndex)]
  let (columns, count) = DisplaySafe.measure(cluster, isPlain: isPlain)
  return ScannedCluster(
    end: start + cluster.utf8.count, columns: columns,
    kind: count == 1 && columns == 2 ? .wide : .word)
}

/// A scalar from a range in which no two neighbours ever form a cluster (UAX #29: none is a mark, a
/// joiner, a prepended sign, a jamo or an emoji), with its columns from the width table.
package struct LoneScalar {
  package let length: Int
  package let columns: Int

  package init?(_ bytes: Span<UInt8>, at start: Int) {
    let first = UInt32(bytes[start])
    switch first {
    case 0x20..<0x7F:
      (length, columns) = (1, 1)
    case 0xC2..<0xE0 where start + 1 < bytes.count:
      let value = (first & 0x1F) << 6 | UInt32(bytes[start + 1] & 0x3F)
      guard Self.isNarrow(value) else { return nil }
      (length, columns) = (2, 1)
    case 0xE0..<0xF0 where start + 2 < bytes.count:
      let second = UInt32(bytes[start + 1] & 0x3F)
      let value = (first & 0x0F) << 12 | second << 6 | UInt32(bytes[start + 2] & 0x3F)
      guard Self.isWide(value) || (0x2010...0x2027).contains(value) else { return nil }
      (length, columns) = (3, value < 0x3000 ? 1 : 2)
    default: return nil
    }
  }

  /// Latin, Greek, Cyrillic; the letters of Hebrew and Arabic.
  private static func isNarrow(_ value: UInt32) -> Bool {
    switch value {
    case 0xB0...0x2FF, 0x370...0x482, 0x48A...0x52F, 0x5D0...0x5EA, 0x620...0x64A, 0x671...0x6D5:
      true
    default: false
    }
  }

  /// Kana, Chinese characters, Hangul syllables, full-width forms.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x3000...0x3029, 0x3041...0x3096, 0x30A1...0x30FA,
      0x3400...0x4DBF, 0xFF01...0xFF60:
      true
    default: false
    }
  }
}
