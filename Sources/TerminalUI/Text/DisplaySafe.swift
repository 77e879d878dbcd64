/// One displayed unit: the content of a `Cell`, and its width.
public struct Glyph: Sendable, Hashable {
  public let text: String
  /// 1 or 2; the same for the C library, ncurses and terminals.
  public let columns: Int
  /// Whether it represents an invisible character; drawn in `Role.mark`.
  public let isMark: Bool
}

/// The one place that turns any text into what may be sent to a terminal.
///
/// Hidden characters are evidence about what a classifier has read, so they become visible marks:
/// `^[` for ESC, `\x9B` for C1, `<200B>` for zero-width, bidi and tag characters, `⇥` for a tab,
/// `↵` for a line end within a row, `□` for characters that the terminal's font or library may not
/// know. Emoji are reduced to what all implementations count alike: no variation selectors, skin
/// tones or keycaps, and only the first emoji of a joined sequence. A narrow glyph has at most four
/// combining marks; a wide one none, so kana and Hangul are composed, and other marks are shown
/// beside it as `◌́`.
public enum DisplaySafe {
  /// The glyphs of one cluster, at least one. `isPlain` uses ASCII marks only.
  public static func glyphs(of cluster: Substring, isPlain: Bool = false) -> [Glyph] {
    var builder = GlyphBuilder(isPlain: isPlain)
    builder.add(cluster)
    return builder.glyphs
  }

  /// The columns and the number of those glyphs, at lower cost.
  static func measure(_ cluster: Substring, isPlain: Bool) -> (columns: Int, count: Int) {
    var builder = GlyphBuilder(isPlain: isPlain, collects: false)
    builder.add(cluster)
    return (builder.columns, builder.count)
  }

  /// The glyphs of a text; stops once they take more than `maxColumns`, so that the start of a long
  /// text costs no more than a short text.
  public static func glyphs(of text: String, isPlain: Bool = false, maxColumns: Int = .max)
    -> [Glyph]
  {
    var builder = GlyphBuilder(isPlain: isPlain)
    for cluster in text {
      guard builder.columns <= maxColumns else { break }
      builder.add(cluster)
    }
    return builder.glyphs
  }

  /// The columns of a text in a single row.
  public static func columns(of text: String, isPlain: Bool = false) -> Int {
    glyphs(of: text, isPlain: isPlain).reduce(0) { $0 + $1.columns }
  }

  /// The displayed form of a text, for printing outside a frame.
  public static func shown(_ text: String, isPlain: Bool = false) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    return glyphs(of: text, isPlain: isPlain).map(\.text).joined()
  }
}

/// For each block of 256 scalars, the run of its first scalar, with one more entry for the end.
private let blockRuns: [Int] = {
  var run = 0
  return (0...UInt32(0x1100)).map { block in
    while run + 1 < scalarWidthRuns.count, scalarWidthRuns[run + 1] >> 2 <= block << 8 { run += 1 }
    return run
  }
}()

extension Unicode.Scalar {
  /// The C library's wcwidth in C.UTF-8: 0, 1 or 2, and nil for unprintable scalars.
  package var columns: Int? {
    let block = Int(value >> 8)
    let run = scalarWidthRuns.lastIndex(in: blockRuns[block]..<blockRuns[block + 1] + 1) {
      $0 >> 2 <= value
    }
    let code = scalarWidthRuns[run] & 3
    return code == 3 ? nil : Int(code)
  }

  /// Whether it is invisible, or moves other characters.
  package var isHidden: Bool {
    // Shortcut for scripts from Devanagari to Georgian and for pictographs, none of which are
    // hidden, because the standard library is slow.
    switch value {
    case 0x900..<0x1100, 0x1F000..<0xE0000: return false
    default: break
    }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }

  /// Also digits, `#` and `*`, which start keycaps.
  package var isEmoji: Bool {
    (0xAF..<0x2000).contains(value) ? false : properties.isEmoji
  }

  fileprivate var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }
  fileprivate var isVariationSelector: Bool { (0xFE0E...0xFE0F).contains(value) }
  fileprivate var isSkinTone: Bool { (0x1F3FB...0x1F3FF).contains(value) }
}

/// Iterates over the scalars of clusters, and collects or only measures their glyphs.
private struct GlyphBuilder {
  let isPlain: Bool
  /// If false, only `columns` and `count` are updated, which is enough for wrapping.
  var collects = true
  var glyphs: [Glyph] = []
  var columns = 0
  var count = 0
  /// The last glyph without its marks, and their number; nil if it cannot have any.
  private var base: Unicode.Scalar?
  private var combining = 0

  init(isPlain: Bool, collects: Bool = true) {
    self.isPlain = isPlain
    self.collects = collects
  }

  mutating func add(_ cluster: Character) {
    if let byte = cluster.utf8.first, cluster.utf8.count == 1, (0x20..<0x7F).contains(byte) {
      append(1, isMark: false) { String(cluster) }
    } else {
      add(Substring(String(cluster)))
    }
  }

  mutating func add(_ cluster: Substring) {
    base = nil
    var rest = cluster.unicodeScalars.makeIterator()
    guard let first = rest.next() else { return }
    var next = rest.next()
    if first == "\r", next == "\n" { return addLineEnd() }
    var previous = first
    if let second = next, first.isRegionalIndicator, second.isRegionalIndicator {
      append(2, isMark: false) { String(String.UnicodeScalarView([first, second])) }
      base = second
      previous = second
      next = rest.next()
    } else {
      add(first)
    }
    guard next != nil else { return }
    let startsEmoji = first.isEmoji
    var isJoined = false
    while let scalar = next {
      next = rest.next()
      if startsEmoji, scalar.value == 0x200D, let next, next.isEmoji {
        isJoined = true
      } else if !startsEmoji || !isPartOfEmoji(scalar, after: previous, isJoined: isJoined) {
        add(scalar)
      }
      previous = scalar
    }
  }

  private func isPartOfEmoji(
    _ scalar: Unicode.Scalar, after previous: Unicode.Scalar, isJoined: Bool
  ) -> Bool {
    if scalar.isVariationSelector { return previous.isEmoji }
    if scalar.value == 0x20E3 { return previous.value < 0x80 || previous.isVariationSelector }
    return scalar.isSkinTone || (isJoined && scalar.isEmoji)
  }

  private mutating func add(_ scalar: Unicode.Scalar) {
    guard !scalar.isHidden, !scalar.isRegionalIndicator else { return addHidden(scalar) }
    guard let columns = scalar.columns else { return addMark(isPlain ? "?" : "□") }
    if columns > 0 {
      append(columns, isMark: scalar == "\u{FFFD}") { String(scalar) }
      base = scalar
      combining = 0
    } else if let base, base.columns != 2 {
      addMark(scalar)
    } else if let composed = base.flatMap({ composition(of: $0, and: scalar) }) {
      base = composed
      if collects {
        glyphs[glyphs.count - 1] = Glyph(text: String(composed), columns: 2, isMark: false)
      }
    } else if isPlain {
      addHidden(scalar)
    } else {
      append(1, isMark: true) { "\u{25CC}" + String(scalar) }
      base = "\u{25CC}"
      combining = 1
    }
  }

  /// Adds a combining mark to a narrow glyph.
  private mutating func addMark(_ scalar: Unicode.Scalar) {
    combining += 1
    guard collects, combining <= 4, let last = glyphs.popLast() else { return }
    let text = last.text + String(scalar)
    glyphs.append(Glyph(text: text, columns: last.columns, isMark: last.isMark))
  }

  private mutating func addHidden(_ scalar: Unicode.Scalar) {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    switch scalar.value {
    case 0x09: addMark(isPlain ? "^I" : "⇥")
    case 0x0A: addLineEnd()
    case 0..<0x20: addMark("^" + String(Unicode.Scalar(UInt8(scalar.value + 0x40))))
    case 0x7F: addMark("^?")
    case 0x80..<0xA0: addMark("\\x" + hex)
    default: addMark("<" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex + ">")
    }
  }

  private mutating func addLineEnd() { addMark(isPlain ? "^J" : "↵") }

  private mutating func addMark(_ text: String) {
    for character in text { append(1, isMark: true) { String(character) } }
    base = nil
  }

  private mutating func append(_ columns: Int, isMark: Bool, _ text: () -> String) {
    self.columns += columns
    count += 1
    if collects { glyphs.append(Glyph(text: text(), columns: columns, isMark: isMark)) }
  }
}

/// A single scalar for a wide base with its mark: Hangul by the arithmetic of the Unicode Standard,
/// 3.12, kana by their order. ncurses 6.4 drops marks on wide bases, so marks that cannot be
/// composed are shown separately.
private func composition(of base: Unicode.Scalar, and mark: Unicode.Scalar) -> Unicode.Scalar? {
  let value: UInt32
  switch (base.value, mark.value) {
  case (0x1100...0x1112, 0x1161...0x1175):
    value = 0xAC00 + (base.value - 0x1100) * 588 + (mark.value - 0x1161) * 28
  case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (base.value - 0xAC00) % 28 == 0:
    value = base.value + mark.value - 0x11A7
  case (0x3046, 0x3099): value = 0x3094
  case (0x30A6, 0x3099): value = 0x30F4
  case (0x304B...0x30DD, 0x3099...0x309A): value = base.value + mark.value - 0x3098
  default: return nil
  }
  guard let composed = Unicode.Scalar(value) else { return nil }
  // Canonical equivalence: か with the mark is が, ん with the mark is nothing.
  return String(composed) == String(base) + String(mark) ? composed : nil
}
