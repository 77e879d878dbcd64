extension ErrorsScreen {
  /// The tables and lists about the whole data set, beside the table of examples.
  package enum Drawer: String, Sendable, CaseIterable {
    case matrix, calibration, charts, slices, words, suspects, strongest, twoSided, behindErrors,
      models

    private var name: String {
      switch self {
      case .matrix: "Confusion"
      case .charts: "Charts"
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

    /// The title of the box.
    /// - Parameter hasParts: whether the texts are molecules, which consist of groups.
    func title(hasParts: Bool) -> String {
      hasParts
        ? title.replacing("Words", with: "Groups").replacing("texts", with: "molecules") : title
    }

    /// The name of the tab.
    func name(hasParts: Bool) -> String {
      hasParts && self == .words ? "Groups" : name
    }

    private var title: String {
      switch self {
      case .matrix: "Confusion"
      case .charts: "Confidence and length"
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

    /// Whether it needs the explanations of all rows.
    var needsWords: Bool { [.strongest, .twoSided, .behindErrors].contains(self) }
  }
}
