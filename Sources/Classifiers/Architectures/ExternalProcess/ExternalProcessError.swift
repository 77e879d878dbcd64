public import Documents

/// A failure of an external program.
public indirect enum ExternalProcessError: TextError, Sendable, Equatable {
  /// Nothing follows `exec:`.
  case noCommand
  /// The system's error number.
  case notStarted(code: Int32)
  /// It ended before it answered; a signal is given as a negative status.
  case ended(status: Int32)
  case timedOut(after: Duration)
  /// It failed this many times in a row; the last error is given.
  case gaveUp(starts: Int, last: ExternalProcessError)
  /// It wrote something without a request; the start of it is given.
  case unasked(start: String)
  /// An answer has the number of another request.
  case otherRequest(expected: Int, found: String)
  /// An answer without a line end.
  case lineTooLong(limit: Int)
  /// An answer that is not JSON; the start of it is given.
  case notJSON(JSONFault, start: String)
  case notAnObject(found: String)
  /// A part of an answer has the wrong type: `probabilities[3]`.
  case wrongPart(name: String, expected: String, found: String)
  case noClasses
  /// It was given two texts, but does not declare that it takes pairs.
  case noPairs
  case otherClasses(expected: [String], found: [String])
  case wrongCount(of: String, expected: Int, found: Int)
  /// NaN, infinite, or outside 0 to 1.
  case noProbability(row: Int, value: Double)
  /// A sum that should be 1. A multi-label program has to declare that it is one.
  case wrongSum(row: Int, sum: Double)
  /// The program's own reason for not answering.
  case refused(message: String)

  /// Whether the program ended, so that another start may help. A shell that does not find the
  /// command, or may not run it, fails the same way each time; and the caller is told about a
  /// time-out before waiting again.
  var isEnd: Bool {
    switch self {
    case .ended(let status): ![126, 127].contains(status)
    default: false
    }
  }

  /// Whether further output cannot be matched to requests, so that the program has to be restarted.
  var isOutOfStep: Bool {
    switch self {
    case .unasked, .otherRequest: true
    default: false
    }
  }

  /// Whether it concerns a single text, so that the next one may succeed.
  public var isAboutTheText: Bool {
    switch self {
    case .refused, .noPairs: true
    default: false
    }
  }
}
