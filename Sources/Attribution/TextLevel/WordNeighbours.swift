public import Classifiers
internal import Tensors
internal import Tokenizers

/// Words of the model's own vocabulary that it treats alike: those with the most similar
/// embeddings.
public struct WordNeighbours: Sendable {
  /// How many are offered.
  public var count = 12

  /// How many embeddings are compared at once.
  private static let block = 1024

  public init() {}

  /// A possible replacement for a word, and the model's output with it.
  public struct Candidate: Sendable, Equatable {
    public var text: String
    /// The cosine similarity of the two embeddings; nil for a word that was typed.
    public var similarity: Float?
    /// The probabilities of all classes for the text with this word.
    public var probabilities: [Float]

    public init(text: String, similarity: Float? = nil, probabilities: [Float]) {
      self.text = text
      self.similarity = similarity
      self.probabilities = probabilities
    }
  }

  /// The nearest words first, measured in the text.
  ///
  /// - Parameter utf8Range: the range of the word in the text, or in the layout of both texts of a
  ///   pair.
  /// - Throws: `ExplainerError.notApplicable` if the model has no embeddings.
  public func candidates(
    at utf8Range: Range<Int>, in subject: EditedText, model: Model
  ) throws -> [Candidate] {
    let trials = EditTrials(subject, model: model)
    let word = subject.text.utf8Text(utf8Range)
    let nearest = try nearest(to: word, at: utf8Range, trials)
    let measured = try trials.probabilities(
      of: nearest.map { [TextEdit(utf8Range, replacement: $0.text)] })
    return zip(nearest, measured).map {
      Candidate(text: $0.text, similarity: $0.similarity, probabilities: $1)
    }
  }

  private func nearest(
    to word: String, at utf8Range: Range<Int>, _ trials: EditTrials
  ) throws -> [(text: String, similarity: Float)] {
    guard let classifier = trials.model.classifier.differentiable else {
      throw ExplainerError.notApplicable(method: "a list of neighbours", needs: .gradients)
    }
    let whole = trials.model.tokenizer.encode(trials.subject)
    let own = whole.pieces.filter {
      !$0.isSpecial && !$0.utf8Range.isEmpty && whole.joinedRange(of: $0).overlaps(utf8Range)
    }.map { Token(id: $0.id) }
    guard !own.isEmpty else { return [] }
    try Task.checkCancellation()
    let pieces = try classifier.embeddings(for: [own])
    let vector = pieces.meanOfFirstRow
    let length = dot(vector, vector).squareRoot()
    guard length > 0 else { return [] }
    let words = WordForms(trials.model.tokenizer).words
    var best: [(text: String, similarity: Float)] = []
    for start in stride(from: 0, to: words.count, by: Self.block) {
      try Task.checkCancellation()
      let block = words[start..<min(start + Self.block, words.count)]
      let vectors = try classifier.embeddings(for: [block.map { Token(id: $0.id) }])
      for (place, entry) in block.enumerated() {
        let other = vectors[row: 0, token: place]
        let norm = dot(other, other).squareRoot()
        guard norm > 0, own != [Token(id: entry.id)] else { continue }
        let similarity = Float(dot(vector, other) / (length * norm))
        guard best.count < count || similarity > (best.last?.similarity ?? -2) else { continue }
        let text = WordForms.inCase(of: word, entry.text)
        guard text.lowercased() != word.lowercased(), !best.contains(where: { $0.text == text })
        else { continue }
        let index = best.firstIndex { $0.similarity < similarity } ?? best.count
        best.insert((text, similarity), at: index)
        if best.count > count { best.removeLast() }
      }
    }
    return best
  }
}

extension TokenVectors {
  /// The mean of the first row's vectors.
  fileprivate var meanOfFirstRow: ArraySlice<Float> {
    var sum = [Float](repeating: 0, count: width)
    for vector in vectorsOfFirstRow {
      for (index, value) in vector.enumerated() { sum[index] += value }
    }
    let share = 1 / Float(max(1, lengths.first ?? 1))
    return sum.map { $0 * share }[...]
  }
}
