public import Classifiers
internal import Tokenizers

/// The fewest words without which a model decides otherwise, and single words whose exchange does it.
///
/// Every change is measured as if it had been made: a word that goes is deleted from the row as it
/// was encoded, one that comes is read with the text anew. Exchanges are those that the gradient
/// holds for best (Ebrahimi et al. 2018, arXiv:1712.06751).
public struct FlipFinder: Sendable {
  /// Of a long text the words that count most, by what is said without them, take part in pairs and
  /// exchanges.
  public var mostWords = 45
  public var swapsPerWord = 4
  /// So many of each kind are kept, the best.
  public var mostFlips = 60

  public init() {}

  public struct Flip: Sendable, Equatable {
    public var edits: [TextEdit]
    /// Of all classes.
    public var probabilities: [Float]

    public init(edits: [TextEdit], probabilities: [Float]) {
      self.edits = edits
      self.probabilities = probabilities
    }
  }

  public struct Result: Sendable, Equatable {
    /// The fewest deletions first, then exchanges; of each kind first those that change the decision
    /// most clearly.
    public var flips: [Flip] = []
    public var tried = 0
    /// About how many will be tried.
    public var expected = 0
    /// The model decides nothing that could flip.
    public var isUndecided = false
    /// The model has no gradients, by which exchanges are found.
    public var lacksSwaps = false

    public init() {}
  }

  /// - Parameters:
  ///   - classIndex: whose decision is watched where classes do not exclude each other.
  ///   - heard: takes what is known after each call to the model.
  /// - Throws: `CancellationError` within one call of the task's cancellation.
  public func find(
    in subject: EditedText, model: Model, classIndex: Int, heard: (Result) throws -> Void
  ) throws -> Result {
    let trials = EditTrials(subject, model: model)
    let decision = Decision(model.classifier.rule, classIndex: classIndex)
    let prediction = try trials.prediction()
    guard let now = decision(prediction.probabilities) else {
      var result = Result()
      result.isUndecided = true
      return result
    }
    let isExclusive = model.classifier.rule.isExclusive(classes: prediction.probabilities.count)
    let search = FlipSearchRun(
      finder: self, trials: trials, decision: decision, now: now,
      watched: isExclusive ? now : classIndex,
      direction: decision.direction(from: prediction.probabilities))
    return try search.run(heard: heard)
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

  private typealias Heard = (FlipFinder.Result) throws -> Void

  func run(heard: (FlipFinder.Result) throws -> Void) throws -> FlipFinder.Result {
    var result = FlipFinder.Result()
    let words = trials.words
    let most = min(words.count, finder.mostWords)
    result.expected = words.count + most * finder.swapsPerWord
    let singles = try ask(words.map { [TextEdit($0)] }, &result, heard)
    let ranked = words.indices.sorted {
      progress(singles[$0]) == progress(singles[$1])
        ? $0 < $1 : progress(singles[$0]) > progress(singles[$1])
    }
    let chosen = ranked.prefix(most).sorted()
    let swaps = try swaps(of: chosen.map { words[$0] }, &result)
    result.expected = result.tried + swaps.count
    _ = try ask(swaps, &result, heard)
    if !hasDeletion(result) {
      let pairs = chosen.enumerated().flatMap { place, a in
        chosen.dropFirst(place + 1).map { b in [TextEdit(words[a]), TextEdit(words[b])] }
      }
      result.expected += pairs.count
      _ = try ask(pairs, &result, heard)
    }
    if !hasDeletion(result) { try grow(chosen.map { words[$0] }, &result, heard) }
    result.expected = result.tried
    return result
  }

  private func hasDeletion(_ result: FlipFinder.Result) -> Bool {
    result.flips.contains { $0.edits.allSatisfy { $0.replacement == nil } }
  }

  /// Asks for these changes, and keeps those that flip.
  private func ask(
    _ list: [[TextEdit]], _ result: inout FlipFinder.Result, _ heard: Heard
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
      try heard(result)
    }
  }

  /// How far the model is from its present decision.
  private func progress(_ probabilities: [Float]) -> Float {
    guard probabilities.indices.contains(watched) else { return 0 }
    return direction.progress(probabilities[watched])
  }

  /// Adds the word that helps most until the decision flips, then takes out what is not needed.
  private func grow(
    _ words: [Range<Int>], _ result: inout FlipFinder.Result, _ heard: Heard
  ) throws {
    var set: [Range<Int>] = []
    while set.count < words.count {
      let open = words.filter { !set.contains($0) }
      result.expected += open.count
      var unseen = result
      let values = try ask(open.map { word in edits(set + [word]) }, &unseen, heard)
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

  /// The exchanges that the gradient holds for best, each once.
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
