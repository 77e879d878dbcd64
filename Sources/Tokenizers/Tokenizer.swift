/// Splits text into pieces that know their place in it.
public protocol Tokenizer: Sendable {
  /// Never fails: any text has an encoding. That of the empty text is its frame.
  /// - Parameter pair: the second text for a model that reads two; nil for one text.
  func encode(_ text: String, pair: String?) -> Encoding
  /// `encode` with the result of each step.
  func trace(_ text: String, pair: String?) -> TokenizationTrace
  /// The encoding of words that the caller has already split; its `text` is the words joined with
  /// single spaces. The words are looked up as they are: no rules apply and no frame is added.
  func encode(words: [String]) -> Encoding
  /// Whether a second text in a data file is read by default. If it is not known that the model was
  /// trained on pairs, the user has to ask for it.
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

/// The ids of special tokens; nil if the model has none.
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
