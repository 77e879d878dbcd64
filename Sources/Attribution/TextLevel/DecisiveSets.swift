public import Classifiers
internal import Tensors
public import Tokenizers

/// The smallest sets of units that decide a prediction: those whose removal changes it, and those
/// that suffice for it.
///
/// All sets of one and two units are tried if there are few enough. Larger sets are grown by the
/// unit that helps most and then pruned, so that no unit of the result can be spared.
public struct DecisiveSets: Sendable {
  public var grouping = ExplainerOptions.Grouping.word
  public var replacement: ExplainerOptions.Replacement?
  /// The most units of which all pairs are tried.
  public var mostPaired = 45

  public init() {}

  public struct Result: Sendable, Equatable {
    /// The token indices of each unit of the set, in the order of the text.
    public var units: [[Int]]
    /// Whether no smaller set exists, because all were tried. If not, the set is pruned, but
    /// growing it differently might find a smaller one.
    public var isProven: Bool
    /// The class that the model then predicts, and the probabilities.
    public var classIndex: Int
    public var probabilities: [Float]
    public var evaluations: Int
  }

  /// The approximate number of model passes of a search in which no single unit is enough.
  public func expectedPasses(for encoding: Encoding) -> Int {
    let units = encoding.units(by: grouping).count
    return 2 + units + (units <= mostPaired ? units * (units - 1) / 2 : units)
  }

  /// The smallest set whose removal changes the predicted class; nil if neither a pair nor a larger
  /// set, up to the whole text, changes it, and for models that predict no class, such as
  /// regressions.
  public func flipping(_ encoding: Encoding, model: Model) throws -> Result? {
    try search(encoding, model: model, isRemoval: true)
  }

  /// The smallest set that suffices for the prediction of the whole text; empty if the empty text
  /// has the same class.
  public func keeping(_ encoding: Encoding, model: Model) throws -> Result? {
    try search(encoding, model: model, isRemoval: false)
  }

  private func search(
    _ encoding: Encoding, model: Model, isRemoval: Bool
  ) throws -> Result? {
    var options = ExplainerOptions()
    options.replacement = replacement
    options.grouping = grouping
    let prediction = try model.predict(encoding)
    let request = ExplanationRequest(
      model: model, encoding: encoding,
      target: Target(classIndex: prediction.classIndex, quantity: .probability),
      options: options)
    let trial = Trial(
      request: request, game: try CoalitionGame(request), isRemoval: isRemoval,
      decision: Decision(model.rule, classIndex: prediction.classIndex),
      probabilities: prediction.probabilities)
    return try trial.smallest(mostPaired: mostPaired)
  }
}

/// A search that tries sets; an answer is judged by the model's decision.
private struct Trial {
  let request: ExplanationRequest
  let game: CoalitionGame
  let isRemoval: Bool
  let decision: Decision
  /// The model's decision for the whole text; nil for a regression.
  let now: Int?

  init(
    request: ExplanationRequest, game: CoalitionGame, isRemoval: Bool, decision: Decision,
    probabilities: [Float]
  ) {
    self.request = request
    self.game = game
    self.isRemoval = isRemoval
    self.decision = decision
    now = decision(probabilities)
  }

  struct Answer {
    var probabilities: [Float]
    var winner: Int
  }

  func smallest(mostPaired: Int) throws -> DecisiveSets.Result? {
    guard now != nil else { return nil }
    let count = game.count
    var evaluations = 0
    func ask(_ sets: [[Int]]) throws -> [Answer] {
      evaluations += sets.count
      return try answers(sets)
    }
    func result(_ set: [Int], _ answer: Answer, isProven: Bool) -> DecisiveSets.Result {
      DecisiveSets.Result(
        units: set.sorted().map { game.units[$0] }, isProven: isProven,
        classIndex: answer.winner, probabilities: answer.probabilities, evaluations: evaluations)
    }
    let none = try ask([[]])[0]
    if isDecided(none) { return result([], none, isProven: true) }
    let singles = (0..<count).map { [$0] }
    let first = try ask(singles)
    if let best = best(first) { return result(singles[best], first[best], isProven: true) }
    if count <= mostPaired {
      let pairs = (0..<count).flatMap { a in (a + 1..<max(count, a + 1)).map { [a, $0] } }
      let second = try ask(pairs)
      if let best = best(second) { return result(pairs[best], second[best], isProven: true) }
    }
    guard let (set, answer) = try grown(count, ask: ask) else { return nil }
    return result(set, answer, isProven: set.count == 3 && count <= mostPaired)
  }

  /// Adds the unit that helps most until the set decides, then removes what is not needed.
  private func grown(
    _ count: Int, ask: ([[Int]]) throws -> [Answer]
  ) throws -> (set: [Int], answer: Answer)? {
    var set: [Int] = []
    var decided: Answer?
    while decided == nil, set.count < count {
      let sets = (0..<count).filter { !set.contains($0) }.map { set + [$0] }
      let answers = try ask(sets)
      guard let next = answers.indices.max(by: { progress(answers[$0]) < progress(answers[$1]) })
      else { break }
      set = sets[next]
      if isDecided(answers[next]) { decided = answers[next] }
    }
    guard var answer = decided else { return nil }
    for unit in set where set.count > 1 {
      let without = set.filter { $0 != unit }
      let other = try ask([without])[0]
      if isDecided(other) { (set, answer) = (without, other) }
    }
    return (set, answer)
  }

  private func isDecided(_ answer: Answer) -> Bool {
    (decision(answer.probabilities) == now) != isRemoval
  }

  private func progress(_ answer: Answer) -> Float {
    let certainty = decision.certainty(answer.probabilities, of: now)
    return isRemoval ? -certainty : certainty
  }

  /// Of the deciding sets, the one that does so most clearly.
  private func best(_ answers: [Answer]) -> Int? {
    answers.indices.filter { isDecided(answers[$0]) }
      .max { progress(answers[$0]) < progress(answers[$1]) }
  }

  private func answers(_ sets: [[Int]]) throws -> [Answer] {
    let rows = sets.map { set in
      var coalition = Coalition(none: game.count)
      for unit in set { coalition.insert(unit) }
      return game.row(isRemoval ? coalition.complement(of: game.count) : coalition)
    }
    var answers: [Answer] = []
    let link = request.model.classifier.link
    let variants = try request.pass {
      try request.model.classifier.variants(of: request.encoding.tokens)
    }
    try request.forEachCall(rows: rows.count, tokens: request.encoding.pieces.count) { call in
      let logits = try variants.logits(for: Array(rows[call]))
      for row in 0..<call.count {
        let values = probabilities(logits[row: row], link: link)
        let winner = values.indices.max { values[$0] < values[$1] } ?? 0
        answers.append(Answer(probabilities: values, winner: winner))
      }
    }
    return answers
  }
}
