/// Where ranges of an older text are in a newer one; only ranges that the edit did not touch.
///
/// Both texts are compared from the front and from the back. A range is carried over if it lies
/// within one of the equal ends and the edit did not extend it: between the range and the edit
/// there must be white space in both texts, so that `films` does not inherit the score of `film`.
public struct CarriedRanges: Sendable {
  private let old: [UInt8]
  private let new: [UInt8]
  private let prefix: Int
  private let suffix: Int

  public init(from oldText: String, to newText: String) {
    old = Array(oldText.utf8)
    new = Array(newText.utf8)
    let shorter = min(old.count, new.count)
    var front = 0
    while front < shorter, old[front] == new[front] { front += 1 }
    var back = 0
    while back < shorter - front, old[old.count - 1 - back] == new[new.count - 1 - back] {
      back += 1
    }
    prefix = front
    suffix = back
  }

  /// The range of the same bytes in the newer text; nil if they are no longer there.
  public func range(_ range: Range<Int>) -> Range<Int>? {
    guard range.lowerBound >= 0, range.upperBound <= old.count else { return nil }
    if range.upperBound < prefix { return range }
    if range.upperBound == prefix, isBreak(old, prefix), isBreak(new, prefix) { return range }
    let tail = old.count - suffix
    let shift = new.count - old.count
    let moved = range.lowerBound + shift..<range.upperBound + shift
    if range.lowerBound > tail { return moved }
    if range.lowerBound == tail, isBreak(old, tail - 1), isBreak(new, tail + shift - 1) {
      return moved
    }
    return nil
  }

  /// Whether there is white space at an index, or the index is beyond either end.
  private func isBreak(_ bytes: [UInt8], _ index: Int) -> Bool {
    guard bytes.indices.contains(index) else { return true }
    return bytes[index] == 0x20 || (0x09...0x0D).contains(bytes[index])
  }
}
