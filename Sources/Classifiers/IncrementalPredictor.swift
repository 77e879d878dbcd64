import Synchronization
import Tensors
public import Tokenizers

/// A text that is being typed, and what a model says about it after each edit: what stands before the
/// edit is not read again where the model reads from left to right.
public final class IncrementalPredictor: Sendable {
  private let model: Model
  private let last = Mutex<(any TextVariants)?>(nil)

  public init(_ model: Model) { self.model = model }

  /// The same as the model says about any text.
  /// - Throws: `CancellationError`, and what the classifier throws.
  public func predict(_ encoding: Encoding) throws -> Prediction {
    // what it cut off comes with an answer, which variants do not give
    if model.classifier.traits.cutsTexts { return try model.predict(encoding) }
    let earlier = try last.withLock(\.self) ?? model.classifier.variants(of: [])
    let variants = try earlier.moved(to: encoding.tokens)
    let logits = try variants.logits(for: [encoding.tokens])[row: 0]
    last.withLock { $0 = variants }
    return model.prediction(encoding, ModelAnswer(logits: logits))
  }
}
