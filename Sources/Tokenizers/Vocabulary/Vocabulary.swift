/// Token texts by id, and ids by text.
struct Vocabulary: Sendable {
  /// Ids from here on are refused: the list of texts has a place for each id.
  static let idLimit = 2_000_000

  /// Token texts by id; empty where no token has that id.
  private(set) var tokens: [String]
  let table: TokenTable

  init(_ entries: [(token: String, id: Int)], findsPrefixes: Bool = false) {
    table = TokenTable(entries, findsPrefixes: findsPrefixes)
    tokens = []
    tokens.reserveCapacity(entries.count)
    for (token, id) in entries { name(id, token) }
  }

  /// How many different tokens there are.
  var count: Int { table.count }

  func id(of token: String) -> Int? { table.id(of: token) }

  mutating func name(_ id: Int, _ token: String) {
    guard id >= 0, id < Self.idLimit else { return }
    if id >= tokens.count {
      tokens += repeatElement("", count: id + 1 - tokens.count)
    }
    tokens[id] = token
  }
}
