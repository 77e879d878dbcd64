public import Attribution
internal import Classifiers

/// The words that the model treats alike, at a place in the text.
public struct FindNeighbours: WhatIfQuestion {
  public var text: EditedText
  /// UTF-8 offsets.
  public var range: Range<Int>

  public init(_ range: Range<Int>, in text: EditedText) {
    self.text = text
    self.range = range
  }

  /// The user is looking at an open prompt.
  public var pause: Duration { .zero }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<[WordNeighbours.Candidate]>
  ) throws -> [WordNeighbours.Candidate] {
    try WordNeighbours().candidates(at: range, in: text, model: try lab.model(in: .main).model)
  }
}
