public import Attribution
internal import Classifiers

/// Whether typos change the model's prediction.
public struct MeasureRobustness: WhatIfQuestion {
  public var text: EditedText
  /// The selected class.
  public var classIndex: Int

  public init(_ text: EditedText, classIndex: Int) {
    self.text = text
    self.classIndex = classIndex
  }

  public static func mayBeSkipped(_ progress: Robustness.Result) -> Bool { true }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<Robustness.Result>
  ) throws -> Robustness.Result {
    let model = try lab.model(in: .main).model
    return try Robustness().measure(
      text, model: model, classIndex: classIndex
    ) { try progress($0) }
  }
}
