/// Token texts by id, and ids by text.
struct Vocabulary: Sendable {
  /// Ids from here on are refused, because the list of texts has an entry for each id. The largest
  /// vocabularies of supported architectures have 250,000 tokens.
  static let idLimit = 1_000_000
  /// The most tokens, and the most characters in all of them, four bytes each.
  static let tokenLimit = 300_000
  static let characterLimit = 6 << 20

  /// Token texts by id; empty if no token has that id.
  private(set) var tokens: [String]
  let table: TokenTable

  /// - Throws: `TokenizerFileError.tooLarge`.
  init(
    _ entries: some Collection<(token: String, id: Int)>, findsPrefixes: Bool = false,
    path: String = "model.vocab"
  ) throws {
    guard entries.count <= Self.tokenLimit else {
      throw TokenizerFileError.tooLarge(
        path: path, what: "tokens", count: entries.count, limit: Self.tokenLimit)
    }
    let characters = entries.reduce(0) { $0 + $1.token.utf8.count }
    guard characters <= Self.characterLimit else {
      throw TokenizerFileError.tooLarge(
        path: path, what: "bytes", count: characters, limit: Self.characterLimit)
    }
    table = TokenTable(entries, findsPrefixes: findsPrefixes)
    tokens = []
    tokens.reserveCapacity(entries.count)
    for (token, id) in entries { name(id, token) }
  }

  /// The number of different tokens.
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
