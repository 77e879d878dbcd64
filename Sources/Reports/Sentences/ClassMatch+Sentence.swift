package import Datasets

extension ClassMatch {
  /// What was assumed of classes that are not called alike, as a sentence; nil where all are.
  package var assumption: String? {
    assumed.map { pairs in
      let matched = Messages.shortList(pairs.map { "\($0.label) = \($0.className)" })
      return
        "the classes of \(names.second) and \(names.first) were matched by the numbers in their"
        + " names: \(matched)"
    }
  }
}
