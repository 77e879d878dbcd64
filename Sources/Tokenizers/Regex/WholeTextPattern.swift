/// A regular expression that a whole text has to match, bounded in time and memory as patterns come with
/// files from others: a text that would take too many steps does not match.
public struct WholeTextPattern: Sendable {
  private let pattern: RegexPattern

  /// - Throws: `RegexError`.
  public init(_ pattern: String) throws {
    // Read alone first: a parenthesis too many would close the one that is put around it.
    _ = try RegexPattern(pattern)
    self.pattern = try RegexPattern("^(?:\(pattern))$")
  }

  public func matches(_ text: String) -> Bool {
    let scalars = text.unicodeScalars.map { AlignedScalar(value: $0.value, start: 0, end: 0) }
    return pattern.matches(in: scalars[...]).contains(0..<scalars.count)
  }
}
