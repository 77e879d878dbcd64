public import Classifiers
public import Datasets

/// Predictions for texts in one of the output formats: `opening`, then each text.
public protocol PredictionReport {
  var opening: Output { get }
  /// - Parameter rank: of a candidate, its place among all, from 1; nil for other texts.
  func output(of prediction: Prediction, record: TextRecord, index: Int, rank: Int?) -> Output
}

extension PredictionReport {
  public var opening: Output { .empty }
}
