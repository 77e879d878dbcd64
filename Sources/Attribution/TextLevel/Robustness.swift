public import Classifiers
internal import Tokenizers

/// Small edits that keep the meaning for a reader, and their effect on a prediction: typos, letter
/// case, punctuation, repeated letters.
public struct Robustness: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case typo
    case letterCase = "case"
    case punctuation, repetition
  }

  /// How many edits that did not flip the decision are kept, those with the largest effect.
  public var mostKept = 20
  public var mostFlips = 100

  public init() {}

  public struct Trial: Sendable, Equatable {
    public var kind: Kind
    public var edits: [TextEdit]
    /// The probabilities of all classes.
    public var probabilities: [Float]
    public var isFlip: Bool

    public init(kind: Kind, edits: [TextEdit], probabilities: [Float], isFlip: Bool) {
      self.kind = kind
      self.edits = edits
      self.probabilities = probabilities
      self.isFlip = isFlip
    }
  }

  public struct Result: Sendable, Equatable {
    /// Edits that flip the decision first, then those with the largest effect on the probability.
    public var trials: [Trial] = []
    public var tried = 0
    public var expected = 0
    public var flips = 0

    public init() {}
  }

  /// - Parameters:
  ///   - classIndex: the class whose probability is watched.
  ///   - received: called with the results so far after each call of the model.
  /// - Throws: `CancellationError` within one call of the task's cancellation.
  public func measure(
    _ subject: EditedText, model: Model, classIndex: Int, received: (Result) throws -> Void
  ) throws -> Result {
    let trials = EditTrials(subject, model: model)
    let changes = SmallChanges(of: subject.texts, words: trials.words).all
    let decision = Decision(model.rule, classIndex: classIndex)
    let own = try trials.prediction().probabilities
    func value(_ probabilities: [Float]) -> Float {
      probabilities.indices.contains(classIndex) ? probabilities[classIndex] : 0
    }
    var result = Result()
    result.expected = changes.count
    _ = try trials.probabilities(of: changes.map(\.edits)) { values in
      for index in result.tried..<values.count {
        let isFlip = decision(values[index]) != decision(own)
        if isFlip { result.flips += 1 }
        result.trials.append(
          Trial(
            kind: changes[index].kind, edits: changes[index].edits, probabilities: values[index],
            isFlip: isFlip))
      }
      result.tried = values.count
      result.trials.sort { a, b in
        if a.isFlip != b.isFlip { return a.isFlip }
        return abs(value(a.probabilities) - value(own)) > abs(value(b.probabilities) - value(own))
      }
      let rest = result.trials.filter { !$0.isFlip }.prefix(mostKept)
      result.trials = Array(result.trials.filter(\.isFlip).prefix(mostFlips)) + rest
      try received(result)
    }
    return result
  }
}

/// The edits that are tried on a text; the same for the same text.
struct SmallChanges {
  private let texts: JoinedTexts
  /// The text, or the layout of both.
  private let text: String
  private let words: [Range<Int>]

  init(of texts: JoinedTexts, words: [Range<Int>]) {
    self.texts = texts
    text = texts.joined
    self.words = words
  }

  /// The edits of each word in turn, then those of the whole text.
  var all: [(kind: Robustness.Kind, edits: [TextEdit])] {
    var result: [(kind: Robustness.Kind, edits: [TextEdit])] = []
    for range in words.map(core) {
      let word = text.utf8Text(range)
      for (kind, changed) in Self.changes(of: word) where changed != word {
        result.append((kind, [TextEdit(range, replacement: changed)]))
      }
    }
    let parts = [texts.text] + (texts.pair.map { [$0] } ?? [])
    for (part, text) in parts.enumerated() {
      for (kind, edits) in changes(ofWhole: text, at: texts.start(of: part)) where !edits.isEmpty {
        result.append((kind, edits))
      }
    }
    return result
  }

  /// The word without punctuation at its ends, unless it is nothing else.
  private func core(_ range: Range<Int>) -> Range<Int> {
    let word = text.utf8Text(range)
    let isInner = { (character: Character) in character.isLetter || character.isNumber }
    guard let first = word.firstIndex(where: isInner), let last = word.lastIndex(where: isInner)
    else { return range }
    let start = word.utf8.distance(from: word.utf8.startIndex, to: first)
    return range.lowerBound + start..<range.lowerBound + start + word[first...last].utf8.count
  }

  private static func changes(of word: String) -> [(Robustness.Kind, String)] {
    let letters = Array(word)
    guard letters.contains(where: \.isLetter) else { return [(.punctuation, "")] }
    guard letters.allSatisfy({ $0.isLetter || $0 == "'" || $0 == "’" || $0 == "-" }) else {
      return []
    }
    var result: [(Robustness.Kind, String)] = []
    let isUpper = word == word.uppercased()
    result.append((.letterCase, isUpper ? word.lowercased() : word.uppercased()))
    result.append(
      (
        .letterCase,
        word.prefix(1) == word.prefix(1).uppercased()
          ? word.lowercased() : word.prefix(1).uppercased() + word.dropFirst()
      ))
    guard letters.count > 2 else { return result }
    let middle = letters.count / 2
    var swapped = letters
    swapped.swapAt(middle - (letters.count > 3 ? 1 : 0), middle + (letters.count > 3 ? 0 : 1))
    result.append((.typo, String(swapped)))
    var dropped = letters
    dropped.remove(at: middle)
    result.append((.typo, String(dropped)))
    if let key = besideKeys[Character(letters[middle].lowercased())] {
      var missed = letters
      missed[middle] = letters[middle].isUppercase ? Character(key.uppercased()) : key
      result.append((.typo, String(missed)))
    }
    if let vowel = letters.lastIndex(where: { "aeiouAEIOU".contains($0) }) {
      var long = letters
      long.insert(contentsOf: [letters[vowel], letters[vowel], letters[vowel]], at: vowel)
      result.append((.repetition, String(long)))
    }
    return result
  }

  private func changes(ofWhole part: String, at start: Int) -> [(Robustness.Kind, [TextEdit])] {
    let end = start + part.utf8.count
    guard end > start else { return [] }
    let all = start..<end
    var result: [(Robustness.Kind, [TextEdit])] = []
    for changed in [part.lowercased(), part.uppercased()] where changed != part {
      result.append((.letterCase, [TextEdit(all, replacement: changed)]))
    }
    for mark in [".", "!", "?", "...", " !!!"] {
      result.append((.punctuation, [TextEdit(end..<end, replacement: mark)]))
    }
    let marks = words.filter {
      all.contains($0.lowerBound) && !text.utf8Text($0).contains { $0.isLetter || $0.isNumber }
    }
    if marks.count > 1 {
      result.append((.punctuation, marks.map { TextEdit($0, replacement: "") }))
    }
    return result
  }

  /// A neighbouring key on an American keyboard.
  private static let besideKeys: [Character: Character] = [
    "a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o",
    "j": "k", "k": "l", "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "q": "w", "r": "t",
    "s": "d", "t": "y", "u": "i", "v": "b", "w": "e", "x": "c", "y": "u", "z": "x",
  ]
}
