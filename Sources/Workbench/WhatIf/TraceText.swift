public import Attribution
internal import Classifiers
public import Tokenizers

/// The tokenizer's steps for a text.
public struct TraceText: WhatIfQuestion {
  public var text: EditedText

  public init(_ text: EditedText) { self.text = text }

  public var pause: Duration { .zero }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<TokenizationTrace>
  ) throws -> TokenizationTrace {
    try Task.checkCancellation()
    return try lab.model(in: .main).model.tokenizer.trace(text.texts.text, pair: text.texts.pair)
  }
}
