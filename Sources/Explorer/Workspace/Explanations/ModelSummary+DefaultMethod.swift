internal import Workbench

extension ModelSummary {
  /// The default explainer: for an LSTM that reads molecules, Grad-CAM, which was found to agree
  /// best with experiments; for all other models, integrated gradients.
  var defaultMethod: String {
    let isForMolecules =
      readsSMILES && method(named: "grad-cam").map { $0.reasonNotApplicable == nil } == true
    return isForMolecules ? "grad-cam" : ExplanationSettings.defaultMethod
  }
}
