internal import CNettle

/// The identity of some content: the first 16 bytes of its SHA-256, so that nobody can construct
/// two texts with the same hash.
public struct ContentHash: Sendable, Hashable {
  public let bytes: [UInt8]

  static let length = 16

  fileprivate init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// A single text.
  public init(text: String) { self.init(.text(text)) }

  /// A text, a pair, or words that are already split: the same letters may give other tokens.
  public init(_ content: TextRecord.Content) {
    var hasher = ContentHasher()
    switch content {
    case .text(let text):
      hasher.add(text)
    case .pair(let text, let pair):
      hasher.add("pair")
      hasher.add(text)
      hasher.add(pair)
    case .words(let words):
      hasher.add("words")
      for word in words { hasher.add(word) }
    }
    self = hasher.hash
  }
}

/// Hashes content that consists of several parts.
public struct ContentHasher {
  private var context = sha256_ctx()

  public init() {
    unsafe nettle_sha256_init(&context)
  }

  /// Adds bytes without marking their end; more of the same part may follow.
  public mutating func add(_ bytes: [UInt8]) {
    unsafe nettle_sha256_update(&context, bytes.count, bytes)
  }

  /// Adds a part: `ab` and `c` differ from `a` and `bc`.
  public mutating func add(_ text: String) {
    add(Array("\(text.utf8.count):".utf8))
    add(Array(text.utf8))
  }

  public var hash: ContentHash {
    // The library resets the context when it computes the digest.
    var context = context
    var bytes = [UInt8](repeating: 0, count: ContentHash.length)
    unsafe nettle_sha256_digest(&context, bytes.count, &bytes)
    return ContentHash(bytes)
  }
}
