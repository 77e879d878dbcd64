/// Decides when to draw: changes by a key or a first answer at once, streamed results at most sixty
/// times a second, and changes that will soon be drawn over a little later.
struct FramePace {
  enum Urgency {
    case now, soon
    /// More of the same change is about to follow.
    case whenSettled
  }

  private static let pause = Duration.milliseconds(16)
  private static let patience = Duration.milliseconds(40)
  private var wanted: Urgency?
  private var last: ContinuousClock.Instant?
  /// Until when a change waits for the rest of it.
  private var settled: ContinuousClock.Instant?

  mutating func want(_ urgency: Urgency) {
    switch urgency {
    case .now: (wanted, settled) = (.now, nil)
    case .soon: wanted = wanted ?? .soon
    case .whenSettled:
      guard wanted != .now else { return }
      settled = settled ?? .now + Self.patience
      wanted = .whenSettled
    }
  }

  func mayDraw(at now: ContinuousClock.Instant) -> Bool {
    switch wanted {
    case nil: false
    case .now: true
    case .soon: last.map { now - $0 >= Self.pause } ?? true
    case .whenSettled: settled.map { now >= $0 } ?? true
    }
  }

  mutating func drew(at now: ContinuousClock.Instant) {
    (wanted, settled) = (nil, nil)
    last = now
  }

  /// When a postponed picture is due.
  var due: ContinuousClock.Instant? {
    switch wanted {
    case .soon: last.map { $0 + Self.pause }
    case .whenSettled: settled
    case .now, nil: nil
    }
  }
}
