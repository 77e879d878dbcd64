internal import Datasets

/// What the user wrote about the rows of a data set.
struct RowNotes: Sendable {
  var annotations = Annotations()
  /// Rows of the table whose notes are not kept, and why.
  var unsaved: Set<Int> = []
  var savingProblem: String?
  /// What was written before each change, by rows of the table.
  var steps = Steps<[Int: Annotations.Entry]>()
}
