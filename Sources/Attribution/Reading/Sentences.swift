/// Sentence boundaries by the rules of Unicode's UAX #29 that need no dictionary.
///
/// A sentence ends after `. ! ? …` and similar characters, with closing quotes, brackets and spaces
/// that follow them, and after a line break. A full stop does not end a sentence before a digit
/// (`3.5`), between capitals (`U.S.A`), before a lowercase letter (`e.g. this`) or before a comma
/// or the like. Titles (`Mr. Smith`) end a sentence, as they do in UAX #29.
public enum Sentences {
  /// Contiguous UTF-8 ranges that cover the text; empty for an empty text.
  public static func ranges(in text: String) -> [Range<Int>] {
    let scalars = Array(text.unicodeScalars)
    var ranges: [Range<Int>] = []
    var start = 0
    var offset = 0
    var index = 0
    while index < scalars.count {
      let next = end(at: index, in: scalars)
      offset += scalars[index..<max(next ?? 0, index + 1)].reduce(0) { $0 + $1.utf8.count }
      if next != nil {
        ranges.append(start..<offset)
        start = offset
      }
      index = next ?? index + 1
    }
    if start < offset { ranges.append(start..<offset) }
    return ranges
  }

  /// The index after the sentence's end, if the scalar at `index` ends one.
  private static func end(at index: Int, in scalars: [Unicode.Scalar]) -> Int? {
    var next = index + 1
    if isLineBreak(scalars[index]) {
      let isPair = scalars[index] == "\r" && next < scalars.count && scalars[next] == "\n"
      return isPair ? next + 1 : next
    }
    guard isTerminator(scalars[index]) else { return nil }
    // The last of a run of terminators decides.
    if next < scalars.count, isTerminator(scalars[next]) { return nil }
    let afterTerminator = next
    while next < scalars.count, isCloser(scalars[next]) { next += 1 }
    let afterClosers = next
    while next < scalars.count, isSpace(scalars[next]) { next += 1 }
    guard next < scalars.count else { return next }
    let following = scalars[next]
    if isContinuation(following) { return nil }
    if isFullStop(scalars[index]) {
      if following.properties.isLowercase { return nil }
      if next == afterTerminator, following.properties.numericType != nil { return nil }
      if next == afterTerminator, index > 0, scalars[index - 1].properties.isAlphabetic {
        return nil
      }
    }
    // Scripts without spaces need none after a terminator.
    if next == afterClosers, following.properties.isAlphabetic, scalars[index].isASCII {
      return nil
    }
    if next < scalars.count, isLineBreak(scalars[next]) { return end(at: next, in: scalars) }
    return next
  }

  private static func isFullStop(_ scalar: Unicode.Scalar) -> Bool {
    fullStops.contains(scalar)
  }

  private static func isTerminator(_ scalar: Unicode.Scalar) -> Bool {
    fullStops.contains(scalar) || terminators.contains(scalar)
  }

  private static func isCloser(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .closePunctuation, .finalPunctuation: true
    default: scalar == "\"" || scalar == "'"
    }
  }

  private static func isContinuation(_ scalar: Unicode.Scalar) -> Bool {
    continuations.contains(scalar)
  }

  private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace && !isLineBreak(scalar)
  }

  /// UAX #29's ATerm.
  private static let fullStops = Set(".\u{2024}\u{FE52}\u{FF0E}".unicodeScalars)
  /// The Sentence_Terminal characters of the larger scripts.
  private static let terminators = Set("!?…‼⁇⁈⁉。！？｡؟।॥։።".unicodeScalars)
  /// The larger scripts' SContinue characters.
  private static let continuations = Set(",;:、，；：،؛".unicodeScalars)
}
