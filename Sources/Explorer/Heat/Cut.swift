internal import Classifiers
internal import Tokenizers

/// What of a text the model does not take in as it does the rest, in UTF-8 offsets.
struct Cut: Equatable {
  /// Read, but outside of the tokens that the last layer pools.
  var unpooled: Range<Int>?
  /// Behind the last token of a text that was truncated: never read.
  var unread: Range<Int>?

  /// nil where the model takes in the whole text.
  init?(_ encoding: Encoding, tokenLimit: Int?) {
    guard let tokenLimit, encoding.pieces.count >= tokenLimit else { return nil }
    // the tokens that are read last are the ones that are kept
    let passed = encoding.pieces.dropLast(tokenLimit).map(\.utf8Range).filter { !$0.isEmpty }
    if let start = passed.map(\.lowerBound).min(), let end = passed.map(\.upperBound).max() {
      unpooled = start..<end
    }
    let read = encoding.pieces.map(\.utf8Range.upperBound).max() ?? 0
    let rest = encoding.text.utf8.dropFirst(read)
    if rest.contains(where: { $0 != 0x20 && !(0x09...0x0D).contains($0) }) {
      unread = read..<read + rest.count
    }
    if unpooled == nil, unread == nil { return nil }
  }

  func contains(_ utf8Offset: Int) -> Bool {
    unpooled?.contains(utf8Offset) == true || unread?.contains(utf8Offset) == true
  }
}

extension State {
  /// nil also while the text is newer than what is known of it.
  var cut: Cut? {
    guard isPredictionFresh, let encoding = prediction?.prediction.encoding else { return nil }
    return Cut(encoding, tokenLimit: summary?.tokenLimit)
  }
}
