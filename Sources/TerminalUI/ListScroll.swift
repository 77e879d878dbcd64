/// Which item of a list is selected and which is the first in sight. It holds no items: their number
/// and the rows that show them are given with each call, since both may change in between.
public struct ListScroll: Sendable, Hashable {
  /// Always an item of the list as it was last seen; 0 in an empty one.
  public private(set) var selection = 0
  public private(set) var first = 0

  public init(selection: Int = 0) { self.selection = max(0, selection) }

  /// The items in sight.
  public func visible(count: Int, rows: Int) -> Range<Int> {
    let scroll = fitted(count: count, rows: rows)
    return scroll.first..<min(max(0, count), scroll.first + max(0, rows))
  }

  /// Selects an item, or the nearest there is, and scrolls as little as shows it.
  public mutating func select(_ item: Int, count: Int, rows: Int) {
    selection = item
    self = fitted(count: count, rows: rows)
  }

  /// The same, but an item that was not in sight comes to the middle: where each line that scrolls is sent anew, a key
  /// in many scrolls instead of each.
  public mutating func selectByHalves(_ item: Int, count: Int, rows: Int) {
    let visible = visible(count: count, rows: rows)
    if !visible.contains(item) { first = max(0, item - max(1, rows) / 2) }
    select(item, count: count, rows: rows)
  }

  public mutating func move(by items: Int, count: Int, rows: Int) {
    let (item, overflow) = selection.addingReportingOverflow(items)
    select(overflow ? (items < 0 ? 0 : .max) : item, count: count, rows: rows)
  }

  /// Moves what is in sight, as a wheel does; the selection stays within it.
  public mutating func scroll(by items: Int, count: Int, rows: Int) {
    let rows = max(1, rows)
    let last = max(0, count - rows)
    first = max(0, min(first.addingReportingOverflow(items).partialValue, last))
    selection = max(first, min(selection, first + rows - 1))
    self = fitted(count: count, rows: rows)
  }

  /// Moves the selection round the ends, for switching with one key.
  public mutating func cycle(by items: Int, count: Int, rows: Int) {
    guard count > 0 else { return }
    let item = (min(selection, count - 1) + items % count + count) % count
    select(item, count: count, rows: rows)
  }

  /// The item in a row that was clicked; nil below the last one.
  public func item(atRow row: Int, count: Int, rows: Int) -> Int? {
    let visible = visible(count: count, rows: rows)
    return (0..<visible.count).contains(row) ? visible.lowerBound + row : nil
  }

  /// Within a list that may have become shorter, or a screen that may have become smaller.
  public func fitted(count: Int, rows: Int) -> ListScroll {
    var scroll = self
    let rows = max(1, rows)
    scroll.selection = max(0, min(selection, count - 1))
    let last = max(0, count - rows)
    let lowest = max(0, scroll.selection - rows + 1)
    scroll.first = min(last, max(lowest, min(first, scroll.selection)))
    return scroll
  }
}
