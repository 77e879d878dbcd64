/// What the model says without single words.
struct Removals: Sendable {
  /// Probabilities of all classes without a unit's pieces, for this edition.
  var probabilities: [[Int]: [Float]] = [:]
  var request: RemovalRequest?
  /// What stays beside a map of an older text.
  var older: OlderMeasures?
  /// What was said last of the token that is looked at, for while nothing newer can be.
  var inspected: InspectedToken?

  mutating func receive(_ answer: RemovalAnswer) {
    request = nil
    for (group, result) in zip(answer.groups, answer.probabilities) {
      probabilities[group] = result
    }
  }

  /// Of the edition before; what is kept of an older map stays.
  mutating func forgetResults() { (probabilities, request) = ([:], nil) }
}
