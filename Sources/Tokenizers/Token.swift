/// One token as a model reads it: its id, and the text of a pair that it belongs to.
public struct Token: Sendable, Hashable {
  public var id: Int
  /// The token type (`token_type_ids`): 0, or 1 in the second text of a pair if the tokenizer
  /// distinguishes the two.
  public var type: Int
  /// The text of a pair that it belongs to, 0 or 1. Unlike `type` it is known for every pair, and
  /// no network reads it.
  public var part: Int

  public init(id: Int, type: Int = 0, part: Int = 0) {
    self.id = id
    self.type = type
    self.part = part
  }

  /// Another token id in the same place.
  public func replaced(by id: Int) -> Token { Token(id: id, type: type, part: part) }
}

extension Token: ExpressibleByIntegerLiteral {
  public init(integerLiteral id: Int) {
    self.init(id: id)
  }
}
