extension SeededGenerator {
  /// A uniformly distributed integer below `bound`. The standard library's own algorithm may
  /// change.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A uniformly distributed permutation of `0..<count` (Fisher, Yates).
  mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(first: count, of: &order)
    return order
  }

  /// A uniformly distributed set of `size` out of `count` players.
  mutating func subset(size: Int, of count: Int) -> Coalition {
    var order = Array(0..<count)
    shuffle(first: size, of: &order)
    var coalition = Coalition(none: count)
    for player in order.prefix(size) { coalition.insert(player) }
    return coalition
  }

  private mutating func shuffle(first size: Int, of order: inout [Int]) {
    for place in 0..<size { order.swapAt(place, place + below(order.count - place)) }
  }
}
