/// Where a word stands in a list, found by its Unicode scalars: a Swift String can't tell NFC from
/// NFD, a vocabulary can. A flat hash table, so that a vocabulary of 60,000 is ready in milliseconds.
struct ScalarIndex: Sendable {
  let words: [String]
  /// Positions in `words`, -1 where free; a power of two of them, at most half filled.
  private var slots: [Int32]

  /// - Parameter ignored: a word that is never found, of ASCII only (nothing else is equal to it).
  /// A word that stands in the list more than once is found at its last place, as in Python's dict.
  init(_ words: [String], ignoring ignored: String? = nil) {
    self.words = words
    var capacity = 16
    while capacity < words.count * 2 { capacity *= 2 }
    slots = [Int32](repeating: -1, count: capacity)
    for (position, word) in words.enumerated() where word != ignored {
      slots[slot(of: word)] = Int32(truncatingIfNeeded: position)
    }
  }

  func position(of word: MappedSlice) -> Int? {
    var hash = ScalarHash()
    for scalar in word { hash.add(scalar.value) }
    return position(
      in: slot(hash) { candidate in
        var place = word.startIndex
        for scalar in candidate.unicodeScalars {
          guard place < word.endIndex, word[place].value == scalar.value else { return false }
          place += 1
        }
        return place == word.endIndex
      })
  }

  func position(of word: String) -> Int? {
    position(in: slot(of: word))
  }

  private func position(in slot: Int) -> Int? {
    let position = Int(slots[slot])
    return position < 0 ? nil : position
  }

  private func slot(of word: String) -> Int {
    var hash = ScalarHash()
    for scalar in word.unicodeScalars { hash.add(scalar.value) }
    return slot(hash) { $0.utf8.elementsEqual(word.utf8) }
  }

  /// The slot that holds the word, or the free one where it would go.
  private func slot(_ hash: ScalarHash, holds: (String) -> Bool) -> Int {
    let mask = slots.count - 1
    var slot = hash.value & mask
    while slots[slot] >= 0, !holds(words[Int(slots[slot])]) {
      slot = (slot + 1) & mask
    }
    return slot
  }
}

/// FNV-1a, a scalar at a time, with a last mix (MurmurHash3's) as only low bits are used.
private struct ScalarHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ scalar: UInt32) {
    state = (state ^ UInt64(scalar)) &* 0x100_0000_01B3
  }

  var value: Int {
    let mixed = (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    return Int(truncatingIfNeeded: mixed ^ (mixed >> 33))
  }
}
