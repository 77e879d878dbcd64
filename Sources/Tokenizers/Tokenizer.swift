/// Text to pieces that know their place in the text.
public protocol Tokenizer: Sendable {
  /// Never fails: any text has an encoding, the empty one too (its frame).
  func encode(_ text: String) -> Encoding
  /// The same with what each step made of the text on the way.
  func trace(_ text: String) -> TokenizationTrace
  /// Pieces for words that the caller has split already; `text` of the result is the words joined
  /// with single spaces. The words are looked up as they stand: no rules, no frame.
  func encode(words: [String]) -> Encoding
  /// Token texts by id.
  var vocabulary: [String] { get }
  var roles: TokenRoles { get }
}

/// The ids that stand for something other than a word. nil where the model has no such token.
public struct TokenRoles: Sendable, Hashable {
  public var unknown: Int?
  public var padding: Int?
  public var mask: Int?

  public init(unknown: Int? = nil, padding: Int? = nil, mask: Int? = nil) {
    self.unknown = unknown
    self.padding = padding
    self.mask = mask
  }
}
