/// How many electrons an atom contributes to the p orbitals of a ring, in RDKit's default model.
struct PiDonor {
  let electrons: ClosedRange<Int>
  /// Whether it is `*` outside of a double bond, which stands for any number.
  var isWildcard = false

  /// nil if the atom cannot be part of an aromatic ring.
  init?(of index: Int, in molecule: Molecule) {
    let surroundings = Surroundings(of: index, in: molecule)
    if molecule.atoms[index].element == .any {
      isWildcard = !surroundings.hasRingDoubleBond
      electrons = isWildcard ? 0...2 : 1...1
      return
    }
    guard let count = surroundings.electrons, surroundings.canBeAromatic else { return nil }
    electrons = count...count
  }
}

/// The properties of an atom that the model depends on.
private struct Surroundings {
  private let atom: Atom
  private let degree: Int
  private let orders: Int
  private let multipleBonds: Int
  private let radicals: Int
  /// The atom at the other end of a double bond outside of rings.
  private let outside: Element?
  let hasRingDoubleBond: Bool

  init(of index: Int, in molecule: Molecule) {
    atom = molecule.atoms[index]
    let bonds = molecule.bonds(of: index).map { molecule.bonds[$0] }
    degree = bonds.count
    orders = bonds.reduce(0) { $0 + $1.order }
    multipleBonds = bonds.filter { $0.order >= 2 }.count
    hasRingDoubleBond = bonds.contains { $0.order >= 2 && $0.isInRing }
    outside = bonds.first { $0.order >= 2 && !$0.isInRing }
      .map { molecule.atoms[$0.other(than: index)].element }
    radicals = atom.radicals(orders: orders)
  }

  /// The valence of the neutral element.
  private var valence: Int? { Valence(of: atom.element).values.first }

  /// The electrons for the p orbitals; nil if there is no such orbital.
  var electrons: Int? {
    guard let free = freeElectrons, free >= 0 else { return nil }
    switch free {
    case 0:
      if outside != nil { return 0 }
      return hasRingDoubleBond ? 1 : nil
    case 1:
      if outside != nil { return takesElectron ? 0 : 1 }
      if orders > degree { return 1 }
      // Tropylium and cyclopropenyl.
      return atom.charge == 1 ? 0 : nil
    default:
      return (takesElectron ? free - 1 : free) % 2 == 1 ? 1 : 2
    }
  }

  /// The electrons that are not in sigma bonds.
  private var freeElectrons: Int? {
    guard let valence, valence > 1, let outer = atom.element.outerElectrons else { return nil }
    let neighbors = degree + atom.hydrogens
    guard neighbors <= 3 else { return nil }
    let lonePairs = max(outer - valence - atom.charge, 0)
    let free = valence - neighbors + lonePairs - radicals
    // With a triple bond, one electron is in the plane.
    return free > 1 && orders + atom.explicitHydrogens - degree > 1 ? 1 : free
  }

  /// Whether the neighbour outside of the ring attracts the electrons of the double bond.
  private var takesElectron: Bool {
    guard let outside, let theirs = outside.outerElectrons, let ours = atom.element.outerElectrons
    else { return false }
    return theirs > ours || theirs == ours && outside.atomicNumber < atom.element.atomicNumber
  }

  var canBeAromatic: Bool {
    let number = atom.element.atomicNumber
    guard number <= 18 || number == 34 || number == 52 else { return false }
    // An atom with more bonds than its lowest valence has no p orbital for the ring.
    if valence != nil, number > atom.charge {
      let most = Valence(of: Element(number - atom.charge)).values.first ?? 0
      if orders + atom.hydrogens > most { return false }
    }
    if radicals > 0 && (atom.element != .carbon || atom.charge != 0) { return false }
    return multipleBonds <= 1 || orders + atom.explicitHydrogens - degree <= 1
  }
}

extension Atom {
  /// The unpaired electrons of an atom in brackets, whose hydrogens are all written.
  func radicals(orders: Int) -> Int {
    guard isBracketed, let outer = element.outerElectrons,
      !Valence(of: element).values.isEmpty
    else { return 0 }
    let bonds = orders + explicitHydrogens
    let missing = (element == .hydrogen ? 2 : 8) - outer - bonds + charge
    guard missing > 0 else { return 0 }
    let left = outer - bonds - charge
    return left >= 0 ? min(missing, left) : missing
  }
}
