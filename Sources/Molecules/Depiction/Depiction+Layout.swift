import CCoordGen

extension Depiction {
  /// More than any compound of the elements has.
  private static let neighborLimit = 12

  /// The places of one part of a molecule.
  /// - Parameter work: what may be spent; something has to be tried in any case.
  static func layout(
    of component: [Int], in molecule: Molecule, near kept: CommonAtoms?,
    within work: inout LayoutWork
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
    if work.isLimited, isSlow(graph), let patched = kept?.patched(component, graph) {
      work.cut()
      return patched
    }
    return try arranged(atoms, bonds, graph, &work).map { Point(x: $0.x, y: $0.y) }
  }

  /// Of larger parts CoordGen's layout alone takes longer than a key may.
  private static let mostAtomsAtOnce = 100

  /// Not even the first attempt at a layout is quick enough for a key.
  private static func isSlow(_ graph: LayoutGraph) -> Bool {
    let beginsWithStress = needsCircle(graph.macrocycles) || graph.openings > mostOpenings
    let first = beginsWithStress ? Best.workOfStress(graph) : graph.workOfOpenings
    var work = LayoutWork.ofKey
    return graph.neighbors.count > mostAtomsAtOnce || !work.covers(first)
  }

  /// From so many atoms of a ring on, or where so many macrocycles hang together, CoordGen's search for a shape
  /// takes longer than all else, and a circle comes first.
  private static let leastCircle = 24
  private static let mostMacrocycles = 3
  /// Up to so many, CoordGen opened at most 34 bonds of a thousand random cages, in 50 ms. With 15 it opened
  /// hundreds, with 24 thousands, for seconds and minutes. Vancomycin has 8, cucurbit[6]uril 18, and without CoordGen
  /// the same drawing.
  private static let mostOpenings = 12
  /// How many steps of relaxation are taken before the best layout so far has to do.
  fileprivate static let mostSteps = 1200
  /// Around how many rings all else is put, one after the other, where nothing reads well.
  private static let mostCircles = 3

  /// CoordGen's ideal layout, with sides of bonds flipped where atoms stand on each other. What flips alone
  /// don't resolve, crowded rings, macrocycles and cages, is relaxed: from that layout, from one of least stress,
  /// and from a circle. The one that reads best is taken. CoordGen's own search for flips
  /// and its force field take tens of times as long.
  private static func arranged(
    _ atoms: [coordgen_atom], _ bonds: [coordgen_bond], _ graph: LayoutGraph,
    _ work: inout LayoutWork
  ) throws(DepictionRefusal) -> [SIMD2<Float>] {
    var best = Best(graph, work)
    defer { work = best.work }
    let rings = graph.rings.sorted { $0.count > $1.count }
    let macrocycles = graph.macrocycles
    let isLarge = needsCircle(macrocycles)
    if isLarge {
      let readsWell = best.tryCircles(around: rings.prefix(mostCircles))
      if readsWell || macrocycles.count > mostMacrocycles && best.isTrue { return best.points }
    }
    if graph.openings <= mostOpenings, best.allows(graph.workOfOpenings),
      let ideal = try? place(atoms, bonds, opensRings: isLarge)
    {
      best.work.spend(graph.workOfOpenings)
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

  /// CoordGen's search for the shape of these rings takes longer than all else.
  private static func needsCircle(_ macrocycles: [[Int]]) -> Bool {
    macrocycles.contains { $0.count >= leastCircle } || macrocycles.count > mostMacrocycles
  }

  /// The layout that reads best so far.
  private struct Best {
    private(set) var points: [SIMD2<Float>] = []
    private var faults: LayoutFaults?
    private let graph: LayoutGraph
    private var steps = mostSteps
    var work: LayoutWork

    private static let roundsOfStress = 60

    init(_ graph: LayoutGraph, _ work: LayoutWork) {
      self.graph = graph
      self.work = work
    }

    /// What an attempt from a layout of least stress takes.
    static func workOfStress(_ graph: LayoutGraph) -> Int {
      Stress.work(rounds: roundsOfStress, graph) + Relaxation.mostWork(graph)
    }

    /// Whether so much may be spent on an attempt; on the first it may.
    mutating func allows(_ attempt: Int) -> Bool { points.isEmpty || work.covers(attempt) }

    /// Whether all double bonds have their neighbours where the text has them.
    var isTrue: Bool { faults?.wrongSides == 0 }

    mutating func keepIfBetter(_ points: [SIMD2<Float>], _ faults: LayoutFaults) {
      guard faults.cost < self.faults?.cost ?? .infinity else { return }
      self.points = points
      self.faults = faults
    }

    /// - Returns: whether it reads well now, or nothing more may be tried.
    mutating func tryRelaxing(_ start: [SIMD2<Float>]) -> Bool {
      guard steps > 0, allows(Relaxation.mostWork(graph)) else { return true }
      var relaxation = Relaxation(start, graph)
      let faults = relaxation.resolve(within: &work)
      steps -= relaxation.steps
      keepIfBetter(relaxation.points, faults)
      return faults.areSmall
    }

    mutating func tryCircles(around rings: some Sequence<[Int]>) -> Bool {
      rings.contains { tryStress(from: CircleLayout(graph, around: $0).points) }
    }

    mutating func tryStress(from start: [SIMD2<Float>]) -> Bool {
      guard steps > 0, allows(Self.workOfStress(graph)) else { return true }
      var stress = Stress(start, graph)
      stress.run(rounds: Self.roundsOfStress)
      work.spend(Stress.work(rounds: Self.roundsOfStress, graph))
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
