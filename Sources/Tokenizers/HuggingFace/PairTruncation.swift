/// How many tokens of one or two texts stay where a model takes fewer.
enum PairTruncation: Sendable {
  /// As transformers cuts where it is told to truncate and not how, which is how its pipelines and
  /// sentence-transformers call it, whatever a folder says (`longest_first`): of two texts the longer one
  /// loses tokens until both are equally long, then both lose them; the one token that is left over stays
  /// with the longer one, and with the second of two equal ones.
  ///
  /// Source: the tokenizers library 0.23.3, `utils/truncation.rs`.
  case longestFirst
  /// The shorter of two texts, the first of two equal ones, loses what is more than half of the room, so
  /// that there is room for a window of the longer one, which loses nothing; nor does one text.
  case shorterText

  /// - Parameters:
  ///   - counts: of the texts' tokens, one or two.
  ///   - room: for all of them, what is put around them not counted.
  /// - Returns: how many tokens of each text stay.
  func lengths(_ counts: [Int], room: Int) -> [Int] {
    guard counts.reduce(0, +) > room else { return counts }
    guard counts.count == 2 else {
      return counts.map { self == .longestFirst ? min($0, room) : $0 }
    }
    let isSwapped = counts[0] > counts[1]
    var (shorter, longer) = (min(counts[0], counts[1]), max(counts[0], counts[1]))
    switch self {
    case .longestFirst:
      longer = shorter > room ? shorter : max(shorter, room - shorter)
      if shorter + longer > room {
        shorter = room / 2
        longer = shorter + room % 2
      }
    case .shorterText: shorter = min(shorter, room / 2)
    }
    return isSwapped ? [longer, shorter] : [shorter, longer]
  }
}
