package import Datasets

/// How well a model does on a data set, in the formats that `evaluate` writes.
package protocol EvaluationReport: FactsReport {
  /// How the file was understood.
  var facts: DatasetFacts { get }
  /// What has to be known before the figures are read, in the order in which it matters.
  var notes: [String] { get }
  /// Every row could be read, and at least one counts.
  var isWhole: Bool { get }

  func csv(_ form: CSVForm) -> CSVText
  var html: MarkupText { get }
}
