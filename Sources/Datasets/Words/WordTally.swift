/// The scores of a word over a whole data set.
public struct WordFacts: Sendable, Equatable {
  /// Its scores in texts with one predicted class.
  public struct ClassFacts: Sendable, Equatable {
    public var classIndex: Int
    /// The number of texts with that prediction and the word, and its mean score for the
    /// prediction.
    public var count: Int
    public var mean: Double
  }

  public var word: String
  /// The number of texts with the word.
  public var count: Int
  /// The class with the largest mean first.
  public var classes: [ClassFacts]
  /// The number of texts in which the word is among those that contribute most to the prediction,
  /// and of those where the prediction is wrong.
  public var evidenceCount: Int
  public var errorCount: Int
}

/// The words of a data set by an explainer's scores.
public struct WordReport: Sendable, Equatable {
  /// The number of texts that it is based on.
  public var rows = 0
  /// By the absolute mean score for their class.
  public var strongest: [WordFacts] = []
  /// Words that support different classes in different texts, by the smaller of the two means.
  public var twoSided: [WordFacts] = []
  /// Words that contribute to errors, the most errors first.
  public var behindErrors: [WordFacts] = []
  /// How well the scores agree with annotated rationales, over the texts that have one; nil if none
  /// has.
  public var plausibility: MeanEstimate?

  public init() {}
}

/// Accumulates the scores of words.
public struct WordTally: Sendable {
  private struct Key: Hashable {
    var word: Int
    var classIndex: Int
  }

  private var names: [String] = []
  private var numbers: [String: Int] = [:]
  private var classes: [Key: (count: Int, sum: Double)] = [:]
  /// By the number of the word.
  private var evidence: [(count: Int, errors: Int)] = []
  private var rows = 0
  public var plausibility = MeanEstimate()

  /// The most words that are counted; more are a data set's noise.
  private static let wordLimit = 500_000

  public init() {}

  /// A word counts once per text, with the sum of its scores there.
  public mutating func add(_ scores: WordScores, text: String, isError: Bool) {
    add(scores.byName(in: text), classIndex: scores.classIndex, isError: isError)
  }

  /// The scores of a text by name, each name once.
  public mutating func add(
    _ names: [(word: String, score: Float)], classIndex: Int, isError: Bool
  ) {
    rows += 1
    for (word, score) in names {
      guard let number = number(of: word) else { continue }
      let key = Key(word: number, classIndex: classIndex)
      let before = classes[key] ?? (0, 0)
      classes[key] = (before.count + 1, before.sum + Double(score))
    }
    for word in Evidence(named: names).words where word.isFor {
      guard let number = numbers[word.text] else { continue }
      evidence[number].count += 1
      if isError { evidence[number].errors += 1 }
    }
  }

  private mutating func number(of word: String) -> Int? {
    if let number = numbers[word] { return number }
    guard names.count < Self.wordLimit else { return nil }
    numbers[word] = names.count
    names.append(word)
    evidence.append((0, 0))
    return names.count - 1
  }

  /// - Parameters:
  ///   - least: the fewest texts with a word that is reported; by default 2 for a small data set
  ///     and 5 for others.
  ///   - limit: the length of each list.
  public func report(atLeast least: Int? = nil, limit: Int = 200) -> WordReport {
    let least = least ?? (rows < 100 ? 2 : 5)
    var facts = names.indices.map { number in
      WordFacts(
        word: names[number], count: 0, classes: [], evidenceCount: evidence[number].count,
        errorCount: evidence[number].errors)
    }
    for (key, sums) in classes {
      facts[key.word].count += sums.count
      facts[key.word].classes.append(
        .init(classIndex: key.classIndex, count: sums.count, mean: sums.sum / Double(sums.count)))
    }
    for number in facts.indices {
      facts[number].classes.sort { ($1.mean, $0.classIndex) < ($0.mean, $1.classIndex) }
    }
    var report = WordReport()
    report.rows = rows
    report.plausibility = plausibility.count == 0 ? nil : plausibility
    report.strongest = Self.top(facts.compactMap { Self.often($0, least) }, limit) {
      abs($0.strongestClass?.mean ?? 0)
    }
    report.twoSided = Self.top(facts.compactMap { Self.twoSided($0, least) }, limit) {
      $0.classes[1].mean
    }
    report.behindErrors = Self.top(facts.filter { $0.errorCount > 0 }, limit) {
      Double($0.errorCount) + Double($0.errorCount) / Double($0.evidenceCount + 1)
    }
    return report
  }

  /// With only those classes that have enough texts.
  private static func often(_ word: WordFacts, _ least: Int) -> WordFacts? {
    var word = word
    word.classes.removeAll { $0.count < least }
    return word.classes.isEmpty ? nil : word
  }

  private static func twoSided(_ word: WordFacts, _ least: Int) -> WordFacts? {
    var word = word
    word.classes.removeAll { $0.count < least || $0.mean <= 0 }
    return word.classes.count < 2 ? nil : word
  }

  private static func top(
    _ words: [WordFacts], _ limit: Int, by rank: (WordFacts) -> Double
  ) -> [WordFacts] {
    let ranked = words.map { (rank($0), $0) }
    return ranked.sorted { ($1.0, $0.1.word) < ($0.0, $1.1.word) }.prefix(limit).map(\.1)
  }
}

extension WordFacts {
  /// The class with the largest absolute mean.
  public var strongestClass: ClassFacts? { classes.max { abs($0.mean) < abs($1.mean) } }
}
