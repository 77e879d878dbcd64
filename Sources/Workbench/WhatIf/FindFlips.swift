public import Attribution
internal import Classifiers

/// The smallest edits of a text that change the model's decision.
public struct FindFlips: WhatIfQuestion {
  public var text: EditedText
  /// The selected class.
  public var classIndex: Int

  public init(_ text: EditedText, classIndex: Int) {
    self.text = text
    self.classIndex = classIndex
  }

  public static func mayBeSkipped(_ progress: FlipFinder.Result) -> Bool { true }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<FlipFinder.Result>
  ) throws -> FlipFinder.Result {
    let model = try lab.model(in: .main).model
    return try FlipFinder().find(
      in: text, model: model, classIndex: classIndex
    ) { try progress($0) }
  }
}
