/// How well a query matches a text: the text must contain its characters in order, possibly with
/// gaps.
struct FuzzyMatch: Sendable, Equatable {
  /// Higher is better.
  var score: Int
  /// The positions of the matched characters in the text, counted from 0.
  var positions: [Int]

  /// nil if a character of the query is missing. Case does not matter, and spaces in the query are
  /// ignored. Starts of words and adjacent characters raise the score; a late start lowers it.
  init?(_ query: String, in text: String) {
    let wanted = query.lowercased().filter { $0 != " " }
    let characters = Array(text.lowercased())
    guard let first = wanted.first else {
      self.init(score: 0, positions: [])
      return
    }
    let starts = characters.indices.filter { characters[$0] == first }
    let best = starts.compactMap { Self.match(Array(wanted), characters, from: $0) }
      .max { $0.score < $1.score }
    guard let best else { return nil }
    self = best
  }

  private init(score: Int, positions: [Int]) {
    self.score = score
    self.positions = positions
  }

  /// The match from a given start; the start of a word is preferred to the next occurrence.
  private static func match(
    _ wanted: [Character], _ text: [Character], from start: Int
  ) -> FuzzyMatch? {
    var result = FuzzyMatch(score: -min(start, 20), positions: [])
    var position = start
    for character in wanted {
      let found = position..<text.count
      guard var next = found.first(where: { text[$0] == character }) else { return nil }
      if next != position || result.positions.isEmpty,
        let beginning = found.first(where: { text[$0] == character && beginsWord(text, $0) }),
        canFinish(wanted, result.positions.count + 1, text, beginning + 1)
      {
        next = beginning
      }
      let isNeighbour = result.positions.last == next - 1
      result.score += 10 + (isNeighbour ? 15 : 0) + (beginsWord(text, next) ? 12 : 0)
      if !isNeighbour { result.score -= min(next - position, 10) }
      result.positions.append(next)
      position = next + 1
    }
    return result
  }

  private static func beginsWord(_ text: [Character], _ index: Int) -> Bool {
    index == 0 || !(text[index - 1].isLetter || text[index - 1].isNumber)
  }

  private static func canFinish(
    _ wanted: [Character], _ count: Int, _ text: [Character], _ start: Int
  ) -> Bool {
    var position = start
    for character in wanted.dropFirst(count) {
      guard
        let next = (position..<max(position, text.count)).first(where: { text[$0] == character })
      else { return false }
      position = next + 1
    }
    return true
  }
}
