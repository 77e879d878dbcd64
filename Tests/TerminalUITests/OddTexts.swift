/// Texts that editors get wrong.
let oddTexts = [
  "", " ", "\n", "abc def", "hello wonderful   world of words", "tab\tand\u{1B}[31mred\u{9B}",
  "e\u{301}a\u{301}\u{302}", "\u{301}start", "中文字 漢字かな交じり文。", "👍🏽 ❤️ 👨‍👩‍👧 ｶﾞ 🇫🇷🇩🇪🇯 END",
  "1️⃣ 🏳️‍🌈🏴\u{E0067}\u{E0062}\u{E007F}", "\u{200B}\u{202E}x\u{AD}y", "line\r\nline\rline\n", "क्षि नमस्ते",
  "ᄒ\u{1161}\u{11AB}한글", "Z" + String(repeating: "\u{30A}", count: 40), "\0\0\0",
  "\u{1FAE9}\u{FFFD}\u{FFFF}",
  "שלום مرحبا", "a\u{200D}b", "\u{600}1", "caf\u{E9} na\u{EF}ve “quotes” — dash…",
]

/// SplitMix64, so that a failure can be repeated.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
