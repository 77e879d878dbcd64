public import Classifiers
internal import Tensors
public import Tokenizers

/// Words of the model's own vocabulary that would change its decision (Ebrahimi et al. 2018,
/// arXiv:1712.06751), found by the gradient and then tried.
///
/// As in AllenNLP Interpret, the token with the largest gradient norm is replaced first, by the
/// word that lowers the score most to first order; only words of letters and digits take part. For
/// a label that is not predicted, the score is raised instead.
public struct HotFlip: Sendable {
  /// The most tokens that may be replaced.
  public var mostFlips = 3

  public init() {}

  public struct Candidate: Sendable, Equatable {
    /// The index of the token.
    public var token: Int
    public var id: Int
    public var text: String
    /// The change in the target's value to first order, and the measured one.
    public var estimate: Float
    public var change: Float
  }

  public struct Result: Sendable, Equatable {
    public var flips: [Candidate]
    public var isFlipped: Bool
    /// The intended change of the score: up for a label that was not predicted, otherwise down.
    public var direction: Direction
    /// The class that the model then predicts; if classes do not exclude each other, the one whose
    /// decision was to flip.
    public var classIndex: Int
    /// The probabilities of all classes after the flips.
    public var probabilities: [Float]
  }

  /// The intended change of the target's value.
  public enum Direction: Sendable, Equatable {
    case down, up

    /// Positive for a change in this direction.
    func progress(_ change: Float) -> Float { self == .up ? change : -change }
  }

  /// For each token, the words that lower (or raise) the target's value most, best first.
  /// - Parameter count: the number of words per token.
  public func candidates(
    for request: ExplanationRequest, count: Int, direction: Direction = .down
  ) throws -> [Candidate] {
    let found = try FlipSearch(request, direction).candidates(
      of: request.encoding.tokens, at: nil, count: count)
    return try measured(found, of: request.encoding.tokens, request)
  }

  /// The same by the gradient alone, for callers that try the words themselves.
  ///
  /// - Parameters:
  ///   - tokens: the indices of tokens; nil for all that are words.
  ///   - words: the ids of words that may be inserted; nil for those of `attack`.
  func estimates(
    for request: ExplanationRequest, tokens: [Int]? = nil, count: Int, words: [Int]? = nil,
    direction: Direction = .down
  ) throws -> [Candidate] {
    try FlipSearch(request, direction, words: words).candidates(
      of: request.encoding.tokens, at: tokens, count: count)
  }

  /// Replaces tokens one by one until the decision changes.
  /// - Parameter classIndex: if classes do not exclude each other, the one whose decision is to
  ///   flip; nil for the most probable one.
  /// - Returns: nil for a model that makes no decision, like a regression.
  public func attack(
    _ encoding: Encoding, model: Model, classIndex: Int? = nil
  ) throws -> Result? {
    let prediction = try model.predict(encoding)
    let rule = model.rule
    let isExclusive = rule.isExclusive(classes: model.classifier.classes.count)
    let watched = isExclusive ? prediction.classIndex : classIndex ?? prediction.classIndex
    let request = ExplanationRequest(
      model: model, encoding: encoding, target: Target(classIndex: watched))
    let decision = Decision(rule, classIndex: watched)
    let search = try FlipSearch(request, decision.direction(from: prediction.probabilities))
    guard let now = decision(prediction.probabilities) else { return nil }
    var text = encoding.tokens
    var result = Result(
      flips: [], isFlipped: false, direction: search.direction, classIndex: watched,
      probabilities: prediction.probabilities)
    while result.flips.count < mostFlips, !result.isFlipped {
      let done = Set(result.flips.map(\.token))
      guard let token = try search.mostSensitive(in: text, except: done) else { break }
      let found = try search.candidates(of: text, at: [token], count: 1)
      guard let flip = try measured(found, of: text, request).first,
        search.direction.progress(flip.estimate) > 0
      else { break }
      text[token].id = flip.id
      result.flips.append(flip)
      let logits = try request.pass { try model.classifier.logits(for: [text]) }
      let values = probabilities(logits[row: 0], link: rule.link)
      result.probabilities = values
      if isExclusive {
        result.classIndex = values.indices.max { values[$0] < values[$1] } ?? watched
      }
      result.isFlipped = decision(values) != now
    }
    return result
  }

  private func measured(
    _ candidates: [Candidate], of text: [Token], _ request: ExplanationRequest
  ) throws -> [Candidate] {
    let values = try request.values(rows: candidates.count + 1, tokens: text.count) { row in
      var variant = text
      if row > 0 { variant[candidates[row - 1].token].id = candidates[row - 1].id }
      return variant
    }
    return candidates.enumerated().map { index, candidate in
      var candidate = candidate
      candidate.change = Float(values[index + 1] - values[0])
      return candidate
    }
  }
}

/// Ranks the vocabulary's words by their first-order effect.
private struct FlipSearch {
  let request: ExplanationRequest
  let direction: HotFlip.Direction
  let classifier: any DifferentiableClassifier
  /// The words that may be inserted.
  let words: [Int]

  /// How many embeddings are compared at once.
  static let block = 1024

  init(
    _ request: ExplanationRequest, _ direction: HotFlip.Direction, words: [Int]? = nil
  ) throws {
    try request.checkTarget()
    guard let classifier = request.model.classifier.differentiable else {
      throw ExplainerError.notApplicable(method: "HotFlip", needs: .gradients)
    }
    self.request = request
    self.direction = direction
    self.classifier = classifier
    self.words = words ?? WordForms(request.model.tokenizer).words.map(\.id)
  }

  private var replaceable: [Int] {
    let pieces = request.encoding.pieces
    return pieces.indices.filter { !pieces[$0].isSpecial && !pieces[$0].isFrame }
  }

  private func gradient(at tokens: [Token]) throws -> (text: TokenVectors, gradient: TokenVectors) {
    let text = try request.pass { try classifier.embeddings(for: [tokens]) }
    let result = try request.pass {
      try classifier.gradient(of: [request.target], at: text)
    }
    return (text, result.gradient)
  }

  func mostSensitive(in text: [Token], except done: Set<Int>) throws -> Int? {
    let gradient = try gradient(at: text).gradient
    let open = replaceable.filter { !done.contains($0) }
    func length(_ token: Int) -> Float { Saliency.length(gradient[row: 0, token: token], .l2) }
    return open.max { (length($0), $1) < (length($1), $0) }
  }

  /// - Parameter places: the indices of tokens; nil for all that are words.
  func candidates(of tokens: [Token], at places: [Int]?, count: Int) throws -> [HotFlip.Candidate] {
    let places = places ?? replaceable
    let (text, gradient) = try gradient(at: tokens)
    let vocabulary = request.model.tokenizer.vocabulary
    var best = [[HotFlip.Candidate]](repeating: [], count: places.count)
    let slopes = Matrix(
      rows: places.count, columns: gradient.width,
      elements: places.flatMap { gradient[row: 0, token: $0] })
    let owns = places.map { dot(text[row: 0, token: $0], gradient[row: 0, token: $0]) }
    for start in stride(from: 0, to: words.count, by: Self.block) {
      let block = Array(words[start..<min(start + Self.block, words.count)])
      let vectors = try request.pass {
        try classifier.embeddings(for: [block.map { Token(id: $0) }])
      }
      let products = Matrix(
        rows: block.count, columns: vectors.width, elements: vectors.values
      ).multipliedByTranspose(of: slopes)
      for (index, token) in places.enumerated() {
        let own = Float(owns[index])
        for (place, id) in block.enumerated() where id != tokens[token].id {
          let estimate = products[place, index] - own
          let progress = direction.progress(estimate)
          if best[index].count == count,
            progress <= direction.progress(best[index][count - 1].estimate)
          {
            continue
          }
          best[index].append(
            HotFlip.Candidate(
              token: token, id: id, text: vocabulary[id], estimate: estimate, change: 0))
          best[index].sort {
            (direction.progress($1.estimate), $0.id) < (direction.progress($0.estimate), $1.id)
          }
          if best[index].count > count { best[index].removeLast() }
        }
      }
    }
    return best.flatMap(\.self)
  }
}
