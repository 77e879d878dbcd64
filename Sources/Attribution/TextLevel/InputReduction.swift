public import Classifiers
internal import Tensors
public import Tokenizers

/// The shortest text for which the model still predicts the same class (Feng et al. 2018,
/// arXiv:1804.07781); such a text often means nothing to a reader.
///
/// Beam search as in AllenNLP Interpret: from each candidate, one of the tokens with the smallest
/// gradients is removed, and variants that keep the class are expanded.
public struct InputReduction: Sendable {
  public var beam = 3

  public init() {}

  public struct Result: Sendable, Equatable {
    /// The indices of the tokens that are left, ascending, including the frame.
    public var kept: [Int]
    public var classIndex: Int
    /// The probability of the class, before and after.
    public var probability: Float
    public var reducedProbability: Float
    /// Model passes.
    public var evaluations: Int
  }

  /// The approximate number of model passes: for each token that is removed, a gradient for each
  /// candidate and a prediction for each of its variants.
  public func expectedPasses(for encoding: Encoding) -> Int {
    1 + encoding.pieces.count { !$0.isFrame } * beam * (1 + beam)
  }

  /// - Throws: `ExplainerError.notApplicable` if the model has no gradients.
  public func reduce(_ encoding: Encoding, model: Model) throws -> Result {
    guard let classifier = model.classifier.differentiable else {
      throw ExplainerError.notApplicable(method: "input reduction", needs: .gradients)
    }
    let prediction = try model.predict(encoding)
    let classIndex = prediction.classIndex
    let request = ExplanationRequest(
      model: model, encoding: encoding,
      target: Target(classIndex: classIndex, quantity: .logProbability))
    let decision = Decision(model.rule, classIndex: classIndex)
    let now = decision(prediction.probabilities)
    let all = Array(encoding.pieces.indices)
    var best = all
    var bestProbability = prediction.probabilities[classIndex]
    var evaluations = 1
    var candidates = [all]
    while !candidates.isEmpty {
      let shorter = try lengths(of: candidates, by: classifier, request: request)
      evaluations += candidates.count
      let rows = shorter.map { $0.map { encoding.tokens[$0] } }
      var kept: [(tokens: [Int], probability: Float)] = []
      try request.forEachCall(rows: rows.count, tokens: all.count) { call in
        let logits = try model.classifier.logits(for: Array(rows[call]))
        for (row, index) in call.enumerated() {
          let values = probabilities(logits[row: row], link: classifier.link)
          if decision(values) == now { kept.append((shorter[index], values[classIndex])) }
        }
      }
      evaluations += rows.count
      kept.sort { decision.isMoreCertain($0.probability, than: $1.probability, of: now) }
      if let first = kept.first { (best, bestProbability) = first }
      candidates = kept.prefix(beam).map(\.tokens)
    }
    return Result(
      kept: best, classIndex: classIndex,
      probability: prediction.probabilities[classIndex], reducedProbability: bestProbability,
      evaluations: evaluations)
  }

  /// Each candidate without one of the tokens with the smallest gradients; the last token is kept.
  private func lengths(
    of candidates: [[Int]], by classifier: any DifferentiableClassifier,
    request: ExplanationRequest
  ) throws -> [[Int]] {
    let pieces = request.encoding.pieces
    let text = request.encoding.tokens
    var seen: Set<[Int]> = []
    var shorter: [[Int]] = []
    try request.forEachCall(rows: candidates.count, tokens: pieces.count) { call in
      let rows = candidates[call].map { $0.map { text[$0] } }
      let result = try classifier.gradient(
        of: rows.map { _ in request.target }, at: classifier.embeddings(for: rows))
      for (row, index) in call.enumerated() {
        let tokens = candidates[index]
        let removable = tokens.indices.filter { !pieces[tokens[$0]].isFrame }
        guard removable.count > 1 else { continue }
        let lengths = tokens.indices.map {
          Saliency.length(result.gradient[row: row, token: $0], .l2)
        }
        let order = removable.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
        for place in order.prefix(beam) {
          var without = tokens
          without.remove(at: place)
          if seen.insert(without).inserted { shorter.append(without) }
        }
      }
    }
    return shorter
  }
}
