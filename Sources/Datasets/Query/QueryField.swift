/// The fields of an example that a query can use.
public enum QueryField: String, Sendable, CaseIterable {
  /// The label; the prediction; a second model's prediction; the user's new label.
  case gold, pred, other, label
  /// The probability of the prediction.
  case p
  case loss
  case text
  /// The number of words between spaces; for a molecule, of atoms other than hydrogen.
  case len
  /// The row's id in the file; its index from 0.
  case id, row
  /// The user's note.
  case note
  /// The words that contribute most to the prediction, if known.
  case evidence
  /// For molecules: the names of the functional groups and rings; the symbols of the elements; the number of rings,
  /// and of aromatic rings; the net charge; the number of atoms with a written stereo configuration.
  case group, element, rings, aromatic, charge, stereo
  /// The reason why a text is not a molecule.
  case mistake

  enum Kind {
    /// A name: of a class or a row.
    case name
    case prose
    case number
  }

  public var isNumber: Bool { kind == .number }

  var kind: Kind {
    switch self {
    case .gold, .pred, .other, .label, .id: .name
    case .text, .note, .evidence, .group, .element, .mistake: .prose
    case .p, .loss, .len, .row, .rings, .aromatic, .charge, .stereo: .number
    }
  }

  /// Only molecules have a value for the field.
  public var isOfMolecules: Bool {
    switch self {
    case .group, .element, .rings, .aromatic, .charge, .stereo, .mistake: true
    case .gold, .pred, .other, .label, .p, .loss, .text, .len, .id, .row, .note, .evidence: false
    }
  }
}

/// The value of a field.
public enum QueryValue: Sendable, Equatable {
  case text(String)
  case number(Double)
}

/// Something that a query can be evaluated on.
public protocol QuerySubject {
  /// nil if the field is empty.
  func value(of field: QueryField) -> QueryValue?
}

enum QueryOperator: String, CaseIterable {
  // Longer ones first, because `<` is a prefix of `<=`.
  case notEqual = "!="
  case notMatching = "!~"
  case atMost = "<="
  case atLeast = ">="
  case equal = "="
  case matching = "~"
  case less = "<"
  case greater = ">"

  var isOrder: Bool {
    switch self {
    case .less, .greater, .atMost, .atLeast: true
    case .equal, .notEqual, .matching, .notMatching: false
    }
  }
}

/// Why a text is not a query, and which part of it is wrong.
public struct QueryError: Error, Sendable, Equatable {
  public enum Problem: Sendable, Equatable {
    case unknownField(String)
    /// A field that is not followed by one of `= != < > <= >= ~ !~`.
    case noOperator(after: String)
    case noValue
    /// `~` with a number, `<` with a text.
    case unfitOperator(String, field: QueryField)
    case notANumber(String, field: QueryField)
    case badPattern(String)
    case openQuote
    case openParenthesis
    case unexpected(String)
    /// Nested more deeply than is reasonable.
    case tooDeep
  }

  public var problem: Problem
  /// The wrong characters, counted from 0; empty if something is missing.
  public var range: Range<Int>

  public init(_ problem: Problem, _ range: Range<Int>) {
    self.problem = problem
    self.range = range
  }
}
