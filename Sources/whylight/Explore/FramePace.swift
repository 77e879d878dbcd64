/// When to draw: at once what a key or a first answer changed, at most sixty times a second what
/// streams in.
struct FramePace {
  enum Urgency { case now, soon }

  private static let pause = Duration.milliseconds(16)
  private var wanted: Urgency?
  private var last: ContinuousClock.Instant?

  mutating func want(_ urgency: Urgency) {
    if wanted != .now { wanted = urgency }
  }

  func mayDraw(at now: ContinuousClock.Instant) -> Bool {
    switch wanted {
    case nil: false
    case .now: true
    case .soon: last.map { now - $0 >= Self.pause } ?? true
    }
  }

  mutating func drew(at now: ContinuousClock.Instant) {
    wanted = nil
    last = now
  }

  /// When a picture that was put off is to be drawn.
  var due: ContinuousClock.Instant? {
    guard wanted == .soon, let last else { return nil }
    return last + Self.pause
  }
}
