internal import Synchronization

/// A regular expression that is searched for anywhere in a text, ignoring case.
///
/// Patterns of plain words (`not|n't`) are searched for byte by byte: a hundred thousand texts are
/// searched while the user types, and the general engine is too slow for that.
enum TextPattern: Sendable {
  /// Any of these words, in lower-case ASCII.
  case words([[UInt8]])
  case expression(CompiledExpression)

  /// nil if the pattern is invalid.
  init?(_ pattern: String) {
    let isPlain = pattern.utf8.allSatisfy { $0 < 0x80 && !Self.special.contains($0) }
    if isPlain {
      self = .words(
        pattern.lowercased().split(separator: "|", omittingEmptySubsequences: false)
          .map { Array($0.utf8) })
    } else if let expression = CompiledExpression(pattern) {
      self = .expression(expression)
    } else {
      return nil
    }
  }

  /// A literal text, or several alternatives separated by `|`.
  init(literal text: String) {
    let parts = text.split(separator: "|").map(String.init)
    let words = parts.isEmpty ? [text] : parts
    if !text.utf8.allSatisfy({ $0 < 0x80 }),
      let expression = CompiledExpression(words.map(Self.escaped).joined(separator: "|"))
    {
      self = .expression(expression)
    } else {
      self = .words(words.map { Array($0.lowercased().utf8) })
    }
  }

  private static func escaped(_ word: String) -> String {
    String(
      word.flatMap { character -> [Character] in
        let isSpecial =
          character.utf8.count == 1 && character.utf8.contains(where: special.contains)
        return isSpecial ? ["\\", character] : [character]
      })
  }

  func occurs(in text: String) -> Bool {
    switch self {
    case .expression(let expression): expression.occurs(in: text)
    case .words(let words): words.contains { Self.occurs($0, in: text.utf8Span.span) }
    }
  }

  private static let special = Set("\\^$.*+?()[]{}".utf8)

  private static func occurs(_ word: [UInt8], in bytes: Span<UInt8>) -> Bool {
    guard let first = word.first else { return true }
    guard bytes.count >= word.count else { return false }
    for start in 0...(bytes.count - word.count) where lower(bytes[start]) == first {
      var index = 1
      while index < word.count, lower(bytes[start + index]) == word[index] { index += 1 }
      if index == word.count { return true }
    }
    return false
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}

/// A compiled pattern that can be shared between tasks; the standard library's is not Sendable.
final class CompiledExpression: Sendable {
  private let regex: Mutex<Regex<AnyRegexOutput>>

  init?(_ pattern: String) {
    guard let regex = try? Regex(pattern) else { return nil }
    self.regex = Mutex(regex.ignoresCase())
  }

  func occurs(in text: String) -> Bool {
    regex.withLock { text.contains($0) }
  }
}
