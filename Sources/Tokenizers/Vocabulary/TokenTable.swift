/// Token ids by scalars, for whole tokens or the longest token that starts at a place.
///
/// A flat hash table with a filter over all prefixes of tokens, so that a search for the longest
/// token stops early. Measured: see `Tests/Benchmarks`.
struct TokenTable: Sendable {
  /// Token texts, in the order of insertion.
  private var texts: [UInt32] = []
  private var starts: [UInt32] = [0]
  private(set) var ids: [Int32] = []
  /// The upper half of a hash and an entry's number from 1; 0 if free. At most half of the slots
  /// are filled.
  private var slots: [UInt64] = []
  /// Random for each table, so that no file can provoke collisions.
  private let seed = UInt64.random(in: .min ... .max)
  /// A Bloom filter over all prefixes, including whole tokens; empty without prefix search.
  private var beginnings: [UInt64] = []

  /// - Parameter tokens: a duplicate token gets its last id.
  init(_ tokens: some Collection<(token: String, id: Int)>, findsPrefixes: Bool = false) {
    var capacity = 16
    while capacity < tokens.count * 2 { capacity *= 2 }
    slots = [UInt64](repeating: 0, count: capacity)
    if findsPrefixes { beginnings = [UInt64](repeating: 0, count: max(16, capacity / 4)) }
    ids.reserveCapacity(tokens.count)
    starts.reserveCapacity(tokens.count + 1)
    for (token, id) in tokens { insert(token, Int32(truncatingIfNeeded: id)) }
  }

  var count: Int { ids.count }

  func id(of token: some Sequence<UInt32>) -> Int? {
    var hash = TokenHash(seed: seed)
    for value in token { hash.add(value) }
    let key = hash.value
    return entry(key) { start, end in
      var place = start
      for value in token {
        guard place < end, texts[place] == value else { return false }
        place += 1
      }
      return place == end
    }.map { Int(ids[$0]) }
  }

  /// The same for scalars without a copy.
  func id(of token: ArraySlice<UInt32>) -> Int? {
    var hash = TokenHash(seed: seed)
    for value in token { hash.add(value) }
    return entry(hash.value) { start, end in
      end - start == token.count && texts[start..<end].elementsEqual(token)
    }.map { Int(ids[$0]) }
  }

  func id(of token: String) -> Int? {
    id(of: token.unicodeScalars.lazy.map(\.value))
  }

  /// Calls `body` for each token that starts at a place, shortest first, with its end and id.
  ///
  /// - Parameter prefix: scalars that are imagined before the place: `##`.
  @inline(__always)
  func forEachPrefix(
    of text: ArraySlice<AlignedScalar>, after prefix: [UInt32] = [],
    _ body: (_ end: Int, _ id: Int32) -> Void
  ) {
    var hash = TokenHash(seed: seed)
    for value in prefix { hash.add(value) }
    var place = text.startIndex
    while place < text.endIndex {
      hash.add(text[place].value)
      place += 1
      let key = hash.value
      if !mayBegin(key) { return }
      let found = entry(key) { start, end in
        matches(text[text.startIndex..<place], after: prefix, start, end)
      }
      if let found { body(place, ids[found]) }
    }
  }

  private func matches(
    _ text: ArraySlice<AlignedScalar>, after prefix: [UInt32], _ start: Int, _ end: Int
  ) -> Bool {
    guard end - start == prefix.count + text.count else { return false }
    var place = start
    for value in prefix {
      if texts[place] != value { return false }
      place += 1
    }
    for scalar in text {
      if texts[place] != scalar.value { return false }
      place += 1
    }
    return true
  }

  // MARK: - The table

  private mutating func insert(_ token: String, _ id: Int32) {
    let start = texts.count
    var hash = TokenHash(seed: seed)
    for scalar in token.unicodeScalars {
      texts.append(scalar.value)
      hash.add(scalar.value)
      if !beginnings.isEmpty { addBeginning(hash.value) }
    }
    let key = hash.value
    let length = texts.count - start
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while slots[slot] != 0 {
      let candidate = Int(slots[slot] & 0xFFFF_FFFF) - 1
      let first = Int(starts[candidate])
      if slots[slot] >> 32 == key >> 32, Int(starts[candidate + 1]) - first == length,
        texts[first..<first + length].elementsEqual(texts[start...])
      {
        texts.removeLast(length)
        ids[candidate] = id
        return
      }
      slot = (slot + 1) & mask
    }
    ids.append(id)
    starts.append(UInt32(truncatingIfNeeded: texts.count))
    slots[slot] = (key >> 32) << 32 | UInt64(ids.count)
  }

  @inline(__always)
  private func entry(_ key: UInt64, holds: (_ start: Int, _ end: Int) -> Bool) -> Int? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while slots[slot] != 0 {
      if slots[slot] >> 32 == key >> 32 {
        let candidate = Int(slots[slot] & 0xFFFF_FFFF) - 1
        if holds(Int(starts[candidate]), Int(starts[candidate + 1])) { return candidate }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private mutating func addBeginning(_ key: UInt64) {
    let (word, bit) = beginning(key)
    beginnings[word] |= bit
  }

  @inline(__always)
  private func mayBegin(_ key: UInt64) -> Bool {
    if beginnings.isEmpty { return true }
    let (word, bit) = beginning(key)
    return beginnings[word] & bit != 0
  }

  @inline(__always)
  private func beginning(_ key: UInt64) -> (word: Int, bit: UInt64) {
    let place = Int(truncatingIfNeeded: key >> 20)
    return (place >> 6 & (beginnings.count - 1), 1 << UInt64(place & 63))
  }
}

/// FNV-1a over scalars, with MurmurHash3's final mix, because not all bits are used.
struct TokenHash: Sendable {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  init(seed: UInt64) {
    state ^= seed
  }

  @inline(__always)
  mutating func add(_ scalar: UInt32) {
    state = (state ^ UInt64(scalar)) &* 0x100_0000_01B3
  }

  @inline(__always)
  var value: UInt64 {
    let mixed = (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    return mixed ^ (mixed >> 33)
  }
}
