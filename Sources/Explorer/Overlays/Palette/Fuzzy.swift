/// How well a query fits a text: its characters in their order, with anything between them.
struct FuzzyMatch: Sendable, Equatable {
  /// The larger the better.
  var score: Int
  /// Which characters of the text were meant, counted from 0.
  var positions: [Int]

  /// nil where a character of the query is missing. Case does not matter; blanks in the query are
  /// passed over. Starts of words and neighbours count more, a late start counts less.
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

  /// From one start on, a word's beginning is preferred to the next occurrence.
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
