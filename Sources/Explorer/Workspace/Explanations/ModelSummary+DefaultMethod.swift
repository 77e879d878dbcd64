internal import Workbench

extension ModelSummary {
  /// The explainer where the user chose none: for an LSTM that reads molecules the one that was found to
  /// mark what experiments find, for all others integrated gradients.
  var defaultMethod: String {
    let isForMolecules =
      readsSMILES && method(named: "grad-cam").map { $0.reasonNotApplicable == nil } == true
    return isForMolecules ? "grad-cam" : ExplanationSettings.defaultMethod
  }
}
