/// One token as a model reads it: its row in the vocabulary, and which of two texts it belongs to.
public struct Token: Sendable, Hashable {
  public var id: Int
  /// The token type (`token_type_ids`): 0, or 1 in the second text of a pair where the tokenizer tells
  /// the two apart.
  public var type: Int

  public init(id: Int, type: Int = 0) {
    self.id = id
    self.type = type
  }

  /// The same place with another word in it: the type belongs to the place.
  public func replaced(by id: Int) -> Token { Token(id: id, type: type) }
}

extension Token: ExpressibleByIntegerLiteral {
  public init(integerLiteral id: Int) {
    self.init(id: id)
  }
}
