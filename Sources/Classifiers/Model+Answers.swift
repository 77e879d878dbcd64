internal import Tensors
public import Tokenizers

extension Model {
  /// The predictions for many texts, computed in batches of similar length for speed. A prediction
  /// does not depend on the other texts.
  /// - Returns: one for each text, in their order, or why the model refuses this text.
  /// - Throws: `CancellationError`, and errors of the classifier that are not about a text.
  public func predict(_ encodings: [Encoding]) throws -> [Result<Prediction, any Error>] {
    var results: [Result<Prediction, any Error>?] = Array(repeating: nil, count: encodings.count)
    try answers(to: encodings.map(\.tokens)) { places, answers in
      for (place, answer) in zip(places, answers) {
        results[place] = answer.map { prediction(encodings[place], $0) }
      }
    }
    return results.compactMap(\.self)
  }

  /// The answers to many texts, computed in batches of similar length for speed. An answer does not
  /// depend on the other texts.
  /// - Parameters:
  ///   - texts: the tokens of each text.
  ///   - body: called after each batch with its places in `texts` and, for each place, the answer or
  ///     why the model refuses this text.
  /// - Throws: `CancellationError`, errors of `body`, and errors of the classifier that are not about
  ///   a text.
  public func answers(
    to texts: [[Token]],
    _ body: (_ places: [Int], _ answers: [Result<ModelAnswer, any Error>]) throws -> Void
  ) throws {
    let byLength = texts.indices.sorted { (texts[$0].count, $0) < (texts[$1].count, $1) }
    var rest = byLength[...]
    while !rest.isEmpty {
      try Task.checkCancellation()
      let batch = nextBatch(rest, texts)
      rest = rest.dropFirst(batch.count)
      try body(batch, try answers(toAll: batch.map { texts[$0] }))
    }
  }

  /// Runs all texts at once and, if that is refused, each text on its own.
  private func answers(toAll texts: [[Token]]) throws -> [Result<ModelAnswer, any Error>] {
    do {
      return try classifier.answers(for: texts).map { .success($0) }
    } catch let error as any TextError where error.isAboutTheText {
      guard texts.count > 1 else { return [.failure(error)] }
      return try texts.flatMap { text in
        try Task.checkCancellation()
        return try answers(toAll: [text])
      }
    }
  }

  /// As many of the shortest texts as one call should contain.
  private func nextBatch(_ rest: ArraySlice<Int>, _ texts: [[Token]]) -> [Int] {
    var count = 0
    for place in rest {
      // A call contains fewer texts if they are longer.
      guard count == 0 || count < classifier.rowsPerCall(tokens: texts[place].count) else { break }
      count += 1
    }
    return Array(rest.prefix(count))
  }
}
