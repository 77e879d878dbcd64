/// The sentences of the program. Those for errors stand where they are shown; here is what all of them are
/// made of.
package enum Messages {
  package static func list(_ names: [String], or isChoice: Bool = false) -> String {
    guard isChoice, names.count > 1 else {
      return names.isEmpty ? "none" : names.joined(separator: ", ")
    }
    return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
  }

  /// A list that may be long.
  package static func shortList(_ names: [String]) -> String {
    let shown = names.prefix(8).joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(Numerals.grouped(names.count - 8)) more" : list(names)
  }
}
