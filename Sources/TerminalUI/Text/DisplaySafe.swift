/// One shown unit: what one `Cell` holds, and how far it reaches.
public struct Glyph: Sendable, Hashable {
  public let text: String
  /// 1 or 2, the same by the C library, by ncurses and by terminals.
  public let columns: Int
  /// It stands for a character that can't be seen; draw it in `Role.mark`.
  public let isMark: Bool
}

/// The one place that turns any text into what may be sent to a terminal.
///
/// Hidden characters are evidence about what a classifier read, so they become visible marks:
/// `^[` for ESC, `\x9B` for C1, `<200B>` for zero-width, bidi and tag characters, `⇥` for a tab, `↵`
/// for a line end within a row, `□` for what the terminal's font or library may not know.
/// Emoji are reduced to what everybody counts alike: no variation selectors, skin tones or keycaps,
/// of a joined sequence the first emoji. A glyph carries at most four combining marks.
public enum DisplaySafe {
  /// What is shown for one cluster, at least one glyph. `isPlain` keeps marks within ASCII.
  public static func glyphs(of cluster: Substring, isPlain: Bool = false) -> [Glyph] {
    var builder = GlyphBuilder(isPlain: isPlain)
    builder.add(cluster)
    return builder.glyphs
  }

  /// The same for a whole text.
  public static func glyphs(of text: String, isPlain: Bool = false) -> [Glyph] {
    var builder = GlyphBuilder(isPlain: isPlain)
    for cluster in text {
      if let byte = cluster.utf8.first, cluster.utf8.count == 1, (0x20..<0x7F).contains(byte) {
        builder.glyphs.append(Glyph(text: String(cluster), columns: 1, isMark: false))
      } else {
        builder.add(Substring(String(cluster)))
      }
    }
    return builder.glyphs
  }

  /// The columns that a text takes when it is written in one row.
  public static func columns(of text: String, isPlain: Bool = false) -> Int {
    glyphs(of: text, isPlain: isPlain).reduce(0) { $0 + $1.columns }
  }

  /// The text as it is shown, to print outside of a frame.
  public static func shown(_ text: String, isPlain: Bool = false) -> String {
    glyphs(of: text, isPlain: isPlain).map(\.text).joined()
  }
}

extension Unicode.Scalar {
  /// What the C library's wcwidth says in C.UTF-8: 0, 1 or 2, and nil for unprintable scalars.
  package var columns: Int? {
    var low = 0
    var high = scalarWidthRuns.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if scalarWidthRuns[middle] >> 2 <= value { low = middle } else { high = middle }
    }
    let code = scalarWidthRuns[low] & 3
    return code == 3 ? nil : Int(code)
  }

  /// It leaves no trace on the screen, or moves others around on it.
  fileprivate var isHidden: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }

  fileprivate var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }
  fileprivate var isVariationSelector: Bool { (0xFE0E...0xFE0F).contains(value) }
  fileprivate var isSkinTone: Bool { (0x1F3FB...0x1F3FF).contains(value) }
}

/// Walks over the scalars of clusters and collects what is shown for them.
private struct GlyphBuilder {
  let isPlain: Bool
  var glyphs: [Glyph] = []
  /// The marks that the last glyph carries; nil when it can't carry any.
  private var combining: Int?

  init(isPlain: Bool) { self.isPlain = isPlain }

  mutating func add(_ cluster: Substring) {
    combining = nil
    let scalars = Array(cluster.unicodeScalars)
    if scalars.count == 2, scalars.allSatisfy(\.isRegionalIndicator) {
      glyphs.append(Glyph(text: String(cluster), columns: 2, isMark: false))
      return
    }
    if scalars.count == 2, scalars[0] == "\r", scalars[1] == "\n" { return addLineEnd() }
    var isJoined = false
    for (index, scalar) in scalars.enumerated() {
      let previous = index > 0 ? scalars[index - 1] : nil
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      if scalar.value == 0x200D, isEmoji(scalars[0]), let next, isEmoji(next) {
        isJoined = true
      } else if isEmoji(scalars[0]), isPartOfEmoji(scalar, after: previous, isJoined: isJoined) {
        continue
      } else {
        add(scalar)
      }
    }
  }

  /// Digits, `#` and `*` count: they begin keycaps.
  private func isEmoji(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isEmoji }

  private func isPartOfEmoji(
    _ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, isJoined: Bool
  ) -> Bool {
    guard let previous else { return false }
    if scalar.isVariationSelector { return isEmoji(previous) }
    if scalar.value == 0x20E3 { return previous.value < 0x80 || previous.isVariationSelector }
    return scalar.isSkinTone || (isJoined && isEmoji(scalar))
  }

  private mutating func add(_ scalar: Unicode.Scalar) {
    guard !scalar.isHidden, !scalar.isRegionalIndicator else { return addHidden(scalar) }
    guard let columns = scalar.columns else { return addMark(isPlain ? "?" : "□") }
    if columns > 0 {
      glyphs.append(Glyph(text: String(scalar), columns: columns, isMark: scalar == "\u{FFFD}"))
      combining = 0
    } else if let count = combining, let last = glyphs.last {
      combining = count + 1
      guard count < 4 else { return }
      let text = last.text + String(scalar)
      glyphs[glyphs.count - 1] = Glyph(text: text, columns: last.columns, isMark: last.isMark)
    } else if isPlain {
      addHidden(scalar)
    } else {
      glyphs.append(Glyph(text: "\u{25CC}" + String(scalar), columns: 1, isMark: true))
      combining = 1
    }
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
    for character in text {
      glyphs.append(Glyph(text: String(character), columns: 1, isMark: true))
    }
    combining = nil
  }
}
