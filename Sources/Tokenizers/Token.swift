/// One token as a model reads it: its row in the vocabulary, and which of two texts it belongs to.
public struct Token: Sendable, Hashable {
  public var id: Int
  /// The token type (`token_type_ids`): 0, or 1 in the second text of a pair where the tokenizer tells
  /// the two apart.
  public var type: Int
  /// Which text of a pair it stands in or behind: 0, or 1. Unlike the type it is known of every pair, and
  /// no network sees it.
  public var part: Int

  public init(id: Int, type: Int = 0, part: Int = 0) {
    self.id = id
    self.type = type
    self.part = part
  }

  /// The same place with another word in it: type and part belong to the place.
  public func replaced(by id: Int) -> Token { Token(id: id, type: type, part: part) }
}

extension Token: ExpressibleByIntegerLiteral {
  public init(integerLiteral id: Int) {
    self.init(id: id)
  }
}
