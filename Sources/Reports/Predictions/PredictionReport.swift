public import Classifiers
public import Datasets

/// Predictions for texts in one of the output formats: `opening`, then each text.
public protocol PredictionReport {
  var opening: Output { get }
  func output(of prediction: Prediction, record: TextRecord, index: Int) -> Output
}

extension PredictionReport {
  public var opening: Output { .empty }
}
