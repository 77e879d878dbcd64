/// Text to pieces that know their place in the text.
public protocol Tokenizer: Sendable {
  /// Never fails: any text has an encoding, the empty one too (its frame).
  /// - Parameter pair: the second text, for a model that reads two; nil for one text.
  func encode(_ text: String, pair: String?) -> Encoding
  /// The same with what each step made of the texts on the way.
  func trace(_ text: String, pair: String?) -> TokenizationTrace
  /// Pieces for words that the caller has split already; `text` of the result is the words joined
  /// with single spaces. The words are looked up as they stand: no rules, no frame.
  func encode(words: [String]) -> Encoding
  /// Whether a second text that stands beside a first in a file is read unasked: a model of whom nobody
  /// knows that it was trained on pairs is given one where the user says so.
  var readsPairs: Bool { get }
  /// Token texts by id.
  var vocabulary: [String] { get }
  var roles: TokenRoles { get }
}

extension Tokenizer {
  public var readsPairs: Bool { false }
  public func encode(_ text: String) -> Encoding { encode(text, pair: nil) }
  public func trace(_ text: String) -> TokenizationTrace { trace(text, pair: nil) }
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
