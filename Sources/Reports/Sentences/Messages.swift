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
    let shown = names.prefix(8).joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(Numerals.grouped(names.count - 8)) more" : list(names)
  }
}
