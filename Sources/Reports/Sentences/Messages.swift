/// Parts of the program's messages. The messages themselves are where they are shown.
package enum Messages {
  package static func list(_ names: [String], or isChoice: Bool = false) -> String {
    guard isChoice, names.count > 1 else {
      return names.isEmpty ? "none" : names.joined(separator: ", ")
    }
    return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
  }

  /// A list that is shortened if it is long.
  package static func shortList(_ names: [String]) -> String {
    list(names, atMost: 8)
  }

  /// `a, b and 46 more`
  package static func list(_ names: [String], atMost limit: Int) -> String {
    guard names.count > limit else { return list(names) }
    return names.prefix(limit).joined(separator: ", ")
      + " and \(Numerals.grouped(names.count - limit)) more"
  }
}
