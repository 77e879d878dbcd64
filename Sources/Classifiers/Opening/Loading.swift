internal import Checkpoints
internal import Tensors

/// How a model's weights are read.
struct Loading {
  /// Receives the progress of reading.
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

/// The precision that the user wants for weights in products.
public enum PrecisionChoice: String, Sendable, CaseIterable {
  case float, bfloat16
  /// bfloat16 if the difference is small; the model is opened in both precisions to find out.
  case auto
}

extension ModelFacts {
  /// The name of the precision to which weights are rounded; nil for single precision.
  public var rounding: String? { precision == .float ? nil : precision.rawValue }

  /// Records the precision in which the model was opened, if it is not single.
  mutating func note(_ precision: WeightPrecision) {
    guard precision != .float else { return }
    self.precision = precision
    settings.append((name: "precision", value: precision.rawValue))
  }
}

extension Model {
  /// The difference between the model's probabilities and those of the same model in another
  /// precision, over texts that exercise tokenizer and vocabulary.
  /// - Returns: the largest difference of a probability (for a regression, of a number), and for
  ///   how many of how many texts the most probable class changes.
  /// - Throws: errors of the classifiers.
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
    return PrecisionDifference(
      largest: largest, changedClasses: changed, texts: texts.count,
      roundsFactors: classifier.traits.roundsFactors)
  }
}

/// The effect of a model's precision on its outputs.
public struct PrecisionDifference: Sendable, Equatable {
  /// Of a probability or, for a regression, of a number.
  public var largest: Float
  /// The number of texts whose most probable class changes.
  public var changedClasses: Int
  public var texts: Int
  /// Whether products round their other factors too, not only the weights.
  public var roundsFactors: Bool

  /// Whether it is smaller than the displayed digits of a probability, and no class changes.
  var isSmall: Bool { largest <= 0.001 && changedClasses == 0 }
}
