/// The configuration of a double bond as given by `/` and `\`: on which sides two neighbours of its
/// ends are.
public struct DoubleBondStereo: Sendable, Hashable {
  /// A neighbour of the bond's `from`, and one of its `to`.
  public var besideFrom: Int
  public var besideTo: Int
  /// Whether the two are on the same side.
  public var areCis: Bool
}

extension Molecule {
  /// nil if the text does not specify the sides, and in aromatic rings, which permit only one
  /// configuration.
  public func stereo(ofDoubleBond index: Int) -> DoubleBondStereo? {
    let bond = bonds[index]
    guard bond.order == 2, !bond.isAromatic else { return nil }
    guard let (besideFrom, isAbove) = markedNeighbor(of: bond.from, except: index),
      let (besideTo, isOtherAbove) = markedNeighbor(of: bond.to, except: index)
    else { return nil }
    return DoubleBondStereo(
      besideFrom: besideFrom, besideTo: besideTo, areCis: isAbove == isOtherAbove)
  }

  /// A neighbour whose bond has a mark, and whether the mark places it above the atom.
  private func markedNeighbor(of atom: Int, except double: Int) -> (atom: Int, isAbove: Bool)? {
    for index in incident[atom] where index != double {
      let bond = bonds[index]
      guard let direction = bond.direction, bond.order == 1 else { continue }
      return (bond.other(than: atom), (bond.from == atom) == (direction == .up))
    }
    return nil
  }
}
