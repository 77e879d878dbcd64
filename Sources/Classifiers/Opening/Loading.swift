internal import Checkpoints
internal import Tensors

/// How a model's weights are read, whatever they are the weights of.
struct Loading {
  /// Where it is told how far the reading is.
  var progress: LoadProgress?
  var precision = WeightPrecision.float

  func tensors(_ tensors: NamedTensors) -> NamedTensors {
    var tensors = tensors.reporting(to: progress)
    tensors.precision = precision
    return tensors
  }
}

extension OpeningOptions {
  var loading: Loading {
    Loading(progress: progress, precision: precision == .bfloat16 ? .bfloat16 : .float)
  }
}

/// In which precision a user wants the weights of products.
public enum PrecisionChoice: String, Sendable, CaseIterable {
  case float, bfloat16
  /// bfloat16 where the difference is small, which the model is opened in both to find out.
  case auto
}

extension ModelFacts {
  /// What the weights of products are rounded to, by name; nil in single precision.
  public var rounding: String? { precision == .float ? nil : precision.rawValue }

  /// Says in which precision the model was opened where it is not single.
  mutating func note(_ precision: WeightPrecision) {
    guard precision != .float else { return }
    self.precision = precision
    settings.append((name: "precision", value: precision.rawValue))
  }
}

extension Model {
  /// How far the model's probabilities are from those of the same model in another precision, over texts that
  /// show what tokenizers and vocabularies differ in.
  /// - Returns: the largest difference of a probability, of a regression of a number; and in how many of how
  ///   many texts another class is the most probable.
  /// - Throws: what the classifiers throw.
  public func difference(from reference: Model) throws -> PrecisionDifference {
    let texts = ImportedModel.texts(for: reference)
    var (largest, changed): (Float, Int) = (0, 0)
    for text in texts {
      let (own, other) = (try predict(text), try reference.predict(text))
      for (a, b) in zip(own.probabilities, other.probabilities) {
        largest = max(largest, abs(a - b))
      }
      if own.classIndex != other.classIndex { changed += 1 }
    }
    return PrecisionDifference(largest: largest, changedClasses: changed, texts: texts.count)
  }
}

/// What a model's precision does to its answers.
public struct PrecisionDifference: Sendable, Equatable {
  /// Of a probability, or of a regression's number.
  public var largest: Float
  /// Texts of which another class is the most probable.
  public var changedClasses: Int
  public var texts: Int

  /// Smaller than what is shown of a probability, and no text has another class.
  var isSmall: Bool { largest <= 0.001 && changedClasses == 0 }
}
