internal import Crypto
internal import Foundation

/// What something is by its content: the first 16 bytes of its SHA-256, so that nobody can make two
/// texts that pass for one.
public struct ContentHash: Sendable, Hashable {
  public let bytes: [UInt8]

  static let length = 16

  fileprivate init(_ digest: SHA256.Digest) {
    bytes = Array(digest.prefix(Self.length))
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// A text as it stands.
  public init(text: String) { self.init(.text(text)) }

  /// A text as it stands, or words that somebody split: the same letters may give other tokens.
  init(_ content: TextRecord.Content) {
    var hasher = ContentHasher()
    switch content {
    case .text(let text):
      hasher.add(text)
    case .words(let words):
      hasher.add("words")
      for word in words { hasher.add(word) }
    }
    self = hasher.hash
  }
}

/// Adds up the content of something that consists of parts.
public struct ContentHasher {
  private var digest = SHA256()

  public init() {}

  /// Bytes without a mark of their end: to be followed by more of the same thing.
  public mutating func add(_ bytes: [UInt8]) {
    digest.update(data: bytes)
  }

  /// A part of its own: `ab` and `c` is not `a` and `bc`.
  public mutating func add(_ text: String) {
    add(Array("\(text.utf8.count):".utf8))
    add(Array(text.utf8))
  }

  public var hash: ContentHash { ContentHash(digest.finalize()) }
}
