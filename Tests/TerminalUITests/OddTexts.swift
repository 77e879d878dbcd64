import TestSupport

/// Texts that editors get wrong.
let oddTexts = [
  "", " ", "\n", "abc def", "hello wonderful   world of words", "tab\tand\u{1B}[31mred\u{9B}",
  "e\u{301}a\u{301}\u{302}", "\u{301}start", "中文字 漢字かな交じり文。", "👍🏽 ❤️ 👨‍👩‍👧 ｶﾞ 🇫🇷🇩🇪🇯 END",
  "1️⃣ 🏳️‍🌈🏴\u{E0067}\u{E0062}\u{E007F}", "\u{200B}\u{202E}x\u{AD}y", "line\r\nline\rline\n", "क्षि नमस्ते",
  "ᄒ\u{1161}\u{11AB}한글", "Z" + String(repeating: "\u{30A}", count: 40), "\0\0\0",
  "\u{1FAE9}\u{FFFD}\u{FFFF}",
  "שלום مرحبا", "a\u{200D}b", "\u{600}1", "caf\u{E9} na\u{EF}ve “quotes” — dash…",
]
