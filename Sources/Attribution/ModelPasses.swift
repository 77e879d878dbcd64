internal import Classifiers
internal import Tensors
internal import Tokenizers

/// How explainers run the model: in passes of bounded size that stop on cancellation.
extension ExplanationRequest {
  /// Calls the model once, and checks for cancellation before and after.
  func pass<Result>(_ call: () throws -> Result) throws -> Result {
    try Task.checkCancellation()
    let result = try call()
    try Task.checkCancellation()
    return result
  }

  func fitsOneCall(rows count: Int, tokens: Int) -> Bool {
    count <= rowsPerCall(tokens: tokens)
  }

  func rowsPerCall(tokens: Int) -> Int {
    max(model.classifier.rowsPerCall(tokens: tokens), 1)
  }

  /// Divides `count` rows of at most `tokens` tokens into calls of the model's preferred size.
  func forEachCall(
    rows count: Int, tokens: Int, atMost most: Int = .max, _ body: (Range<Int>) throws -> Void
  ) throws {
    let size = max(1, min(rowsPerCall(tokens: tokens), most))
    var start = 0
    while start < count {
      let end = min(start + size, count)
      try pass { try body(start..<end) }
      counter?.add(end - start)
      start = end
    }
  }

  /// The target's value for each of `count` variants of the text, with at most `tokens` token ids
  /// each.
  /// - Parameters:
  ///   - row: makes a row when it is needed, so that no more rows exist than one call takes.
  ///   - received: called with the values so far after each call but the last.
  func values(
    rows count: Int, tokens: Int, row: (Int) -> [Token],
    received: ([Double]) throws -> Void = { _ in }
  ) throws -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count)
    let variants = try pass { try model.classifier.variants(of: encoding.tokens) }
    try forEachCall(rows: count, tokens: tokens) { call in
      values += self.values(from: try variants.logits(for: call.map(row)))
      if call.upperBound < count { try received(values) }
    }
    return values
  }

  /// The target's value for each row of logits `[B, C]`.
  func values(from logits: Matrix) -> [Double] {
    (0..<logits.rows).map {
      target.unroundedValue(logits: logits[row: $0], link: model.classifier.link)
    }
  }

  /// The embeddings of the text, `[1, T, D]`.
  func embeddings(by classifier: any DifferentiableClassifier) throws -> TokenVectors {
    try pass { try classifier.embeddings(for: [encoding.tokens]) }
  }
}

/// What a request has to fulfil before a method computes anything.
extension ExplanationRequest {
  /// - Throws: `ExplainerError.badOption` if the model lacks the target's class.
  func checkTarget() throws {
    let classes = model.classifier.classes.count
    for index in [target.classIndex, target.versus].compactMap(\.self)
    where !(0..<classes).contains(index) {
      throw ExplainerError.badOption(
        name: "target", value: String(index), allowed: "0 to \(classes - 1)")
    }
  }

  /// The classifier, if it is differentiable and has what a method needs.
  /// - Throws: `ExplainerError.notApplicable`.
  func differentiable(for method: MethodCard) throws -> any DifferentiableClassifier {
    try able(for: method, atLeast: .gradients) { $0.differentiable }
  }

  /// The same for an inspectable classifier.
  func inspectable(for method: MethodCard) throws -> any InspectableClassifier {
    try able(for: method) { $0.inspectable }
  }

  /// The same for an intervenable classifier.
  func intervenable(for method: MethodCard) throws -> any IntervenableClassifier {
    try able(for: method) { $0.intervenable }
  }

  private func able<Able>(
    for method: MethodCard, atLeast least: Capability = .predictions,
    _ able: (any Classifier) -> Able?
  ) throws -> Able {
    try checkTarget()
    // A method that needs only predictions may use more if a model has it.
    let need = method.requirement == .predictions ? least : method.requirement
    guard model.classifier.can(need), let able = able(model.classifier) else {
      throw ExplainerError.notApplicable(method: method.name, needs: need)
    }
    return able
  }

  /// The embeddings at the start of a path, in the text's shape.
  func baselineEmbeddings(
    _ baseline: ExplainerOptions.Baseline, by classifier: any DifferentiableClassifier,
    text: TokenVectors
  ) throws -> TokenVectors {
    guard let tokens = try baseline.tokens(for: encoding, roles: model.tokenizer.roles) else {
      var zero = TokenVectors(lengths: text.lengths, width: text.width)
      for token in held {
        let place = zero.range(row: 0, token: token)
        zero.values.replaceSubrange(place, with: text.values[place])
      }
      return zero
    }
    return try pass { try classifier.embeddings(for: [tokens]) }
  }

  var baseline: ExplainerOptions.Baseline {
    options.baseline ?? ExplainerOptions.defaultBaseline(for: model)
  }

  var replacement: ExplainerOptions.Replacement {
    options.replacement ?? ExplainerOptions.defaultReplacement(for: model)
  }

  /// The seed as a parameter; text if JSON cannot represent it as a number.
  var seedParameter: ParameterValue {
    Int(exactly: options.seed).map { .whole($0) } ?? .text(String(options.seed))
  }
}
