/// Where a word stands in a list, found by its Unicode scalars: a Swift String can't tell NFC from
/// NFD, a vocabulary can. A flat hash table, so that a vocabulary of 60,000 is ready in milliseconds.
struct ScalarIndex: Sendable {
  let words: [String]
  /// Positions in `words`, -1 where free; a power of two of them, at most half filled.
  private var slots: [Int32]

  /// - Parameter ignored: a word that is never found.
  /// A word that stands in the list more than once is found at its last place, as in Python's dict.
  init(_ words: [String], ignoring ignored: String? = nil) {
    self.words = words
    var capacity = 16
    while capacity < words.count * 2 { capacity *= 2 }
    slots = [Int32](repeating: -1, count: capacity)
    var ignoredScalars: [UInt32]?
    if let ignored { ignoredScalars = ignored.unicodeScalars.map(\.value) }
    var scalars: [UInt32] = []
    for (position, word) in words.enumerated() {
      scalars.removeAll(keepingCapacity: true)
      for scalar in word.unicodeScalars { scalars.append(scalar.value) }
      if scalars == ignoredScalars { continue }
      slots[slot(of: scalars)] = Int32(truncatingIfNeeded: position)
    }
  }

  func position(of word: MappedSlice) -> Int? {
    position(of: word.map(\.value))
  }

  func position(of word: String) -> Int? {
    position(of: word.unicodeScalars.map(\.value))
  }

  private func position(of scalars: [UInt32]) -> Int? {
    let position = Int(slots[slot(of: scalars)])
    return position < 0 ? nil : position
  }

  /// The slot that holds the word, or the free one where it would go.
  private func slot(of scalars: [UInt32]) -> Int {
    // FNV-1a, a scalar at a time, and a last mix as only low bits are used.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for scalar in scalars { hash = (hash ^ UInt64(scalar)) &* 0x100_0000_01B3 }
    hash ^= hash >> 29
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0, !Self.holds(words[Int(slots[slot])], scalars) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private static func holds(_ word: String, _ scalars: [UInt32]) -> Bool {
    var place = 0
    for scalar in word.unicodeScalars {
      guard place < scalars.count, scalars[place] == scalar.value else { return false }
      place += 1
    }
    return place == scalars.count
  }
}
