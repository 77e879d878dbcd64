internal import Classifiers
internal import Reports

/// Messages for labels and windows that cannot be used with a model.
extension Messages {
  static func sentence(_ problem: LabelsProblem) -> String {
    switch problem {
    case .none: "--labels names no label; give some, separated by commas: --labels 'a, b'"
    case .one(let label):
      "'\(label)' is the only label, and would always be right; give more, or --many to decide each"
        + " separately"
    case .duplicate(let label): "--labels names '\(label)' twice"
    case .tooMany(let count, let limit):
      "--labels names \(count) labels, each of which is a pass of the model; at most \(limit) are allowed"
    case .noPlace(let hypothesis):
      "the hypothesis '\(hypothesis)' has no {} for the label; 'This example is {}.' has one"
    case .readsOneText:
      "--labels needs a transformer that reads two texts; this model reads one. Give one that was"
        + " trained on natural language inference (NLI), as bart-large-mnli was"
    case .noEntailment(let classes):
      "--labels needs a model of natural language inference (NLI), one of whose classes is an"
        + " entailment; this one's are \(list(Array(classes.prefix(5))))"
        + (classes.count > 5 ? " and \(classes.count - 5) more" : "")
    }
  }

  static func sentence(_ problem: WindowsProblem) -> String {
    switch problem {
    case .noLimit: "--windows is of no use here: the model reads texts of any length at once"
    case .twoTexts:
      "--windows is for a model that reads one text; this one reads two texts separately and compares them"
    case .tooLong(let size, let limit):
      "--windows is \(size), and the model reads at most \(Numerals.count(limit, "token")) at once"
    case .tooShort(let size, let least):
      "--windows is \(size); with the tokens around a text a window has at least"
        + " \(Numerals.count(least, "token"))"
    }
  }
}
