import Attribution
import Classifiers
import Explorer
import Molecules
import Reports
import TerminalUI
import Tokenizers
import Workbench

/// A model of molecules that can be computed mentally: each symbol of a SMILES has a weight.
enum MoleculeModel {
  static let weights: [String: Float] = [
    "Cl": 1.5, "O": -1, "N": -0.5, "S": 0.75, "s": 0.75, "c": 0.1, "C": 0.05, "=": 0.3, "F": 0.9,
    "(": -0.2, "1": 0.15,
  ]

  /// Tokenizes brackets, two-letter elements and single symbols.
  static func encode(_ text: String) -> Encoding {
    var pieces = [
      Piece(text: "xxbos", id: 1, utf8Range: 0..<0, isSpecial: true, isFrame: true)
    ]
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let rest = String(decoding: bytes[start...], as: UTF8.self)
      var end = start + (rest.first.map { String($0).utf8.count } ?? 1)
      if rest.hasPrefix("Cl") || rest.hasPrefix("Br") { end = start + 2 }
      if rest.hasPrefix("["), let close = bytes[start...].firstIndex(of: UInt8(ascii: "]")) {
        end = close + 1
      }
      pieces.append(
        Piece(
          text: String(decoding: bytes[start..<end], as: UTF8.self), id: 2, utf8Range: start..<end,
          word: pieces.count - 1))
      start = end
    }
    return Encoding(text: text, pieces: pieces)
  }

  static func scores(_ encoding: Encoding) -> [Float] {
    encoding.pieces.map { weights[$0.text] ?? 0 }
  }

  static func probabilities(_ scores: [Float]) -> [Float] {
    scores.reduce(0, +) > 0 ? [0.25, 0.75] : [0.75, 0.25]
  }

  static func answer(to question: Predict) -> Predict.Answer {
    let encoding = encode(question.text.text).without(question.text.off)
    let probabilities = probabilities(scores(encoding))
    return Predict.Answer(
      prediction: Prediction(
        encoding: encoding, logits: probabilities, probabilities: probabilities,
        classIndex: probabilities[1] > 0.5 ? 1 : 0),
      whole: question.original.map { self.probabilities(scores(encode($0.text))) }, seconds: 0.002)
  }

  /// Swaps that replace all chlorines; each has two possible replacements.
  static func swaps(_ question: FindSwaps) -> SwapSearch.Result {
    let text = question.text.text
    let smiles = text.replacing("Cl", with: "O")
    let steps = SMILESReading(text).molecule.atoms.enumerated().filter {
      $0.element.element.symbol == "Cl"
    }.map {
      SwapSearch.Step(old: "Cl", site: "Cl \($0.offset)", isHydrogen: false, new: "OH")
    }
    var result = SwapSearch.Result()
    result.flips = [
      .init(
        steps: steps, smiles: smiles, probabilities: probabilities(scores(encode(smiles))))
    ]
    let singles = 2 * steps.count
    (result.swaps, result.singles, result.tried, result.expected) = (
      steps.count, singles, singles, singles
    )
    return result
  }

  static let summary = ModelSummary(
    name: "chemist", architecture: "bag of signs", classes: ["outside", "inside"],
    parameterCount: 11, readsSMILES: true,
    quality: "accuracy 0.850 and ROC-AUC 0.898 on a scaffold split (1,200 texts)",
    methods: [
      .init(card: Lexicon.card("integrated-gradients", "integrated gradients", "IG")),
      .init(card: Lexicon.card("grad-cam", "Grad-CAM", "GC")),
      .init(card: Lexicon.card("hirescam", "HiResCAM", "HRC")),
    ])

  static let rivaroxaban = "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O"
}

extension Stage {
  /// Creates a stage with a model that reads molecules.
  init(
    molecule text: String, columns: Int = 120, rows: Int = 36, isPlain: Bool = false,
    colors: TerminalAbilities.Colors = .indexed256, session: Session? = nil
  ) {
    self.init(
      text, columns: columns, rows: rows, isPlain: isPlain, colors: colors, session: session,
      summary: MoleculeModel.summary)
    answerMoleculeQuestions()
  }

  /// Answers predictions, explanations and swaps until no question is open.
  mutating func answerMoleculeQuestions() {
    while let effect = takeOpen() {
      guard case .ask(let ticket, let question) = effect else { continue }
      switch question.base {
      case let question as Predict: send(.answer(ticket, MoleculeModel.answer(to: question)))
      case let question as Explain:
        let attribution = TokenAttribution(
          scores: MoleculeModel.scores(question.encoding), targetValue: 1, evaluations: 1)
        send(.answer(ticket, Explain.Answer.scores(attribution, seconds: 0.002)))
      case let question as TryWord:
        let scores = MoleculeModel.scores(MoleculeModel.encode(question.word))
        send(
          .answer(
            ticket,
            WordNeighbours.Candidate(
              text: question.word, probabilities: MoleculeModel.probabilities(scores))))
      case let question as RemoveWords:
        let scores = MoleculeModel.scores(question.encoding)
        let answer = question.groups.map { group in
          MoleculeModel.probabilities(
            scores.enumerated().map { group.contains($0.offset) ? 0 : $0.element })
        }
        send(.answer(ticket, answer))
      case let question as LayOutMolecule:
        let drawing = try? Depiction(of: question.sketch.molecule, near: question.previous)
        send(.answer(ticket, drawing ?? question.sketch))
      case let question as FindSwaps:
        send(.answer(ticket, MoleculeModel.swaps(question)))
      default: continue
      }
    }
  }
}
