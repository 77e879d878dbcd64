public import Attribution
internal import Classifiers

/// The model's prediction with another word at a place in the text.
public struct TryWord: WhatIfQuestion {
  public var text: EditedText
  public var word: String
  /// UTF-8 offsets.
  public var range: Range<Int>

  public init(_ word: String, at range: Range<Int>, in text: EditedText) {
    self.text = text
    self.word = word
    self.range = range
  }

  /// The user is looking at an open prompt.
  public var pause: Duration { .zero }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<WordNeighbours.Candidate>
  ) throws -> WordNeighbours.Candidate {
    let trials = EditTrials(text, model: try lab.model(in: .main).model)
    let values = try trials.probabilities(of: [[TextEdit(range, replacement: word)]])
    return WordNeighbours.Candidate(text: word, probabilities: values.first ?? [])
  }
}
