internal import Classifiers
internal import Glibc
internal import Reports

/// Messages for external programs.
extension Messages {
  static func sentence(_ error: ExternalProcessError) -> String {
    switch error {
    case .noCommand: "no command; give one as exec:'python3 model.py'"
    case .notStarted(let code): "the program can't be started: \(reason(errno: code))"
    case .ended(let status): "the program \(ending(status)) before it answered"
    case .timedOut(let limit):
      "the program did not answer within \(seconds(limit)) s; --time-limit SECONDS gives it more"
    case .gaveUp(let starts, let last):
      "the program was started \(Numerals.count(starts, "time")) in a row and gave no answer; the last time: "
        + sentence(last)
    case .unasked(let start):
      "the program wrote before it was asked: '\(start)' (one line for each request; everything else"
        + " belongs on standard error)"
    case .otherRequest(let expected, let found):
      "the program answered request \(found) instead of request \(expected)"
    case .lineTooLong(let limit): "the program's answer is longer than \(limit >> 20) MiB"
    case .notJSON(_, let start):
      "the program's answer is not a line of JSON; it starts with '\(start)' (what is printed beside"
        + " the answers belongs on standard error)"
    case .notAnObject(let found):
      "the program's answer is \(found) where an object with \"probabilities\" is needed"
    case .wrongPart(let name, let expected, let found):
      "\"\(name)\" in the program's answer is \(found) where \(expected) is needed"
    case .noClasses: "the program's first answer names no classes; \"classes\" is a list of strings"
    case .noPairs:
      "the program takes one text at a time; one that takes two says so with \"takes_pairs\": true in its"
        + " first answer"
    case .otherClasses(let expected, let found):
      "the program's classes were \(list(expected)) and are now \(list(found))"
    case .wrongCount(let what, let expected, let found):
      "\"\(what)\" in the program's answer has \(Numerals.count(found, "entry", "entries")) where"
        + " \(expected) are needed"
    case .noProbability(let row, let value):
      "\(value) in row \(row) of the program's answer is not a probability"
    case .wrongSum(let row, let sum):
      "the probabilities in row \(row) of the program's answer add up to \(sum); a program whose classes do not"
        + " exclude each other says so in its first answer with \"multi_label\": true"
    case .refused(let message): "the program says: \(message)"
    }
  }

  /// A program's message on standard error, as a line.
  static func sentence(_ remark: ProgramRemark) -> String {
    switch remark {
    case .line(let line): line
    case .omitted(let bytes):
      "whylight: the program wrote \(bytes) more bytes to standard error, which are left out"
    }
  }

  private static func ending(_ status: Int32) -> String {
    if status == 127 { return "was not found by the shell (status 127)" }
    if status == 126 { return "may not be run (status 126)" }
    guard status < 0 else { return "ended with status \(status)" }
    return unsafe "was ended by signal \(-status) (\(String(cString: strsignal(-status))))"
  }

  private static func seconds(_ duration: Duration) -> String {
    let seconds = duration / .seconds(1)
    return seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
  }
}
