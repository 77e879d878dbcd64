/// A regular expression that has to match a whole text. Time and memory are bounded, because
/// patterns come from untrusted files: a text that takes too many steps does not match.
public struct WholeTextPattern: Sendable {
  private let pattern: RegexPattern

  /// - Throws: `RegexError`.
  public init(_ pattern: String) throws {
    // Parsed alone first: an unbalanced parenthesis would close the group around it.
    _ = try RegexPattern(pattern)
    self.pattern = try RegexPattern("^(?:\(pattern))$")
  }

  public func matches(_ text: String) -> Bool {
    let scalars = text.unicodeScalars.map { AlignedScalar(value: $0.value, start: 0, end: 0) }
    return pattern.matches(in: scalars[...]).contains(0..<scalars.count)
  }
}
