public import Classifiers
internal import Tokenizers

/// The fewest words whose deletion changes a model's decision, and single words whose replacement
/// does.
///
/// Every edit is measured: a deleted word is removed from the encoded row, a replacement is
/// tokenized with the text. Replacements are those that the gradient ranks highest (Ebrahimi et al.
/// 2018, arXiv:1712.06751).
public struct FlipFinder: Sendable {
  /// The most words of a long text, those with the largest effect when deleted alone, that take
  /// part in pairs and replacements.
  public var mostWords = 45
  public var swapsPerWord = 4
  /// How many of each kind are kept, the best ones.
  public var mostFlips = 60

  public init() {}

  public struct Flip: Sendable, Equatable {
    public var edits: [TextEdit]
    /// The probabilities of all classes.
    public var probabilities: [Float]

    public init(edits: [TextEdit], probabilities: [Float]) {
      self.edits = edits
      self.probabilities = probabilities
    }
  }

  public struct Result: Sendable, Equatable {
    /// Deletions first, the fewest words before others, then replacements; of each kind, those that
    /// change the decision most clearly come first.
    public var flips: [Flip] = []
    public var tried = 0
    /// The approximate number of trials.
    public var expected = 0
    /// Whether the model makes no decision that could flip.
    public var isUndecided = false
    /// Whether the model has no gradients, which are needed to find replacements.
    public var lacksSwaps = false

    public init() {}
  }

  /// - Parameters:
  ///   - classIndex: the class whose decision is watched if classes do not exclude each other.
  ///   - received: called with the results so far after each call of the model.
  /// - Throws: `CancellationError` within one call of the task's cancellation.
  public func find(
    in subject: EditedText, model: Model, classIndex: Int, received: (Result) throws -> Void
  ) throws -> Result {
    let trials = EditTrials(subject, model: model)
    let decision = Decision(model.rule, classIndex: classIndex)
    let prediction = try trials.prediction()
    guard let now = decision(prediction.probabilities) else {
      var result = Result()
      result.isUndecided = true
      return result
    }
    let isExclusive = model.rule.isExclusive(classes: prediction.probabilities.count)
    let search = FlipSearchRun(
      finder: self, trials: trials, decision: decision, now: now,
      watched: isExclusive ? now : classIndex,
      direction: decision.direction(from: prediction.probabilities))
    return try search.run(received: received)
  }
}

private struct FlipSearchRun {
  let finder: FlipFinder
  let trials: EditTrials
  let decision: Decision
  let now: Int
  /// The class whose score has to fall, or to rise.
  let watched: Int
  let direction: HotFlip.Direction

  private typealias Received = (FlipFinder.Result) throws -> Void

  func run(received: (FlipFinder.Result) throws -> Void) throws -> FlipFinder.Result {
    var result = FlipFinder.Result()
    let words = trials.words
    let most = min(words.count, finder.mostWords)
    result.expected = words.count + most * finder.swapsPerWord
    let singles = try ask(words.map { [TextEdit($0)] }, &result, received)
    let ranked = words.indices.sorted {
      progress(singles[$0]) == progress(singles[$1])
        ? $0 < $1 : progress(singles[$0]) > progress(singles[$1])
    }
    let chosen = ranked.prefix(most).sorted()
    let swaps = try swaps(of: chosen.map { words[$0] }, &result)
    result.expected = result.tried + swaps.count
    _ = try ask(swaps, &result, received)
    if !hasDeletion(result) {
      let pairs = chosen.enumerated().flatMap { place, a in
        chosen.dropFirst(place + 1).map { b in [TextEdit(words[a]), TextEdit(words[b])] }
      }
      result.expected += pairs.count
      _ = try ask(pairs, &result, received)
    }
    if !hasDeletion(result) { try grow(chosen.map { words[$0] }, &result, received) }
    result.expected = result.tried
    return result
  }

  private func hasDeletion(_ result: FlipFinder.Result) -> Bool {
    result.flips.contains { $0.edits.allSatisfy { $0.replacement == nil } }
  }

  /// Tries these edits and keeps those that flip the decision.
  private func ask(
    _ list: [[TextEdit]], _ result: inout FlipFinder.Result, _ received: Received
  ) throws -> [[Float]] {
    var taken = 0
    return try trials.probabilities(of: list) { values in
      for index in taken..<values.count where decision(values[index]) != now {
        result.flips.append(.init(edits: list[index], probabilities: values[index]))
      }
      result.tried += values.count - taken
      taken = values.count
      let flips = result.flips.sorted { a, b in
        a.edits.count == b.edits.count
          ? progress(a.probabilities) > progress(b.probabilities)
          : a.edits.count < b.edits.count
      }
      let isSwap = { (flip: FlipFinder.Flip) in flip.edits.contains { $0.replacement != nil } }
      let deletions = flips.filter { !isSwap($0) }.prefix(finder.mostFlips)
      let swaps = flips.filter(isSwap).prefix(finder.mostFlips)
      let fewest = deletions.first?.edits.count ?? 1
      result.flips = deletions.prefix { $0.edits.count == fewest } + swaps
      try received(result)
    }
  }

  /// How far the model is from its present decision.
  private func progress(_ probabilities: [Float]) -> Float {
    guard probabilities.indices.contains(watched) else { return 0 }
    return direction.progress(probabilities[watched])
  }

  /// Adds the word that helps most until the decision flips, then removes words that are not
  /// needed.
  private func grow(
    _ words: [Range<Int>], _ result: inout FlipFinder.Result, _ received: Received
  ) throws {
    var set: [Range<Int>] = []
    while set.count < words.count {
      let open = words.filter { !set.contains($0) }
      result.expected += open.count
      var unseen = result
      let values = try ask(open.map { word in edits(set + [word]) }, &unseen, received)
      result.tried = unseen.tried
      guard let best = values.indices.max(by: { progress(values[$0]) < progress(values[$1]) })
      else { return }
      set.append(open[best])
      if decision(values[best]) != now { break }
    }
    var last = try trials.probabilities(of: [edits(set)])
    guard let flipped = last.first, decision(flipped) != now else { return }
    for word in set where set.count > 1 {
      let fewer = set.filter { $0 != word }
      let values = try trials.probabilities(of: [edits(fewer)])
      result.tried += 1
      if let value = values.first, decision(value) != now { (set, last) = (fewer, values) }
    }
    result.flips.append(.init(edits: edits(set), probabilities: last.first ?? flipped))
  }

  private func edits(_ words: [Range<Int>]) -> [TextEdit] {
    words.sorted { $0.lowerBound < $1.lowerBound }.map { TextEdit($0) }
  }

  /// The replacements that the gradient ranks highest, each once.
  private func swaps(
    of words: [Range<Int>], _ result: inout FlipFinder.Result
  ) throws -> [[TextEdit]] {
    guard trials.model.classifier.can(.gradients) else {
      result.lacksSwaps = true
      return []
    }
    let request = ExplanationRequest(
      model: trials.model, encoding: trials.encoding, target: Target(classIndex: watched))
    let forms = WordForms(trials.model.tokenizer).words
    let texts = Dictionary(forms.map { ($0.id, $0.text) }, uniquingKeysWith: { a, _ in a })
    let tokens = trials.encoding.pieces.indices.filter { index in
      let piece = trials.encoding.pieces[index]
      let range = trials.encoding.joinedRange(of: piece)
      return !piece.isSpecial && words.contains { $0.overlaps(range) }
    }
    let found = try HotFlip().estimates(
      for: request, tokens: tokens, count: finder.swapsPerWord, words: forms.map(\.id),
      direction: direction)
    var seen: Set<TextEdit> = []
    return found.compactMap { candidate -> [TextEdit]? in
      let piece = trials.encoding.joinedRange(of: trials.encoding.pieces[candidate.token])
      guard direction.progress(candidate.estimate) > 0, let text = texts[candidate.id],
        let range = words.first(where: { $0.overlaps(piece) })
      else { return nil }
      let word = trials.subject.text.utf8Text(range)
      let edit = TextEdit(range, replacement: WordForms.inCase(of: word, text))
      return edit.replacement != word && seen.insert(edit).inserted ? [edit] : nil
    }
  }
}
