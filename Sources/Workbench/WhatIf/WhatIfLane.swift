extension Lane {
  /// Questions about the text that take more than one model pass: one at a time.
  public static let whatIf = Lane("what if")
}

/// A question of that lane.
public protocol WhatIfQuestion: Question {}

extension WhatIfQuestion {
  public var lane: Lane { .whatIf }
  public var pause: Duration { .milliseconds(150) }
}
