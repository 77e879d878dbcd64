/// How many tokens of one or two texts are kept if the model reads fewer.
enum PairTruncation: Sendable {
  /// The default of transformers (`longest_first`), which its pipelines and sentence-transformers
  /// use whatever a folder says: the longer of two texts loses tokens until both are equally long,
  /// then both do. An odd token stays with the longer text, or with the second of two equally long
  /// ones.
  ///
  /// Source: the tokenizers library 0.23.3, `utils/truncation.rs`.
  case longestFirst
  /// Cuts the shorter of two texts (the first if they are equally long) to half of the room, so
  /// that there is room for a window over the longer text. The longer text, or a single text, is
  /// not cut.
  case shorterText

  /// - Parameters:
  ///   - counts: the number of tokens of the one or two texts.
  ///   - room: the number of tokens for all texts, without the frame.
  /// - Returns: how many tokens of each text are kept.
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
