internal import Explorer

/// Measures the time from a key to its echo, its prediction and the first heatmap on the screen.
struct Stopwatch {
  private var key: ContinuousClock.Instant?
  private var seen: Set<KeyTiming.Sight> = []

  mutating func keyCame(at now: ContinuousClock.Instant) {
    key = now
    seen = []
  }

  /// What a picture shows for the first time since the last key, and the seconds since that key.
  mutating func drew(_ state: State, at now: ContinuousClock.Instant) -> [KeyTiming] {
    guard let key else { return [] }
    var sights: [KeyTiming.Sight] = [.echo]
    if state.isPredictionFresh { sights.append(.prediction) }
    if state.isPredictionFresh, state.explanations.shown != nil, !state.isShownStale {
      sights.append(.heatmap)
    }
    let fresh = sights.filter { !seen.contains($0) }
    seen.formUnion(fresh)
    if seen.contains(.heatmap) { self.key = nil }
    return fresh.map { KeyTiming($0, seconds: (now - key) / .seconds(1)) }
  }
}
