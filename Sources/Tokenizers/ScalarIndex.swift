/// Positions of words in a list, looked up by Unicode scalars: a Swift String does not tell NFC
/// from NFD, but a vocabulary does. A flat hash table, so that a vocabulary of 60,000 is ready in
/// milliseconds.
struct ScalarIndex: Sendable {
  let words: [String]
  /// Positions in `words`, -1 if free. The count is a power of two; at most half of the slots are
  /// filled.
  private var slots: [Int32]

  /// A word that is in the list more than once is found at its last position, as in Python's dict.
  /// - Parameter ignored: an ASCII word that is never found. (Only ASCII strings equal it.)
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

  /// The slot that holds the word, or the free slot where it belongs.
  private func slot(_ hash: ScalarHash, holds: (String) -> Bool) -> Int {
    let mask = slots.count - 1
    var slot = hash.value & mask
    while slots[slot] >= 0, !holds(words[Int(slots[slot])]) {
      slot = (slot + 1) & mask
    }
    return slot
  }
}

/// FNV-1a over scalars, with MurmurHash3's final mix, because only the low bits are used.
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
