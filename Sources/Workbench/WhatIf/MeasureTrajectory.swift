public import Attribution
internal import Classifiers

/// How the prediction develops from the first word to the last.
public struct MeasureTrajectory: WhatIfQuestion {
  public var text: EditedText
  /// The selected class.
  public var classIndex: Int

  public init(_ text: EditedText, classIndex: Int) {
    self.text = text
    self.classIndex = classIndex
  }

  public static func mayBeSkipped(_ progress: PrefixTrajectory.Result) -> Bool { true }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<PrefixTrajectory.Result>
  ) throws -> PrefixTrajectory.Result {
    let model = try lab.model(in: .main).model
    return try PrefixTrajectory().measure(
      text, model: model, classIndex: classIndex
    ) { try progress($0) }
  }
}
