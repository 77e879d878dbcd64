extension ErrorsScreen {
  /// What stands beside the table.
  package enum Drawer: String, Sendable, CaseIterable {
    case matrix, calibration, slices, words, suspects, strongest, twoSided, behindErrors, models

    /// As a tab.
    var name: String {
      switch self {
      case .matrix: "Confusion"
      case .calibration: "Calibration"
      case .slices: "Slices"
      case .words: "Words"
      case .suspects: "Labels"
      case .strongest: "Scores"
      case .twoSided: "Two-sided"
      case .behindErrors: "Behind"
      case .models: "Models"
      }
    }

    var title: String {
      switch self {
      case .matrix: "Confusion"
      case .calibration: "Calibration"
      case .slices: "Slices"
      case .words: "Words in wrong texts"
      case .suspects: "Suspect labels"
      case .strongest: "Words by mean score"
      case .twoSided: "Words for several classes"
      case .behindErrors: "Words behind errors"
      case .models: "Two models"
      }
    }

    /// It shows what explaining all rows finds out.
    var needsWords: Bool { [.strongest, .twoSided, .behindErrors].contains(self) }
  }
}
