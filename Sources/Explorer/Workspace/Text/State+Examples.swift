internal import Tokenizers
internal import Workbench

extension State {
  /// An example text, or two if the model reads pairs.
  var exampleTexts: JoinedTexts {
    if showsMolecule { return JoinedTexts(text: KnownDrug.example.smiles) }
    if let example = summary?.pairs?.example { return example }
    return JoinedTexts(text: Session.example, pair: document.isPair ? "" : nil)
  }
}

extension PairReading {
  /// A pair of example texts.
  var example: JoinedTexts {
    switch self {
    case .inference:
      JoinedTexts(
        text: "A man in a blue shirt plays the guitar on a small stage while people listen.",
        pair: "Somebody makes music for an audience.")
    case .similarity, .unspecified:
      JoinedTexts(
        text: "The cat sleeps on the warm windowsill.",
        pair: "A kitten naps by the window in the sun.")
    case .ranking:
      JoinedTexts(
        text: "how long does the battery last",
        pair: "With the screen at half brightness we measured eleven hours on one charge.")
    }
  }
}
