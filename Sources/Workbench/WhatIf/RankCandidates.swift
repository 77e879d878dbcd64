public import Attribution
internal import Classifiers
internal import Tokenizers

/// A model's outputs for pairs of one text with several others, such as a query and its candidates.
public struct RankCandidates: WhatIfQuestion {
  /// The first text, with the parts that are switched off.
  public var text: EditedText
  public var candidates: [String]
  /// The class, or the single output, by which they are ranked.
  public var classIndex: Int

  public init(_ text: EditedText, candidates: [String], classIndex: Int) {
    self.text = text
    self.candidates = candidates
    self.classIndex = classIndex
  }

  public static func mayBeSkipped(_ progress: [Float]) -> Bool { true }

  /// - Returns: one number per candidate, in order; intermediate results have those of the first
  ///   ones.
  public func answer(_ lab: Lab, progress: @escaping Progress<[Float]>) throws -> [Float] {
    let model = try lab.model(in: .main).model
    var scores: [Float] = []
    for candidate in candidates {
      try Task.checkCancellation()
      let encoding = model.tokenizer.encode(text.beside(candidate)).without(text.off)
      let probabilities = try model.predict(encoding).probabilities
      scores.append(probabilities.indices.contains(classIndex) ? probabilities[classIndex] : .nan)
      try progress(scores)
    }
    return scores
  }

  /// The order of candidates with these scores, the highest first; equal ones in the order given.
  /// A candidate without a score, or with one that is not a number, comes last.
  public static func order(of scores: [Float?]) -> [Int] {
    let known = scores.map { score in score.flatMap { $0.isNaN ? nil : $0 } ?? -.infinity }
    return known.indices.sorted { known[$0] == known[$1] ? $0 < $1 : known[$0] > known[$1] }
  }
}

extension EditedText {
  /// The first text with another second one.
  public func beside(_ candidate: String) -> EditedText {
    EditedText(
      JoinedTexts(text: texts.text, pair: candidate),
      off: off.filter { $0.upperBound <= texts.text.utf8.count })
  }
}
