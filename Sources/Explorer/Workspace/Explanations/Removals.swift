/// What the model says of the text with single words removed.
struct Removals: Sendable {
  /// Probabilities of all classes without a unit's pieces, for this edition.
  var probabilities: [[Int]: [Float]] = [:]
  var request: RemovalRequest?
  /// Measures of an older text's map that is still painted.
  var older: OlderMeasures?
  /// What was last shown of the selected token, until it can be computed for the present text.
  var inspected: InspectedToken?

  mutating func receive(_ answer: RemovalAnswer) {
    request = nil
    for (group, result) in zip(answer.groups, answer.probabilities) {
      probabilities[group] = result
    }
  }

  /// Drops the results of the previous edition; measures kept for an older map stay.
  mutating func forgetResults() { (probabilities, request) = ([:], nil) }
}
