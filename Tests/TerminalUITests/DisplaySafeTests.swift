import Glibc
import TerminalUI
import Testing

@Suite struct DisplaySafeTests {
  @Test(arguments: [
    ("é", "e\u{301}"), ("中", "中"), ("❤", "❤\u{FE0F}"), ("👍", "👍🏽"), ("👨", "👨‍👩‍👧"), ("🇫🇷", "🇫🇷"),
    ("1", "1\u{FE0F}\u{20E3}"), ("□", "\u{1FAE9}"), ("<200B>", "\u{200B}"), ("<202E>", "\u{202E}"),
    ("<00AD>", "\u{AD}"), ("⇥", "\t"), ("^[[2J", "\u{1B}[2J"), ("\\x9B", "\u{9B}"),
    ("^?", "\u{7F}"),
    ("^@", "\0"), ("ｶﾞ", "ｶﾞ"), ("<1F1EB>", "\u{1F1EB}"), ("🏴<E0067><E007F>", "🏴\u{E0067}\u{E007F}"),
    ("a<200D>", "a\u{200D}"), ("a<FE0F>", "a\u{FE0F}"), ("◌\u{301}", "\u{301}"), ("↵", "\r\n"),
    ("\u{FFFD}", "\u{FFFD}"), ("<FEFF>", "\u{FEFF}"), ("\u{D55C}", "ᄒ\u{1161}\u{11AB}"),
    ("\u{304C}\u{3071}\u{30F4}", "か\u{3099}は\u{309A}ウ\u{3099}"),
    ("中◌\u{301}\u{302}", "中\u{301}\u{302}"), ("ん◌\u{3099}", "ん\u{3099}"),
    ("🏳", "🏳️‍🌈"), ("क\u{94D}षि", "क्षि"), ("^M", "\r"), ("🇫🇷<200D>", "🇫🇷\u{200D}"),
    ("❤<FE0F>", "❤\u{FE0F}\u{FE0F}"),
  ])
  func `a text is shown as what everybody counts alike`(shown: String, text: String) {
    // Scalars, because String == takes NFC and NFD for the same.
    #expect(Array(DisplaySafe.shown(text).unicodeScalars) == Array(expected(shown)))
  }

  /// The first case is written composed in this file but typed decomposed.
  private func expected(_ shown: String) -> String.UnicodeScalarView {
    shown == "é" ? "e\u{301}".unicodeScalars : shown.unicodeScalars
  }

  @Test func `at most four combining marks are shown`() {
    let glyphs = DisplaySafe.glyphs(of: "a" + String(repeating: "\u{301}", count: 1000))
    #expect(glyphs.count == 1 && glyphs[0].text.unicodeScalars.count == 5)
    #expect(DisplaySafe.columns(of: "\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}") == 1)
  }

  @Test func `in plain mode marks are ASCII`() {
    let shown = DisplaySafe.shown("\t\n\u{1FAE9}\u{301}\u{200B}", isPlain: true)
    #expect(shown == "^I^J?<0301><200B>")
  }

  @Test func `the C library counts the columns of every scalar as we do`() {
    // Glibc's module hides wcwidth behind X/Open; LC_CTYPE_MASK is a macro that Swift can't read.
    typealias Width = @convention(c) (wchar_t) -> CInt
    guard let symbol = unsafe dlsym(nil, "wcwidth"),
      let locale = unsafe newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
    else {
      Issue.record("this system has no wcwidth or no C.UTF-8")
      return
    }
    let wcwidth = unsafe unsafeBitCast(symbol, to: Width.self)
    let before = unsafe uselocale(locale)
    defer {
      unsafe uselocale(before)
      unsafe freelocale(locale)
    }
    var wrong: [String] = []
    for value in 0..<UInt32(0x110000) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for glyph in DisplaySafe.glyphs(of: Substring(String(scalar))) {
        let widths = glyph.text.unicodeScalars.map { wcwidth(wchar_t(bitPattern: $0.value)) }
        if widths.contains(where: { $0 < 0 }) || Int(widths.reduce(0, +)) != glyph.columns {
          wrong.append(String(value, radix: 16))
        }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test func `the quick answers about scalars are the standard library's`() {
    var wrong: [String] = []
    for value in 0..<UInt32(0x110000) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let properties = scalar.properties
      let isHidden =
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: properties.isDefaultIgnorableCodePoint
        }
      if scalar.isHidden != isHidden || scalar.isEmoji != properties.isEmoji {
        wrong.append(String(value, radix: 16))
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test func `a scalar that stands alone has the columns that it is shown with`() {
    var wrong: [String] = []
    var count = 0
    for value in 0..<UInt32(0x110000) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(String(scalar).utf8)
      guard let lone = LoneScalar(bytes.span, at: 0) else { continue }
      count += 1
      let columns = DisplaySafe.columns(of: String(scalar))
      if lone.columns != columns || lone.length != bytes.count {
        wrong.append(String(value, radix: 16))
      }
      // It makes one cluster with none of its kind, in either order.
      for other in ["a", "é", "Ж", "中", "한", "”"] where (String(scalar) + other).count != 2 {
        wrong.append(String(value, radix: 16) + other)
      }
    }
    #expect(wrong.isEmpty)
    #expect(count > 40_000)
  }
}
