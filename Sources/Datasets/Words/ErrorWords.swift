internal import Glibc

/// A word, and how often a model is wrong on texts with it.
public struct ErrorWord: Sendable, Equatable {
  public var word: String
  /// The number of texts with the word, and of those that the model gets wrong.
  public var count: Int
  public var errors: Int
  /// The word's error rate divided by that of all texts.
  public var lift: Double
  /// How strongly the word is associated with errors: the log-likelihood ratio of the two-by-two
  /// table of word and error, negative if it is associated with correct predictions (Dunning 1993).
  public var evidence: Double
}

/// Finds the words that are most associated with errors.
public struct ErrorWordTally: Sendable {
  private var counts: [String: (count: Int32, errors: Int32)] = [:]
  private var total = (count: 0, errors: 0)

  /// The most words that are counted: a language's vocabulary and a data set's noise.
  private static let wordLimit = 200_000

  public init() {}

  /// A word counts once per text.
  public mutating func add(_ text: SliceText, isError: Bool) {
    add(words: Set(text.words.map { String($0) }), isError: isError)
  }

  /// The words of one text.
  mutating func add(words: Set<String>, isError: Bool) {
    total.count += 1
    if isError { total.errors += 1 }
    for word in words {
      guard let found = counts[word] else {
        if counts.count < Self.wordLimit { counts[word] = (1, isError ? 1 : 0) }
        continue
      }
      counts[word] = (found.count + 1, found.errors + (isError ? 1 : 0))
    }
  }

  /// The words with the most evidence that occur in at least `least` texts.
  public func words(atLeast least: Int = 5, limit: Int = 100) -> [ErrorWord] {
    let base = ClassScores.ratio(total.errors, total.count)
    var words: [ErrorWord] = []
    for (word, found) in counts where found.count >= least {
      let (count, errors) = (Int(found.count), Int(found.errors))
      words.append(
        ErrorWord(
          word: word, count: count, errors: errors,
          lift: base == 0 ? 0 : ClassScores.ratio(errors, count) / base,
          evidence: evidence(count, errors)))
    }
    return Array(
      words.sorted { ($1.evidence, $0.word) < ($0.evidence, $1.word) }.prefix(limit))
  }

  private func evidence(_ count: Int, _ errors: Int) -> Double {
    let cells = [
      (errors, count, total.errors), (count - errors, count, total.count - total.errors),
      (total.errors - errors, total.count - count, total.errors),
      (
        total.count - count - total.errors + errors, total.count - count,
        total.count - total.errors
      ),
    ]
    let ratio = cells.reduce(0.0) { sum, cell in
      let expected = Double(cell.1) * Double(cell.2) / Double(max(1, total.count))
      return cell.0 == 0 || expected == 0
        ? sum : sum + 2 * Double(cell.0) * log(Double(cell.0) / expected)
    }
    return errors * total.count >= count * total.errors ? max(0, ratio) : -max(0, ratio)
  }
}
