public import Tokenizers

/// Where ranges of older texts are in newer ones, in the joined layout of both texts. Each text is
/// compared with itself, so that an edit of one does not affect the other.
public struct CarriedTexts: Sendable {
  private let old: JoinedTexts
  private let new: JoinedTexts
  private let first: CarriedRanges
  /// nil if either the old or the new texts are a single text.
  private let second: CarriedRanges?

  public init(from old: JoinedTexts, to new: JoinedTexts) {
    (self.old, self.new) = (old, new)
    first = CarriedRanges(from: old.text, to: new.text)
    if let before = old.pair, let now = new.pair {
      second = CarriedRanges(from: before, to: now)
    } else {
      second = nil
    }
  }

  /// The range of the same bytes in the newer layout; nil if they are no longer there.
  public func range(_ range: Range<Int>) -> Range<Int>? {
    let (part, own) = old.place(of: range)
    guard part == 1 else { return first.range(own) }
    return second?.range(own).map { new.joinedRange($0, in: 1) }
  }
}
