internal import CNettle

/// What something is by its content: the first 16 bytes of its SHA-256, so that nobody can make two
/// texts that pass for one.
public struct ContentHash: Sendable, Hashable {
  public let bytes: [UInt8]

  static let length = 16

  fileprivate init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// A text as it stands.
  public init(text: String) { self.init(.text(text)) }

  /// A text as it stands, two of them, or words that somebody split: the same letters may give other tokens.
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

/// Adds up the content of something that consists of parts.
public struct ContentHasher {
  private var context = sha256_ctx()

  public init() {
    unsafe nettle_sha256_init(&context)
  }

  /// Bytes without a mark of their end: to be followed by more of the same thing.
  public mutating func add(_ bytes: [UInt8]) {
    unsafe nettle_sha256_update(&context, bytes.count, bytes)
  }

  /// A part of its own: `ab` and `c` is not `a` and `bc`.
  public mutating func add(_ text: String) {
    add(Array("\(text.utf8.count):".utf8))
    add(Array(text.utf8))
  }

  public var hash: ContentHash {
    // The library clears the context that it takes the digest of.
    var context = context
    var bytes = [UInt8](repeating: 0, count: ContentHash.length)
    unsafe nettle_sha256_digest(&context, bytes.count, &bytes)
    return ContentHash(bytes)
  }
}
