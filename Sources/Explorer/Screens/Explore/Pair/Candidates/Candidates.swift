internal import Attribution
internal import Reports
internal import Tokenizers
internal import Workbench

/// Texts that are ranked by the model's answer to the first text paired with each of them.
struct Candidates: Sendable {
  /// The candidates in the order in which they were added.
  private(set) var texts: [String] = []
  /// The first text and the class that the scores belong to.
  private var asked: (text: EditedText, classIndex: Int)?
  private var scores: [String: Float] = [:]
  /// The latest explanation of why one candidate is ranked above another.
  private(set) var contrast: (question: ContrastCandidates, found: CandidateContrast)?

  /// The maximum number, since all are ranked again while the user types.
  static let most = 200

  /// - Returns: the number of new candidates.
  mutating func add(_ new: [String]) -> Int {
    let before = texts.count
    for text in new where !texts.contains(text) && !text.allSatisfy(\.isWhitespace) {
      guard texts.count < Self.most else { break }
      texts.append(text)
    }
    return texts.count - before
  }

  mutating func remove(_ text: String) { texts.removeAll { $0 == text } }

  /// The score of a candidate for this first text and class; nil if the model has not been asked.
  func score(of candidate: String, beside text: EditedText, _ classIndex: Int) -> Float? {
    guard let asked, asked == (text, classIndex) else { return nil }
    return scores[candidate]
  }

  mutating func receive(_ found: [Float], to question: RankCandidates) {
    let key = question.text.first
    if asked.map({ $0 == (key, question.classIndex) }) != true {
      (asked, scores) = ((key, question.classIndex), [:])
    }
    for (candidate, score) in zip(question.candidates, found) { scores[candidate] = score }
  }

  mutating func receive(_ answer: ContrastCandidates.Answer, to question: ContrastCandidates) {
    contrast = (question, CandidateContrast(answer))
  }

  /// Drops the answers of the previous model.
  mutating func forgetAnswers() { (asked, scores, contrast) = (nil, [:], nil) }
}

extension EditedText {
  /// The first text alone, with those of its ranges that are not read.
  var first: EditedText {
    EditedText(texts.text, off: off.filter { $0.upperBound <= texts.text.utf8.count })
  }
}

/// The words to which the difference of two candidates is due.
struct CandidateContrast: Sendable {
  struct Word: Sendable, Equatable {
    var text: String
    var score: Float
  }

  /// The strongest words of the first text, by how much more each contributes to the first
  /// candidate than to the second.
  let shared: [Word]
  /// The strongest words of each candidate, each with its score beside the first text.
  let first: [Word]
  let second: [Word]

  init(_ answer: ContrastCandidates.Answer) {
    let contrast = answer.contrast
    func strongest(_ words: [UnitScore], sign: Float = 1) -> [Word] {
      words.sorted { abs($0.score) > abs($1.score) }.prefix(3).map {
        Word(text: $0.text, score: sign * $0.score)
      }
    }
    let (own, other) = (contrast.first.words, contrast.second.words)
    shared = strongest((own + other).filter { $0.part == 0 })
    first = strongest(own.filter { $0.part == 1 })
    second = strongest(other.filter { $0.part == 1 }, sign: -1)
  }
}
