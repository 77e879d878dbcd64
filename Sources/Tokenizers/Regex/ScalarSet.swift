/// A set of Unicode scalars as a regular expression writes it: `[^\s\p{L}]`.
struct ScalarSet: Sendable, Hashable {
  /// Members below U+0080, one bit each; includes those of all other properties.
  private(set) var low: UInt64 = 0
  private(set) var high: UInt64 = 0
  private let union: Union
  private let isNegated: Bool
  /// Upper and lower case are the same.
  private let ignoresCase: Bool

  /// The parts of a set; a scalar that is in any of them is a member.
  struct Union: Sendable, Hashable {
    /// A bit for each of Oniguruma's general categories.
    var categories: UInt32 = 0
    /// `ScalarFacts`.
    var facts: UInt32 = 0
    var ranges: [ClosedRange<UInt32>] = []
    /// Numbers from 1, as in `scriptNames`.
    var scripts: [UInt8] = []
    /// Nested sets, each a list of sets that are intersected: `[a-z&&[^aeiou]]`.
    var intersections: [[ScalarSet]] = []
  }

  init(_ union: Union, isNegated: Bool = false, ignoresCase: Bool = false) {
    self.union = union
    self.isNegated = isNegated
    self.ignoresCase = ignoresCase
    for scalar in UInt32(0)..<64 where evaluate(scalar) { low |= 1 << UInt64(scalar) }
    for scalar in UInt32(64)..<128 where evaluate(scalar) { high |= 1 << UInt64(scalar - 64) }
  }

  init(_ scalar: UInt32, ignoresCase: Bool = false) {
    self.init(Union(ranges: [scalar...scalar]), ignoresCase: ignoresCase)
  }

  /// Adds its members to those of another set.
  func add(to other: inout Union) {
    if isNegated || ignoresCase {
      other.intersections.append([self])
      return
    }
    other.categories |= union.categories
    other.facts |= union.facts
    other.ranges += union.ranges
    other.scripts += union.scripts
    other.intersections += union.intersections
  }

  @inline(__always)
  func contains(_ scalar: UInt32) -> Bool {
    if scalar < 64 { return low & (1 << UInt64(scalar)) != 0 }
    if scalar < 128 { return high & (1 << UInt64(scalar - 64)) != 0 }
    return evaluate(scalar)
  }

  private func evaluate(_ scalar: UInt32) -> Bool {
    if !ignoresCase { return isInUnion(scalar) != isNegated }
    return caseVariants(of: scalar).contains(where: isInUnion) != isNegated
  }

  private func isInUnion(_ scalar: UInt32) -> Bool {
    if union.categories != 0 || union.facts != 0 {
      let facts = ScalarFacts(of: scalar)
      if union.categories & (1 << facts.category) != 0 || facts.has(union.facts) { return true }
    }
    for range in union.ranges where range.contains(scalar) { return true }
    if !union.scripts.isEmpty, union.scripts.contains(regexScript(of: scalar)) { return true }
    for sets in union.intersections where sets.allSatisfy({ $0.contains(scalar) }) { return true }
    return false
  }
}

/// The scalar, and the single scalars that differ from it only in case.
private func caseVariants(of scalar: UInt32) -> [UInt32] {
  guard let value = Unicode.Scalar(scalar) else { return [scalar] }
  var variants = [scalar]
  func add(_ mapping: String) {
    let scalars = mapping.unicodeScalars
    if scalars.count == 1, let first = scalars.first, !variants.contains(first.value) {
      variants.append(first.value)
    }
  }
  add(value.properties.lowercaseMapping)
  add(value.properties.uppercaseMapping)
  add(value.properties.titlecaseMapping)
  // Long s and the Kelvin and Angstrom signs, whose case mappings are not symmetric.
  let families: [[UInt32]] = [[0x53, 0x73, 0x17F], [0x4B, 0x6B, 0x212A], [0xC5, 0xE5, 0x212B]]
  for family in families where family.contains(scalar) { variants += family }
  return variants
}

/// Oniguruma's general categories, in the order of the table.
enum GeneralCategories {
  private static let names = [
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe",
    "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn",
  ]
  private static let longNames = [
    "uppercaseletter": "lu", "lowercaseletter": "ll", "titlecaseletter": "lt",
    "modifierletter": "lm", "otherletter": "lo", "nonspacingmark": "mn", "spacingmark": "mc",
    "enclosingmark": "me", "decimalnumber": "nd", "letternumber": "nl", "othernumber": "no",
    "connectorpunctuation": "pc", "dashpunctuation": "pd", "openpunctuation": "ps",
    "closepunctuation": "pe", "initialpunctuation": "pi", "finalpunctuation": "pf",
    "otherpunctuation": "po", "mathsymbol": "sm", "currencysymbol": "sc", "modifiersymbol": "sk",
    "othersymbol": "so", "spaceseparator": "zs", "lineseparator": "zl",
    "paragraphseparator": "zp", "control": "cc", "format": "cf", "surrogate": "cs",
    "privateuse": "co", "unassigned": "cn", "letter": "l", "mark": "m", "number": "n",
    "punctuation": "p", "symbol": "s", "separator": "z", "other": "c",
  ]

  /// A bit for each category that a property's name covers: `L`, `lu`, `Nd`; nil if it is not a
  /// category.
  static func mask(of name: String) -> UInt32? {
    let lower = longNames[name] ?? name
    var mask: UInt32 = 0
    for (index, category) in names.enumerated()
    where category.lowercased() == lower
      || (lower.count == 1 && category.lowercased().hasPrefix(lower))
    {
      mask |= 1 << UInt32(index)
    }
    return mask == 0 ? nil : mask
  }
}
