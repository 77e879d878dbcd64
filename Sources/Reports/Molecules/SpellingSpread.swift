public import Attribution
internal import Classifiers
internal import Molecules
internal import Tokenizers

/// What an explanation says of a molecule's atoms when the same molecule is written in other orders.
///
/// A SMILES begins at any atom and takes branches in any order, so that one molecule has many; a model of
/// molecules should not mind (Arús-Pous et al. 2019, doi:10.1186/s13321-019-0393-0). Chirality and the
/// sides of double bonds are kept.
public struct SpellingSpread: Sendable, Hashable {
  /// How many spellings were read.
  public let count: Int
  /// How many of them differ: a molecule of few atoms has few.
  public let distinct: Int
  /// The mean score of each atom, in the order of `Molecule.atoms`.
  public let mean: [Float]
  /// The standard deviation of each atom's score over the spellings, by `count - 1`.
  public let spread: [Float]
  /// The target's value over the spellings.
  public let valueMean: Float
  public let valueSpread: Float
  /// For how many spellings the model decides as for the text itself; nil of a regression.
  public let agreeing: Int?

  /// So many spellings tell a spread.
  public static let usualCount = 20
  public static let counts = 2...1000

  /// The length of the standard deviations as a share of the length of the means, as the seed spread has
  /// it; nil where all means are 0.
  public var share: Float? {
    let size = mean.reduce(0) { $0 + $1 * $1 }
    return size > 0 ? (spread.reduce(0) { $0 + $1 * $1 } / size).squareRoot() : nil
  }

  /// Explains a molecule in other spellings, the same for the same seed. Costs an explanation and a
  /// prediction a spelling that differs from those before.
  /// - Parameters:
  ///   - request: of the text itself, which gives model, target and options.
  ///   - progress: called after each spelling with how many were explained.
  /// - Returns: nil where the text is no valid SMILES.
  /// - Throws: as the explainer and the model do; `CancellationError`.
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
      let written = reading.molecule.randomSMILES(seed: seed &+ UInt64(number))
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

/// Reads one spelling after the other.
private struct SpellingRun {
  struct Answer {
    /// In the order of the molecule, whatever order the spelling has.
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

  /// nil of a model that decides nothing.
  func decision(_ prediction: Prediction) -> Int? {
    Decision(request.model.rule, classIndex: request.target.classIndex)(
      prediction.probabilities)
  }
}

extension SpellingSpread {
  /// What an atom has over the spellings: `+0.28 ± 0.05`.
  package func scoreText(of atom: Int, isSigned: Bool) -> String? {
    guard mean.indices.contains(atom) else { return nil }
    return Numerals.score(mean[atom], isSigned: isSigned) + " ± "
      + Numerals.score(spread[atom], isSigned: false)
  }
}

extension ExplainedMolecule {
  /// What other spellings have, for who reads it the first time: the atoms with the largest means, how far
  /// apart the spellings are, and whether the model decides the same.
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
