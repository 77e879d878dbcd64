public import Attribution
internal import Classifiers
internal import Tokenizers

/// What a model says of one text beside each of several others: of a query and its candidates.
public struct RankCandidates: WhatIfQuestion {
  /// The first text, with what of it is not read.
  public var text: EditedText
  public var candidates: [String]
  /// The class, or the one output, that they are ranked by.
  public var classIndex: Int

  public init(_ text: EditedText, candidates: [String], classIndex: Int) {
    self.text = text
    self.candidates = candidates
    self.classIndex = classIndex
  }

  public static func mayBeSkipped(_ progress: [Float]) -> Bool { true }

  /// - Returns: a number for each candidate, in their order; on the way those of the first ones.
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
}

extension EditedText {
  /// The first text with another second one.
  public func beside(_ candidate: String) -> EditedText {
    EditedText(
      JoinedTexts(text: texts.text, pair: candidate),
      off: off.filter { $0.upperBound <= texts.text.utf8.count })
  }
}
