public import Attribution
internal import Classifiers
internal import Molecules
internal import Tokenizers

/// The variation of an explanation of a molecule's atoms over different spellings of the molecule.
///
/// A SMILES can begin at any atom and list branches in any order, so that one molecule has many
/// spellings; the predictions of a model should not depend on the spelling (Arús-Pous et al. 2019,
/// doi:10.1186/s13321-019-0393-0). Chirality and the configuration of double bonds are kept.
public struct SpellingSpread: Sendable, Hashable {
  /// How many spellings were read.
  public let count: Int
  /// How many of them are different; a molecule with few atoms has few.
  public let distinct: Int
  /// The mean score of each atom, in the order of `Molecule.atoms`.
  public let mean: [Float]
  /// The standard deviation of each atom's score over the spellings (with the divisor `count - 1`).
  public let spread: [Float]
  /// The mean and the standard deviation of the target's value over the spellings.
  public let valueMean: Float
  public let valueSpread: Float
  /// For how many spellings the model's decision is the same as for the text itself; nil for a
  /// regression.
  public let agreeing: Int?

  /// Enough spellings to estimate the standard deviation.
  public static let usualCount = 20
  public static let counts = 2...1000

  /// The norm of the standard deviations relative to the norm of the means, as for the spread over
  /// seeds; nil if all means are 0.
  public var share: Float? {
    let size = mean.reduce(0) { $0 + $1 * $1 }
    return size > 0 ? (spread.reduce(0) { $0 + $1 * $1 } / size).squareRoot() : nil
  }

  /// Explains a molecule in other spellings, which are the same for the same seed. Costs an
  /// explanation and a prediction for each different spelling.
  /// - Parameters:
  ///   - request: the explanation of the text itself, which determines model, target and options.
  ///   - progress: called after each spelling with the number of explained spellings.
  /// - Returns: nil if the text is not a valid SMILES.
  /// - Throws: errors of the explainer and of the model; `CancellationError`.
  public static func measure(
    _ request: ExplanationRequest, by explainer: any Explainer, count: Int = usualCount,
    seed: UInt64 = 0, progress: (Int) throws -> Void = { _ in }
  ) throws -> SpellingSpread? {
    let reading = SMILESReading(request.encoding.text)
    guard reading.problem == nil, !reading.molecule.atoms.isEmpty else { return nil }
    let run = SpellingRun(reading.molecule, request, explainer)
    var read: [String: SpellingRun.Answer] = [:]
    var answers: [SpellingRun.Answer] = []
    for number in 0..<min(max(count, counts.lowerBound), counts.upperBound) {
      try Task.checkCancellation()
      var generator = SeededGenerator(seed: seed &+ UInt64(number))
      let written = reading.molecule.randomSMILES(using: &generator)
      let answer = try read[written.text] ?? run.answer(to: written)
      read[written.text] = answer
      answers.append(answer)
      try progress(answers.count)
    }
    let own = run.decision(try request.model.predict(request.encoding))
    return SpellingSpread(
      answers, distinct: read.count,
      agreeing: own.map { own in answers.count { $0.decision == own } })
  }

  public init(
    count: Int, distinct: Int, mean: [Float], spread: [Float], valueMean: Float,
    valueSpread: Float, agreeing: Int?
  ) {
    (self.count, self.distinct, self.agreeing) = (count, distinct, agreeing)
    (self.mean, self.spread) = (mean, spread)
    (self.valueMean, self.valueSpread) = (valueMean, valueSpread)
  }

  private init(_ answers: [SpellingRun.Answer], distinct: Int, agreeing: Int?) {
    count = answers.count
    self.distinct = distinct
    self.agreeing = agreeing
    let atoms = (answers.first?.atoms ?? []).indices.map { atom in
      Self.moments(answers.map { $0.atoms[atom] })
    }
    (mean, spread) = (atoms.map(\.mean), atoms.map(\.spread))
    (valueMean, valueSpread) = Self.moments(answers.map(\.value))
  }

  private static func moments(_ values: [Float]) -> (mean: Float, spread: Float) {
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + Double($1) } / count
    let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return (Float(mean), Float((squares / max(1, count - 1)).squareRoot()))
  }
}

/// Explains single spellings.
private struct SpellingRun {
  struct Answer {
    /// In the order of the molecule, not of the spelling.
    let atoms: [Float]
    let value: Float
    let decision: Int?
  }

  private let molecule: Molecule
  private let request: ExplanationRequest
  private let explainer: any Explainer

  init(_ molecule: Molecule, _ request: ExplanationRequest, _ explainer: any Explainer) {
    self.molecule = molecule
    self.request = request
    self.explainer = explainer
  }

  func answer(to written: WrittenSMILES) throws -> Answer {
    var other = request
    other.encoding = request.model.tokenizer.encode(written.text)
    let attribution = try explainer.explain(other) { _ in }
    let reading = SMILESReading(written.text)
    let heat = MoleculeHeat(
      reading, pieces: other.encoding.pieces, scores: attribution.scores)
    let scores = Dictionary(
      zip(reading.molecule.atoms.map(\.range.lowerBound), heat.atoms),
      uniquingKeysWith: { first, _ in first })
    return Answer(
      atoms: written.ranges.map { scores[$0.lowerBound] ?? 0 }, value: attribution.targetValue,
      decision: decision(try request.model.predict(other.encoding)))
  }

  /// nil if the model does not decide.
  func decision(_ prediction: Prediction) -> Int? {
    Decision(request.model.rule, classIndex: request.target.classIndex)(
      prediction.probabilities)
  }
}

extension SpellingSpread {
  /// The mean and the standard deviation of an atom's score: `+0.28 ± 0.05`.
  package func scoreText(of atom: Int, isSigned: Bool) -> String? {
    guard mean.indices.contains(atom) else { return nil }
    return Numerals.score(mean[atom], isSigned: isSigned) + " ± "
      + Numerals.score(spread[atom], isSigned: false)
  }
}

extension ExplainedMolecule {
  /// A summary for readers without prior knowledge: the atoms with the largest means, how much the
  /// spellings differ, and whether the model's decision is the same.
  package var spellingSentence: String? {
    guard let spellings else { return nil }
    let spelled = Numerals.count(spellings.count, "other spelling")
    let atoms = reading.molecule.atoms
    let largest = spellings.mean.indices.sorted {
      abs(spellings.mean[$0]) > abs(spellings.mean[$1])
    }
    let named = largest.prefix(5).compactMap { atom in
      spellings.scoreText(of: atom, isSigned: true).map {
        "\(atoms[atom].element.symbol) \(atom) \($0)"
      }
    }
    var parts = ["in \(spelled) of the molecule: \(named.joined(separator: ", "))"]
    if let share = spellings.share {
      let word =
        share < 0.1
        ? "hardly depends" : share < 0.3 ? "depends somewhat" : "depends strongly"
      parts.append("the explanation \(word) on the spelling, spread \(Numerals.fixed(share, 2))")
    }
    if let agreeing = spellings.agreeing {
      parts.append("the model decides the same in \(agreeing) of \(spellings.count)")
    }
    return parts.joined(separator: "; ")
  }
}
