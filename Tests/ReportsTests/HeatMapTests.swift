import Reports
import Testing
import Tokenizers

private func piece(
  _ text: String, _ range: Range<Int>, isSpecial: Bool = false, word: Int?
) -> Piece {
  Piece(text: text, id: 1, utf8Range: range, isSpecial: isSpecial, isFrame: word == nil, word: word)
}

private let pieces = [
  piece("xxbos", 0..<0, isSpecial: true, word: nil),
  piece("xxmaj", 0..<3, isSpecial: true, word: 0),
  piece("not", 0..<3, word: 0), piece("ba", 4..<6, word: 1), piece("##d", 6..<7, word: 1),
]

@Test func `a word counts the sum of its pieces and of its special tokens`() {
  let map = HeatMap(pieces: pieces, scores: [0.5, 0.25, -1, 0.75, -0.25])
  #expect(map.units.map(\.score) == [-0.75, 0.5])
  #expect(map.units.map(\.utf8Range) == [0..<3, 4..<7])
  #expect(map.units.map(\.isMixed) == [false, true])
  #expect(map.unallocated == 0.5)
  #expect(map.total == 0.25)
}

@Test func `special tokens can be marks of their own and then nothing is unallocated`() {
  let map = HeatMap(pieces: pieces, scores: [0.5, 0.25, -1, 0.75, -0.25], showsSpecials: true)
  #expect(map.units.map(\.mark) == ["xxbos", "xxmaj", nil, nil])
  #expect(map.units.map(\.score) == [0.5, 0.25, -1, 0.5])
  #expect(map.unallocated == 0)
}

@Test func `scores that are no numbers count nothing`() {
  let map = HeatMap(pieces: pieces, scores: [.nan, .infinity, -1, 0.5, .nan])
  #expect(map.units.map(\.score) == [-1, 0.5])
  #expect(map.largest == 1)
}

@Test func `what reads from the end is shown from the start`() {
  let map = HeatMap(pieces: pieces.reversed(), scores: [-0.25, 0.75, -1, 0.25, 0.5])
  #expect(map.units.map(\.utf8Range) == [0..<3, 4..<7])
}
