import CCoordGen

extension Depiction {
  /// More neighbours than an atom has in any compound.
  private static let neighborLimit = 12

  /// The coordinates of one part of a molecule.
  /// - Parameter budget: the budget; one attempt is made in any case.
  static func layout(
    of component: [Int], in molecule: Molecule, near kept: CommonAtoms?,
    within budget: inout LayoutBudget
  ) throws(DepictionRefusal) -> [Point] {
    guard component.count > 1 else { return [Point(x: 0, y: 0)] }
    guard component.count <= atomLimit else {
      throw .tooManyAtoms(component.count, limit: atomLimit)
    }
    for atom in component where molecule.bonds(of: atom).count > neighborLimit {
      throw .tooManyNeighbors(
        atom: atom, count: molecule.bonds(of: atom).count, limit: neighborLimit)
    }
    let number = Dictionary(
      uniqueKeysWithValues: component.enumerated().map { ($1, Int32($0)) })
    let atoms = component.map {
      let atom = molecule.atoms[$0]
      let before = kept?.before[$0]
      return coordgen_atom(
        atomic_number: Int32(atom.element.atomicNumber), charge: Int32(atom.charge),
        hydrogens: Int32(atom.hydrogens), had_place: before == nil ? 0 : 1,
        x: (before?.x ?? 0) * coordgen_bond_length, y: (before?.y ?? 0) * coordgen_bond_length)
    }
    var bonds: [coordgen_bond] = []
    var rotatable: Set<Int> = []
    for index in Set(component.flatMap { molecule.bonds(of: $0) }).sorted() {
      let bond = molecule.bonds[index]
      guard let from = number[bond.from], let to = number[bond.to] else { continue }
      let stereo = molecule.stereo(ofDoubleBond: index)
      if bond.order == 1, !bond.isInRing { rotatable.insert(bonds.count) }
      bonds.append(
        coordgen_bond(
          from: from, to: to, order: Int32(min(bond.order, 3)),
          beside_from: stereo.flatMap { number[$0.besideFrom] } ?? -1,
          beside_to: stereo.flatMap { number[$0.besideTo] } ?? -1,
          are_cis: stereo?.areCis == true ? 1 : 0))
    }
    let rings = bonds.count - atoms.count + 1
    let ringLimit = max(2 * atoms.count / 3, 4)
    guard rings <= ringLimit else { throw .tooManyRings(rings, limit: ringLimit) }
    let graph = LayoutGraph(
      atoms: atoms.count,
      bonds: bonds.enumerated().map { index, bond in
        .init(Int(bond.from), Int(bond.to), isRotatable: rotatable.contains(index))
      },
      rings: molecule.rings.compactMap { ring in
        let own = ring.compactMap { number[$0].map(Int.init) }
        return own.count == ring.count ? own : nil
      },
      sides: bonds.filter { $0.beside_from >= 0 }.map {
        .init(
          from: Int($0.from), to: Int($0.to), besideFrom: Int($0.beside_from),
          besideTo: Int($0.beside_to), areCis: $0.are_cis != 0)
      })
    if budget.isLimited, isSlow(graph), let patched = kept?.patched(component, graph) {
      budget.markIncomplete()
      return patched
    }
    return try arranged(atoms, bonds, graph, &budget).map { Point(x: $0.x, y: $0.y) }
  }

  /// The layout of larger parts by CoordGen takes too long for a response to a key.
  private static let mostAtomsAtOnce = 100

  /// Whether even the first attempt at a layout takes too long for a response to a key.
  private static func isSlow(_ graph: LayoutGraph) -> Bool {
    let beginsWithStress = needsCircle(graph.macrocycles) || graph.openings > mostOpenings
    let first = beginsWithStress ? Best.stressCost(graph) : graph.openingCost
    var budget = LayoutBudget.interactive
    return graph.neighbors.count > mostAtomsAtOnce || !budget.covers(first)
  }

  /// With rings of this many atoms, or with this many fused macrocycles, CoordGen's search for the
  /// shape of rings takes longer than everything else, and a circle is tried first.
  private static let leastCircle = 24
  private static let mostMacrocycles = 3
  /// Up to this number of counted openings, CoordGen opened at most 34 bonds in a thousand random
  /// cages, within 50 ms. With 15 it opened hundreds and with 24 thousands, which takes seconds to
  /// minutes. Vancomycin has 8; cucurbit[6]uril has 18, and the same drawing without CoordGen.
  private static let mostOpenings = 12
  /// After this many steps of relaxation, the best layout so far is used.
  fileprivate static let mostSteps = 1200
  /// If no layout is readable yet, layouts around this many rings are tried, one ring after the
  /// other.
  private static let mostCircles = 3

  /// CoordGen's ideal layout, with flips where atoms overlap. What flips do not resolve (crowded
  /// rings, macrocycles and cages) is relaxed: from that layout, from a layout of minimal stress,
  /// and from a circle. The most readable of these is used. CoordGen's own search for flips and its
  /// force field take tens of times as long.
  private static func arranged(
    _ atoms: [coordgen_atom], _ bonds: [coordgen_bond], _ graph: LayoutGraph,
    _ budget: inout LayoutBudget
  ) throws(DepictionRefusal) -> [SIMD2<Float>] {
    var best = Best(graph, budget)
    defer { budget = best.budget }
    let rings = graph.rings.sorted { $0.count > $1.count }
    let macrocycles = graph.macrocycles
    let isLarge = needsCircle(macrocycles)
    if isLarge {
      let readsWell = best.tryCircles(around: rings.prefix(mostCircles))
      if readsWell || macrocycles.count > mostMacrocycles && best.hasCorrectSides {
        return best.points
      }
    }
    if graph.openings <= mostOpenings, best.allows(graph.openingCost),
      let ideal = try? place(atoms, bonds, opensRings: isLarge)
    {
      best.budget.spend(graph.openingCost)
      var untangling = Untangling(ideal, graph)
      let faults = untangling.resolve()
      best.keepIfBetter(untangling.points, faults)
      if faults.areNone || best.tryRelaxing(untangling.points)
        || best.tryStress(from: untangling.points)
      {
        return best.points
      }
    }
    if !isLarge { _ = best.tryCircles(around: rings.prefix(mostCircles)) }
    guard !best.points.isEmpty else { throw .noLayout }
    return best.points
  }

  /// Whether CoordGen's search for the shape of these rings takes longer than everything else.
  private static func needsCircle(_ macrocycles: [[Int]]) -> Bool {
    macrocycles.contains { $0.count >= leastCircle } || macrocycles.count > mostMacrocycles
  }

  /// The most readable layout so far.
  private struct Best {
    private(set) var points: [SIMD2<Float>] = []
    private var faults: LayoutFaults?
    private let graph: LayoutGraph
    private var steps = mostSteps
    var budget: LayoutBudget

    private static let roundsOfStress = 60

    init(_ graph: LayoutGraph, _ budget: LayoutBudget) {
      self.graph = graph
      self.budget = budget
    }

    /// The cost of an attempt from a layout of minimal stress.
    static func stressCost(_ graph: LayoutGraph) -> Int {
      Stress.cost(rounds: roundsOfStress, graph) + Relaxation.largestCost(graph)
    }

    /// Whether the budget permits an attempt of this cost; the first attempt is always permitted.
    mutating func allows(_ attempt: Int) -> Bool { points.isEmpty || budget.covers(attempt) }

    /// Whether the neighbours of all double bonds are on the sides that the text specifies.
    var hasCorrectSides: Bool { faults?.wrongSides == 0 }

    mutating func keepIfBetter(_ points: [SIMD2<Float>], _ faults: LayoutFaults) {
      guard faults.cost < self.faults?.cost ?? .infinity else { return }
      self.points = points
      self.faults = faults
    }

    /// - Returns: whether the layout is readable now, or no more attempts are permitted.
    mutating func tryRelaxing(_ start: [SIMD2<Float>]) -> Bool {
      guard steps > 0, allows(Relaxation.largestCost(graph)) else { return true }
      var relaxation = Relaxation(start, graph)
      let faults = relaxation.resolve(within: &budget)
      steps -= relaxation.steps
      keepIfBetter(relaxation.points, faults)
      return faults.areSmall
    }

    mutating func tryCircles(around rings: some Sequence<[Int]>) -> Bool {
      rings.contains { tryStress(from: CircleLayout(graph, around: $0).points) }
    }

    mutating func tryStress(from start: [SIMD2<Float>]) -> Bool {
      guard steps > 0, allows(Self.stressCost(graph)) else { return true }
      var stress = Stress(start, graph)
      stress.run(rounds: Self.roundsOfStress)
      budget.spend(Stress.cost(rounds: Self.roundsOfStress, graph))
      return tryRelaxing(stress.points)
    }
  }

  private static func place(
    _ atoms: [coordgen_atom], _ bonds: [coordgen_bond], opensRings: Bool
  ) throws(DepictionRefusal) -> [SIMD2<Float>] {
    var places = [Float](repeating: 0, count: 2 * atoms.count)
    let status = unsafe coordgen_place(
      atoms, Int32(atoms.count), bonds, Int32(bonds.count), opensRings ? 1 : 0, &places)
    let isFinite = places.allSatisfy { $0.isFinite && abs($0) < 1e6 }
    guard status == 0, isFinite else { throw .noLayout }
    let scale = 1 / coordgen_bond_length
    return atoms.indices.map { SIMD2(places[2 * $0], places[2 * $0 + 1]) * scale }
  }
}
