public import Classifiers
public import Datasets

/// One JSON object per line.
public struct JSONReport: Report {
  let model: Model

  public init(model: Model) { self.model = model }

  public func text(of explanation: ExplainedText, record: TextRecord, index: Int) -> JSONText {
    "\(ResultJSON.explanation(explanation, of: record, index: index, model: model))\n"
  }
}
