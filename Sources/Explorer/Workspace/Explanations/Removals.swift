internal import Tokenizers
package import Workbench

/// The predictions for the text with single words removed.
struct Removals: Sendable {
  /// The probabilities of all classes without a unit's pieces, for this edition.
  var probabilities: [[Int]: [Float]] = [:]
  /// The latest request; nil once it is answered.
  var request: RemoveWords?
  /// The measures of an older text's map that is still painted.
  var older: OlderMeasures?

  /// Drops the results of the previous edition; measures kept for an older map stay.
  mutating func forgetResults() { (probabilities, request) = ([:], nil) }
}

extension RemoveWords: AskedQuestion {
  package func receive(
    _ answer: [[Float]], isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    state.removals.request = nil
    for (group, probabilities) in zip(groups, answer) {
      state.removals.probabilities[group] = probabilities
    }
  }
}
