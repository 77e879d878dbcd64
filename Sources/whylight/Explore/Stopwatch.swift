internal import Explorer

/// Measures the time from a key to its echo, its prediction and the first heatmap on the screen.
struct Stopwatch {
  private var key: ContinuousClock.Instant?
  private var reached: Set<KeyTiming.Milestone> = []

  mutating func keyCame(at now: ContinuousClock.Instant) {
    key = now
    reached = []
  }

  /// What a picture shows for the first time since the last key, and the seconds since that key.
  mutating func drew(_ state: State, at now: ContinuousClock.Instant) -> [KeyTiming] {
    guard let key else { return [] }
    var milestones: [KeyTiming.Milestone] = [.echo]
    if state.isPredictionFresh { milestones.append(.prediction) }
    if state.isPredictionFresh, state.explanations.shown != nil, !state.isShownStale {
      milestones.append(.heatmap)
    }
    let fresh = milestones.filter { !reached.contains($0) }
    reached.formUnion(fresh)
    if reached.contains(.heatmap) { self.key = nil }
    return fresh.map { KeyTiming($0, seconds: (now - key) / .seconds(1)) }
  }
}
