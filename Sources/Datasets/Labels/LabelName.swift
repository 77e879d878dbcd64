/// The forms in which labels and names of classes are compared.
enum LabelName {
  /// Lower case, single spaces, without fastText's `__label__`.
  static func folded(_ name: String) -> String {
    let lower = name.lowercased().split { $0.isWhitespace }.joined(separator: " ")
    let mark = "__label__"
    return lower.hasPrefix(mark) && lower != mark ? String(lower.dropFirst(mark.count)) : lower
  }

  /// `not_toxic` and `Not-Toxic` become `not toxic`; numbers are kept.
  static func spaced(_ name: String) -> String {
    let folded = folded(name)
    guard number(folded) == nil else { return folded }
    let words = folded.split { $0 == " " || $0 == "_" || $0 == "-" }.joined(separator: " ")
    return words.isEmpty ? folded : words
  }

  /// With common abbreviations spelled out: `very_pos` is `very positive`, `non-hate` `not hate`.
  static func meaning(_ name: String) -> String {
    let spaced = spaced(name)
    if let whole = wholeSynonyms[spaced] { return whole }
    return spaced.split(separator: " ").map { synonyms[String($0)] ?? String($0) }
      .joined(separator: " ")
  }

  private static let synonyms = [
    "neg": "negative", "neu": "neutral", "neut": "neutral", "pos": "positive", "non": "not",
    "entail": "entailment", "entails": "entailment", "entailed": "entailment",
    "contradict": "contradiction", "contradicts": "contradiction",
    "contradictory": "contradiction",
  ]
  private static let wholeSynonyms = [
    "ham": "not spam", "yes": "true", "no": "false", "y": "true", "n": "false", "t": "true",
    "f": "false",
  ]

  /// `3`, and `3.0`, which tables write for numbers beside empty fields; nil if it is not a number.
  static func number(_ name: String) -> Double? {
    let text = name.trimmingSpaces
    guard let first = text.utf8.first(where: { $0 != 0x2B && $0 != 0x2D && $0 != 0x2E }),
      (0x30...0x39).contains(first), !text.utf8.contains(where: { $0 | 0x20 == 0x78 })
    else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }

  /// A number, alone or within words, and the words around it: `2 stars` is 2 and `# star`.
  struct Numbered: Equatable {
    var number: Double
    var words: String

    static let alone = "#"
    /// transformers' name for unnamed classes, by index.
    static let index = "label #"
  }

  /// nil if there is no number or more than one.
  static func numbered(_ name: String) -> Numbered? {
    let spaced = spaced(name)
    if let number = number(spaced) { return Numbered(number: number, words: Numbered.alone) }
    let isDigit: (Character) -> Bool = { $0.isASCII && $0.isNumber }
    guard let start = spaced.firstIndex(where: isDigit),
      let last = spaced.lastIndex(where: isDigit), spaced[start...last].allSatisfy(isDigit),
      let number = Double(spaced[start...last])
    else { return nil }
    let rest = spaced[spaced.index(after: last)...]
    let plural = rest.hasSuffix("s") ? rest.dropLast() : rest
    return Numbered(number: number, words: spaced[..<start] + "#" + plural)
  }

  /// 1 for yes and true, 0 for no and false.
  static func truth(_ name: String) -> Double? {
    switch meaning(name) {
    case "true": 1
    case "false": 0
    default: nil
    }
  }
}
