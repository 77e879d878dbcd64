/// A set of players, counted from 0.
struct Coalition: Hashable, Sendable {
  private var words: [UInt64]

  init(none count: Int) {
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
  }

  init(all count: Int) {
    self.init(none: count)
    for player in 0..<count { insert(player) }
  }

  /// - Parameter mask: bit `i` is player `i`.
  init(mask: Int, count: Int) {
    self.init(none: count)
    if !words.isEmpty { words[0] = UInt64(mask) }
  }

  func contains(_ player: Int) -> Bool {
    words[player / 64] >> UInt64(player % 64) & 1 == 1
  }

  mutating func insert(_ player: Int) { words[player / 64] |= 1 << UInt64(player % 64) }
  mutating func remove(_ player: Int) { words[player / 64] &= ~(1 << UInt64(player % 64)) }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Ascending.
  var players: [Int] {
    words.enumerated().flatMap { place, word in
      (0..<64).filter { word >> UInt64($0) & 1 == 1 }.map { place * 64 + $0 }
    }
  }

  /// The others of `count` players.
  func complement(of count: Int) -> Coalition {
    var others = Coalition(none: count)
    for player in 0..<count where !contains(player) { others.insert(player) }
    return others
  }
}
