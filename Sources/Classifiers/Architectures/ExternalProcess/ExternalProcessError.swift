public import Documents

/// What went wrong with a program that answers for a model.
public indirect enum ExternalProcessError: TextError, Sendable, Equatable {
  /// Nothing stands behind `exec:`.
  case noCommand
  /// The system's error number.
  case notStarted(code: Int32)
  /// It ended although an answer was due; a signal comes as a negative status.
  case ended(status: Int32)
  case timedOut(after: Duration)
  /// It ended or fell silent this many times in a row, the last time so.
  case gaveUp(starts: Int, last: ExternalProcessError)
  /// It wrote something that no request asked for, by how that begins.
  case unasked(start: String)
  /// An answer carries the number of another request.
  case otherRequest(expected: Int, found: String)
  /// An answer without an end.
  case lineTooLong(limit: Int)
  /// An answer that is no JSON, by how it begins.
  case notJSON(JSONFault, start: String)
  case notAnObject(found: String)
  /// A part of an answer is of the wrong kind: `probabilities[3]`.
  case wrongPart(name: String, expected: String, found: String)
  case noClasses
  /// It was asked about two texts, and did not say that it takes them.
  case noPairs
  case otherClasses(expected: [String], found: [String])
  case wrongCount(of: String, expected: Int, found: Int)
  /// NaN, infinite, or outside of 0 to 1.
  case noProbability(row: Int, value: Double)
  /// What should be 1; where the classes are each for itself, the program has to say so.
  case wrongSum(row: Int, sum: Double)
  /// The program's own words for why there is no answer to these texts.
  case refused(message: String)

  /// The program ended, which another start may mend. A shell that finds no such command, or may not
  /// run it, says the same each time; and who waited in vain once is told so before he waits again.
  var isEnd: Bool {
    switch self {
    case .ended(let status): ![126, 127].contains(status)
    default: false
    }
  }

  /// What it writes next can't be told to be an answer to what: it has to be started anew.
  var isOutOfStep: Bool {
    switch self {
    case .unasked, .otherRequest: true
    default: false
    }
  }

  /// It is a matter of the text: the next one may do.
  public var isAboutTheText: Bool {
    switch self {
    case .refused, .noPairs: true
    default: false
    }
  }
}
