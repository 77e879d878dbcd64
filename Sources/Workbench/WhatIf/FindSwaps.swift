public import Attribution
internal import Classifiers
public import Reports

/// The fewest groups of a molecule whose replacement changes the model's decision.
public struct FindSwaps: WhatIfQuestion {
  public var text: EditedText
  /// The selected class.
  public var classIndex: Int

  public init(_ text: EditedText, classIndex: Int) {
    self.text = text
    self.classIndex = classIndex
  }

  public static func mayBeSkipped(_ progress: SwapSearch.Result) -> Bool { true }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<SwapSearch.Result>
  ) throws -> SwapSearch.Result {
    let model = try lab.model(in: .main).model
    return try SwapSearch().find(
      in: text, model: model, classIndex: classIndex
    ) { try progress($0) }
  }
}
