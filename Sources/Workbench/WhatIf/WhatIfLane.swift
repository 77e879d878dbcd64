public import Attribution

extension Lane {
  /// Questions about the text that take more than one look at the model: one at a time.
  public static let whatIf = Lane("what if")
}

/// A question of that lane.
public protocol WhatIfQuestion: Question {
  /// The text that it is about, with what of it is not read.
  var text: EditedText { get }
}

extension WhatIfQuestion {
  public var lane: Lane { .whatIf }
  public var pause: Duration { .milliseconds(150) }
}
