public import Attribution
public import Classifiers
internal import Molecules

/// Searches for the smallest number of atoms and groups of a molecule that have to be replaced by
/// common ones (`Swap`) to change the model's decision.
///
/// All single swaps are tried. If none is sufficient, a beam search continues with the molecules
/// closest to another decision, which may not find the smallest number.
public struct SwapSearch: Sendable {
  /// The width of the beam: how many molecules with each number of swaps are continued.
  public var width = 4
  public var mostSwaps = 4
  /// The most molecules that are read.
  public var mostTrials = 4000
  /// How many molecules with another decision are kept, those with the clearest decision first.
  public var mostFlips = 60

  public init() {}

  /// The replacement of a group by another one.
  public struct Step: Sendable, Hashable {
    /// The removed group: `Cl`, `CF3`, `H`.
    public let old: String
    /// The removed atom, or the atom to which a removed hydrogen was bound: its element and its
    /// index in the text, `C 5`.
    public let site: String
    public let isHydrogen: Bool
    /// The new group: `OH`.
    public let new: String

    public init(old: String, site: String, isHydrogen: Bool, new: String) {
      (self.old, self.site, self.isHydrogen, self.new) = (old, site, isHydrogen, new)
    }
  }

  public struct Flip: Sendable, Equatable {
    public let steps: [Step]
    /// The molecule with these swaps.
    public let smiles: String
    /// The probabilities of all classes.
    public let probabilities: [Float]

    public init(steps: [Step], smiles: String, probabilities: [Float]) {
      (self.steps, self.smiles, self.probabilities) = (steps, smiles, probabilities)
    }
  }

  public struct Result: Sendable, Equatable {
    /// All have the same number of swaps; those that change the decision most clearly come first.
    public var flips: [Flip] = []
    /// How many swaps at once were tried.
    public var swaps = 0
    /// How many molecules with one swap there are; all were tried.
    public var singles = 0
    public var tried = 0
    /// An estimate of how many will be tried.
    public var expected = 0
    /// Whether the model makes no decision that could change.
    public var isUndecided = false

    public init() {}
  }

  /// - Parameters:
  ///   - classIndex: the class whose decision is to change if classes do not exclude each other.
  ///   - progress: called with the current result after each call of the model.
  /// - Returns: an empty result if the text is not a valid SMILES.
  /// - Throws: `CancellationError`, at most one call of the model after the task's cancellation.
  public func find(
    in subject: EditedText, model: Model, classIndex: Int, progress: (Result) throws -> Void
  ) throws -> Result {
    let trials = EditTrials(subject, model: model)
    let rule = model.rule
    let decision = Decision(rule, classIndex: classIndex)
    let probabilities = try trials.prediction().probabilities
    var result = Result()
    guard let now = decision(probabilities) else {
      result.isUndecided = true
      return result
    }
    let reading = SMILESReading(subject.text)
    guard reading.problem == nil else { return result }
    let isExclusive = rule.isExclusive(classes: probabilities.count)
    /// The model's certainty about its current decision.
    func certainty(_ values: [Float]) -> Float {
      if isExclusive { return values[now] }
      return now == 1 ? values[classIndex] : 1 - values[classIndex]
    }
    var front = [SwappedMolecule(reading.molecule)]
    var seen: Set<String> = [subject.text]
    while !front.isEmpty, result.flips.isEmpty, result.swaps < mostSwaps, result.tried < mostTrials
    {
      var next: [SwappedMolecule] = []
      for molecule in front {
        try Task.checkCancellation()
        next += molecule.successors.filter { seen.insert($0.smiles).inserted }
      }
      next = Array(next.prefix(mostTrials - result.tried))
      result.swaps += 1
      if result.swaps == 1 { result.singles = next.count }
      result.expected = result.tried + next.count
      let values = try ask(next, trials, &result) { values in
        decision(values).map { $0 != now } ?? false
      } progress: {
        try progress($0)
      }
      let order = values.indices.sorted {
        (certainty(values[$0]), $0) < (certainty(values[$1]), $1)
      }
      front = order.prefix(width).map { next[$0] }
      result.flips = order.filter { decision(values[$0]) != now }.prefix(mostFlips).map {
        Flip(steps: next[$0].steps, smiles: next[$0].smiles, probabilities: values[$0])
      }
    }
    return result
  }

  private func ask(
    _ molecules: [SwappedMolecule], _ trials: EditTrials, _ result: inout Result,
    flips: ([Float]) -> Bool, progress: (Result) throws -> Void
  ) throws -> [[Float]] {
    let whole = 0..<trials.subject.text.utf8.count
    let before = result.tried
    var found = result
    let values = try trials.probabilities(
      of: molecules.map { [TextEdit(whole, replacement: $0.smiles)] }
    ) { values in
      found.tried = before + values.count
      found.flips = zip(molecules, values).filter { flips($1) }.prefix(mostFlips).map {
        Flip(steps: $0.steps, smiles: $0.smiles, probabilities: $1)
      }
      try progress(found)
    }
    result.tried = before + values.count
    return values
  }
}

/// A molecule with some swaps.
private struct SwappedMolecule {
  let molecule: Molecule
  let steps: [SwapSearch.Step]
  /// The index of each atom in the original molecule; nil for a new atom.
  private let origins: [Int?]
  private let original: Molecule

  var smiles: String { molecule.text }

  init(_ molecule: Molecule) {
    self.molecule = molecule
    original = molecule
    steps = []
    origins = molecule.atoms.indices.map(\.self)
  }

  private init(_ before: SwappedMolecule, _ written: WrittenSMILES, step: SwapSearch.Step) {
    molecule = SMILESReading(written.text).molecule
    original = before.original
    steps = before.steps + [step]
    var places: [Int: Int] = [:]
    for (range, origin) in zip(written.ranges, before.origins) where !range.isEmpty {
      places[range.lowerBound] = origin
    }
    origins = molecule.atoms.map { places[$0.range.lowerBound] }
  }

  /// The molecules with one more swap, at atoms of the original molecule.
  var successors: [SwappedMolecule] {
    molecule.atoms.indices.flatMap { atom -> [SwappedMolecule] in
      guard let origin = origins[atom] else { return [] }
      let group = molecule.terminalGroup(at: atom)
      let old = group.map { Self.formula($0, of: molecule) } ?? "H"
      let site = "\(original.atoms[origin].element.symbol) \(origin)"
      return Swap.allCases.filter { $0.formula != old }.compactMap { swap in
        molecule.swapping(atom, for: swap).map {
          SwappedMolecule(
            self, $0,
            step: .init(old: old, site: site, isHydrogen: group == nil, new: swap.formula))
        }
      }
    }
  }

  /// `CF3`, `NH2`, as in `Swap`.
  private static func formula(_ atoms: [Int], of molecule: Molecule) -> String {
    var parts: [(symbol: String, count: Int)] = []
    func add(_ symbol: String, _ count: Int) {
      guard count > 0 else { return }
      if let place = parts.firstIndex(where: { $0.symbol == symbol }) {
        parts[place].count += count
      } else {
        parts.append((symbol, count))
      }
    }
    for atom in atoms {
      add(molecule.atoms[atom].element.symbol, 1)
      add("H", molecule.atoms[atom].hydrogens)
    }
    return parts.map { $0.symbol + ($0.count > 1 ? "\($0.count)" : "") }.joined()
  }
}

extension SwapSearch.Step {
  /// `Cl 27 → OH`, `H at C 5 → F`.
  package func text(arrow: String) -> String {
    let goes: String
    if isHydrogen {
      goes = "H at \(site)"
    } else {
      let number = site.split(separator: " ").last.map(String.init) ?? ""
      goes = "\(old) \(number)"
    }
    return "\(goes) \(arrow) \(new)"
  }
}
