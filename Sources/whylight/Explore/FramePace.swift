/// When to draw: at once what a key or a first answer changed, at most sixty times a second what
/// streams in, and a little later what would be drawn over at once.
struct FramePace {
  enum Urgency {
    case now, soon
    /// What belongs to it is on its way.
    case whenSettled
  }

  private static let pause = Duration.milliseconds(16)
  private static let patience = Duration.milliseconds(40)
  private var wanted: Urgency?
  private var last: ContinuousClock.Instant?
  /// Until when something waits for what belongs to it.
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

  /// When a picture that was put off is to be drawn.
  var due: ContinuousClock.Instant? {
    switch wanted {
    case .soon: last.map { $0 + Self.pause }
    case .whenSettled: settled
    case .now, nil: nil
    }
  }
}
