internal import Datasets

/// The user's labels and notes of the rows of a data set.
struct RowNotes: Sendable {
  var annotations = Annotations()
  /// The rows whose labels or notes are not saved, by their indices in the table.
  var unsaved: Set<Int> = []
  /// Why they could not be saved; nil if they could.
  var savingProblem: String?
  /// For undo: the entries before each change, by the rows' indices in the table.
  var steps = Steps<[Int: Annotations.Entry]>()
}
