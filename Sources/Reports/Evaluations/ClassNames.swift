package import Datasets
package import Documents

/// The names of classes as reports write them.
package enum ClassNames {
  /// Several classes of one text are separated as in a data set.
  package static func text(_ gold: Gold, _ classes: [String]) -> String {
    gold.classes.map { classes[$0] }.joined(separator: "|")
  }

  /// A name, a list of names, or null without a label.
  package static func json(_ gold: Gold, _ classes: [String]) -> JSON {
    switch gold {
    case .unknown: .null
    case .one(let index): .string(classes[index])
    case .several(let indices): .array(indices.map { .string(classes[$0]) })
    }
  }
}
