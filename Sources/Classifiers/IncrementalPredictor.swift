import Synchronization
import Tensors
public import Tokenizers

/// Predicts a text after each edit while it is typed. The text before the edit is not read again if
/// the model reads from left to right.
public final class IncrementalPredictor: Sendable {
  private let model: Model
  private let last = Mutex<(any TextVariants)?>(nil)

  public init(_ model: Model) { self.model = model }

  /// The same prediction as for any text.
  /// - Throws: `CancellationError`, and errors of the classifier.
  public func predict(_ encoding: Encoding) throws -> Prediction {
    // The part that was cut off is returned with an answer, but not with variants.
    if model.classifier.traits.cutsTexts { return try model.predict(encoding) }
    let earlier = try last.withLock(\.self) ?? model.classifier.variants(of: [])
    let variants = try earlier.moved(to: encoding.tokens)
    let logits = try variants.logits(for: [encoding.tokens])[row: 0]
    last.withLock { $0 = variants }
    return model.prediction(encoding, ModelAnswer(logits: logits))
  }
}
