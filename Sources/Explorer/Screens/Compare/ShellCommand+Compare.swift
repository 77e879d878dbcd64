internal import Attribution
internal import Classifiers
internal import Tokenizers
internal import Workbench

extension ShellCommand {
  /// The command for all columns; nil if there is none to print.
  static func compare(_ state: State) -> String? {
    guard let summary = state.summary,
      let texts = state.predictions.latest?.prediction.encoding.joinedTexts,
      state.off.isEmpty
    else { return nil }
    let choices = state.compareColumns.filter { $0.problem == nil }.map(\.choice)
    var targets: [Int] = []
    for choice in choices where !targets.contains(choice.classIndex) {
      targets.append(choice.classIndex)
    }
    // One command per class.
    let commands = targets.map { target in
      var words = ["whylight", "explain"]
      words += model(summary)
      words += choices.filter { $0.classIndex == target }.flatMap { ["--method", $0.method] }
      words += ["--target", quoted(summary.className(target))]
      words += options(state.settings.options)
      words += text(texts)
      return words.joined(separator: " ")
    }
    return commands.isEmpty ? nil : commands.joined(separator: " && ")
  }
}
