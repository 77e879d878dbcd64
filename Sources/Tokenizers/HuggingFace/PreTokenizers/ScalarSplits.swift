/// Splits at scalars of a class.
struct ScalarSplit: PreTokenizer {
  let behavior: SplitBehavior
  let isDelimiter: @Sendable (UInt32) -> Bool

  func split(_ text: inout SplitText) {
    text.cut { behavior.parts(of: $0, matches: $0.matches(where: isDelimiter)) }
  }

  static let whiteSpace = ScalarSplit(behavior: .removed) {
    $0 > 0x20 && $0 < 0x7F ? false : ScalarFacts(of: $0).has(ScalarFacts.space)
  }

  static func punctuation(_ behavior: SplitBehavior) -> ScalarSplit {
    ScalarSplit(behavior: behavior) { ScalarFacts(of: $0).has(ScalarFacts.punctuation) }
  }

  static func digits(individually: Bool) -> ScalarSplit {
    ScalarSplit(behavior: individually ? .isolated : .contiguous) {
      ScalarFacts(of: $0).has(ScalarFacts.numeric)
    }
  }

  static func delimiter(_ delimiter: UInt32) -> ScalarSplit {
    ScalarSplit(behavior: .removed) { $0 == delimiter }
  }
}

/// Splits at white space and around punctuation.
struct BertPreTokenizer: PreTokenizer {
  func split(_ text: inout SplitText) {
    ScalarSplit.whiteSpace.split(&text)
    ScalarSplit.punctuation(.isolated).split(&text)
  }
}

/// Splits into words and runs of other characters: `\w+|[^\w\s]+` of Rust's regex crate.
struct WhitespacePreTokenizer: PreTokenizer {
  func split(_ text: inout SplitText) {
    text.cut { scalars in
      var parts: [Range<Int>] = []
      var last: UInt32?
      for place in scalars.indices {
        let kind = kind(scalars[place].value)
        if let end = parts.last, kind == last, end.upperBound == place {
          parts[parts.count - 1] = end.lowerBound..<place + 1
        } else if kind != 0 {
          parts.append(place..<place + 1)
        }
        last = kind
      }
      return parts
    }
  }

  /// 0 for white space, 1 for words, 2 for the rest.
  private func kind(_ scalar: UInt32) -> UInt32 {
    let facts = ScalarFacts(of: scalar)
    if facts.has(ScalarFacts.word) { return 1 }
    return facts.has(ScalarFacts.space) ? 0 : 2
  }
}

/// Splits where the script changes; kana count as Han, and spaces as any script.
struct UnicodeScripts: PreTokenizer {
  func split(_ text: inout SplitText) {
    text.cut { scalars in
      var starts: [Int] = []
      var last: UInt8?
      for place in scalars.indices {
        let script = splitScript(of: scalars[place].value)
        if script == 0 { continue }
        if script != last { starts.append(place) }
        last = script
      }
      starts.append(scalars.endIndex)
      return zip(starts, starts.dropFirst()).map { $0..<$1 }
    }
  }
}

/// Splits into parts of a fixed number of scalars.
struct FixedLength: PreTokenizer {
  let length: Int

  func split(_ text: inout SplitText) {
    text.cut { scalars in
      stride(from: scalars.startIndex, to: scalars.endIndex, by: length).map {
        $0..<min(scalars.endIndex - $0, length) + $0
      }
    }
  }
}

struct PatternSplit: PreTokenizer {
  let pattern: RegexPattern
  let behavior: SplitBehavior
  let inverted: Bool

  func split(_ text: inout SplitText) {
    text.cut {
      behavior.parts(of: $0, matches: pattern.matches(in: $0), inverted: inverted)
    }
  }
}

/// Isolates each occurrence of some texts; the longest that starts at a place is taken.
struct SymbolSplit: PreTokenizer {
  private let symbols: TokenTable

  init(_ symbols: [String]) {
    self.symbols = TokenTable(
      symbols.filter { !$0.isEmpty }.enumerated().map { (token: $1, id: $0) }, findsPrefixes: true)
  }

  func split(_ text: inout SplitText) {
    text.cut { scalars in
      var matches: [Range<Int>] = []
      var place = scalars.startIndex
      while place < scalars.endIndex {
        var longest: Int?
        symbols.forEachPrefix(of: scalars[place...]) { end, _ in longest = end }
        if let longest { matches.append(place..<longest) }
        place = longest ?? place + 1
      }
      return SplitBehavior.isolated.parts(of: scalars, matches: matches, inverted: false)
    }
  }
}
