public import Tokenizers

/// Where ranges of older texts stand in newer ones, in the layout of both: each text is compared with
/// itself, so that an edit of one leaves the other alone.
public struct CarriedTexts: Sendable {
  private let old: JoinedTexts
  private let new: JoinedTexts
  private let first: CarriedRanges
  /// nil where one of the two is a single text.
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

  /// The same bytes in the newer layout, nil where they are not there any more.
  public func range(_ range: Range<Int>) -> Range<Int>? {
    let (part, own) = old.place(of: range)
    guard part == 1 else { return first.range(own) }
    return second?.range(own).map { new.joinedRange($0, in: 1) }
  }
}
