package import Datasets
package import Documents

/// Classes by name, as reports write them.
package enum ClassNames {
  /// Several classes of one text are joined as a data set may write them.
  package static func text(_ gold: Gold, _ classes: [String]) -> String {
    gold.classes.map { classes[$0] }.joined(separator: "|")
  }

  /// A name, a list of names, or null where nobody said.
  package static func json(_ gold: Gold, _ classes: [String]) -> JSON {
    switch gold {
    case .unknown: .null
    case .one(let index): .string(classes[index])
    case .several(let indices): .array(indices.map { .string(classes[$0]) })
    }
  }
}
