package import Datasets

extension ClassMatch {
  /// The assumption about classes with different names, as a sentence; nil if all names are the
  /// same.
  package var assumption: String? {
    assumed.map { pairs in
      let matched = Messages.shortList(pairs.map { "\($0.label) = \($0.className)" })
      return
        "the classes of \(names.second) and \(names.first) were matched by the numbers in their"
        + " names: \(matched)"
    }
  }
}
