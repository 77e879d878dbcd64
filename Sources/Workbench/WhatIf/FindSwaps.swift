public import Attribution
internal import Classifiers
public import Reports

/// The fewest groups of a molecule that have to be replaced for the model to decide otherwise.
public struct FindSwaps: WhatIfQuestion {
  public var text: EditedText
  /// The class that is looked at.
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
