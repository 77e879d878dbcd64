/// Which pairs of tokens merge, in which order, and into which token.
struct MergeTable: Sendable {
  /// Pairs of ids plus 1; 0 if free. At most half of the slots are filled.
  private var keys: [UInt64]
  private var merges: [Merge]

  struct Merge: Sendable, Hashable {
    /// The pair with the lower rank is merged first.
    var rank: Int32
    var id: Int32
  }

  /// The most merges that are read; vocabularies of 128,000 tokens have 280,000.
  static let limit = 1 << 19

  init(minimumCapacity: Int) {
    var capacity = 16
    while capacity < minimumCapacity * 2 { capacity *= 2 }
    keys = [UInt64](repeating: 0, count: capacity)
    merges = [Merge](repeating: Merge(rank: 0, id: 0), count: capacity)
  }

  /// A duplicate pair gets its last rank. Adding more than the capacity is a programming error.
  mutating func add(_ left: Int32, _ right: Int32, _ merge: Merge) {
    let key = Self.key(left, right)
    let slot = slot(of: key)
    keys[slot] = key
    merges[slot] = merge
  }

  @inline(__always)
  subscript(left: Int32, right: Int32) -> Merge? {
    let key = Self.key(left, right)
    let slot = slot(of: key)
    return keys[slot] == 0 ? nil : merges[slot]
  }

  @inline(__always)
  private func slot(of key: UInt64) -> Int {
    let mask = keys.count - 1
    let mixed = (key ^ (key >> 29)) &* 0xBF58_476D_1CE4_E5B9
    var slot = Int(truncatingIfNeeded: mixed >> 32) & mask
    while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  @inline(__always)
  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    (UInt64(UInt32(bitPattern: left)) + 1) << 32 | UInt64(UInt32(bitPattern: right))
  }
}

/// Merges the symbols of one word: the pair with the lowest rank first, the leftmost of equal ones.
/// Uses a heap, so n symbols take O(n log n) steps.
struct PairMerger {
  private struct Symbol {
    var id: Int32
    var previous: Int32
    var next: Int32
    var start: Int
    /// Equals `start` once the symbol was merged into its predecessor.
    var end: Int
  }

  private struct Candidate: Comparable {
    /// Rank, then position.
    var order: UInt64
    var id: Int32

    static func < (a: Candidate, b: Candidate) -> Bool { a.order < b.order }
  }

  private let merges: MergeTable
  private var symbols: [Symbol] = []
  private var heap = Heap<Candidate>()

  init(_ merges: MergeTable) {
    self.merges = merges
  }

  mutating func removeAll() {
    symbols.removeAll(keepingCapacity: true)
    heap.removeAll()
  }

  mutating func add(_ id: Int32, _ range: Range<Int>) {
    let place = Int32(truncatingIfNeeded: symbols.count)
    if place > 0 { symbols[symbols.count - 1].next = place }
    symbols.append(
      Symbol(id: id, previous: place - 1, next: -1, start: range.lowerBound, end: range.upperBound))
  }

  func eachToken(_ body: (Int32, Range<Int>) -> Void) {
    var place = symbols.isEmpty ? -1 : 0
    while place >= 0 {
      let symbol = symbols[place]
      body(symbol.id, symbol.start..<symbol.end)
      place = Int(symbol.next)
    }
  }

  mutating func merge() {
    guard symbols.count > 1 else { return }
    for place in 0..<symbols.count - 1 { consider(place) }
    while let top = heap.removeFirst() {
      let place = Int(top.order & 0xFFFF_FFFF)
      let next = Int(symbols[place].next)
      // A candidate is stale if its symbols have changed since.
      guard symbols[place].end > symbols[place].start, next >= 0,
        let merge = merges[symbols[place].id, symbols[next].id], merge.id == top.id
      else { continue }
      symbols[place].id = top.id
      symbols[place].end = symbols[next].end
      symbols[place].next = symbols[next].next
      symbols[next].end = symbols[next].start
      let after = Int(symbols[place].next)
      if after >= 0 { symbols[after].previous = Int32(truncatingIfNeeded: place) }
      let before = Int(symbols[place].previous)
      if before >= 0 { consider(before) }
      if after >= 0 { consider(place) }
    }
  }

  /// Adds the pair of a symbol and its successor if they merge.
  private mutating func consider(_ place: Int) {
    let next = Int(symbols[place].next)
    guard let merge = merges[symbols[place].id, symbols[next].id] else { return }
    let order = UInt64(UInt32(bitPattern: merge.rank)) << 32 | UInt64(place)
    heap.insert(Candidate(order: order, id: merge.id))
  }
}
