public import Attribution
internal import Classifiers

/// Which words of one text interact with which of the other.
public struct MeasureInteractions: WhatIfQuestion {
  public var text: EditedText
  /// Determines the class of the score.
  public var choice: ExplanationChoice
  /// Determine what replaces an absent word.
  public var options: ExplainerOptions
  /// How many words of each text take part.
  public var count: Int
  public var method: PairInteractions.Method

  public init(
    _ text: EditedText, _ choice: ExplanationChoice, options: ExplainerOptions, count: Int,
    method: PairInteractions.Method = .removal
  ) {
    self.method = method
    self.text = text
    self.choice = choice
    self.options = options
    self.count = count
  }

  /// - Returns: nil if there is only one text.
  public func answer(
    _ lab: Lab, progress: @escaping Progress<PairInteractions.Result?>
  ) throws -> PairInteractions.Result? {
    let trials = EditTrials(text, model: try lab.model(in: .main).model)
    // Words of both texts take part, whichever of them is explained.
    var options = options
    options.only = nil
    let request = try Explain(trials.encoding, choice, options: options).request(lab)
    return try PairInteractions(count: count, method: method).measure(request)
  }
}
