internal import Datasets
internal import Reports

/// The error measures of a regression, which are shown in place of a confusion matrix.
enum NumberScores {
  /// The number of lines per output of the model.
  static let lineCount = 5

  static func lines(_ scores: [RegressionScores], _ signs: Signs) -> [String] {
    scores.flatMap { scores -> [String] in
      func number(_ value: Double) -> String { Numerals.score(Float(value), isSigned: false) }
      return [
        "\(scores.name): mean absolute error \(number(scores.meanAbsoluteError))",
        "root mean squared error \(number(scores.rootMeanSquaredError))",
        "R\(signs.squared) \(Numerals.fixed(Float(scores.r2), 3))",
        "Pearson's r \(Numerals.fixed(Float(scores.pearson), 3))",
        "Spearman's \(signs.rho) \(Numerals.fixed(Float(scores.spearman), 3))",
      ]
    }
  }
}
