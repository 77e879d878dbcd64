package import Documents
internal import Molecules

/// The additional JSON members of an explanation whose text is a molecule.
package enum MoleculeJSON {
  /// `atoms`, `bonds`, `rest`; `groups` if units were removed, and `spellings` if other spellings
  /// were explained. The first two are null for a text with an error.
  package static func members(of molecule: ExplainedMolecule) -> [JSON.Member] {
    guard molecule.reading.problem == nil else {
      return [
        .init("atoms", .null), .init("bonds", .null),
        .init("smiles_problem", molecule.problem.map(JSON.string) ?? .null),
      ]
    }
    let structure = molecule.reading.molecule
    var members = [
      JSON.Member(
        "atoms",
        .array(
          zip(structure.atoms, molecule.heat.atoms).enumerated().map { atom($0, $1.0, $1.1) })),
      .init("bonds", .array(zip(structure.bonds, molecule.heat.bonds).map { bond($0, $1) })),
      .init("rest", .float(molecule.heat.restTotal)),
    ]
    if let units = molecule.units {
      members.append(.init("groups", .array(units.map(unit))))
    }
    if let spellings = molecule.spellings {
      members.append(.init("spellings", self.spellings(spellings)))
    }
    return members
  }

  /// Mean and spread have one number per atom, in the order of `atoms`.
  private static func spellings(_ found: SpellingSpread) -> JSON {
    .object([
      .init("count", .integer(found.count)), .init("distinct", .integer(found.distinct)),
      .init("mean", .array(found.mean.map(JSON.float))),
      .init("spread", .array(found.spread.map(JSON.float))),
      .init("share", found.share.map(JSON.float) ?? .null),
      .init("value_mean", .float(found.valueMean)),
      .init("value_spread", .float(found.valueSpread)),
      .init("same_decision", found.agreeing.map(JSON.integer) ?? .null),
    ])
  }

  private static func atom(_ index: Int, _ atom: Atom, _ score: Float) -> JSON {
    .object([
      .init("index", .integer(index)), .init("element", .string(atom.element.symbol)),
      .init("start", .integer(atom.range.lowerBound)),
      .init("end", .integer(atom.range.upperBound)), .init("score", .float(score)),
    ])
  }

  /// A ring closure is at two places of the text; the range is that of the place where the ring
  /// opens.
  private static func bond(_ bond: Bond, _ score: Float) -> JSON {
    .object([
      .init("from", .integer(bond.from)), .init("to", .integer(bond.to)),
      .init("order", bond.isAromatic ? .number(1.5) : .integer(bond.order)),
      .init("start", bond.ranges.first.map { .integer($0.lowerBound) } ?? .null),
      .init("end", bond.ranges.first.map { .integer($0.upperBound) } ?? .null),
      .init("score", .float(score)),
    ])
  }

  private static func unit(_ unit: MoleculeUnitScore) -> JSON {
    .object([
      .init("name", .string(unit.name)), .init("atoms", .array(unit.atoms.map(JSON.integer))),
      .init("score", .float(unit.score)),
    ])
  }
}
