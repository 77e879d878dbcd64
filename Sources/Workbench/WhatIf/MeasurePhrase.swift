public import Attribution
internal import Classifiers

/// The effect of a phrase on the prediction, alone or together with another one.
public struct MeasurePhrase: WhatIfQuestion {
  public var text: EditedText
  /// UTF-8 offsets.
  public var phrase: Range<Int>
  public var other: Range<Int>?
  /// The selected class.
  public var classIndex: Int

  public init(_ phrase: Range<Int>, and other: Range<Int>?, in text: EditedText, classIndex: Int) {
    self.text = text
    self.phrase = phrase
    self.other = other
    self.classIndex = classIndex
  }

  public static func mayBeSkipped(_ progress: PhraseReading) -> Bool { true }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<PhraseReading>
  ) throws -> PhraseReading {
    let model = try lab.model(in: .main).model
    return try PhraseMeter().measure(
      phrase, and: other, in: text, model: model, classIndex: classIndex
    ) { try progress($0) }
  }
}
