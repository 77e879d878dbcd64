internal import Datasets
internal import Workbench

extension ShellCommand {
  /// `whylight evaluate --data reviews.csv --where 'gold!=pred p>0.9'`; nil without a data set.
  static func evaluate(_ state: State) -> String? {
    guard let summary = state.summary, let path = state.dataset.source.path else {
      return nil
    }
    var words = ["whylight", "evaluate", "--data", quoted(path)]
    words += state.dataset.source.arguments.map(quoted)
    words += model(summary)
    if state.dataset.table?.other != nil, !state.errors.other.argument.isEmpty {
      let other = state.errors.other.argument
      words += ["--against", quoted(other)]
      for (name, own) in state.classMap(of: other).sorted(by: { $0.key < $1.key }) {
        words += ["--class-map", quoted("\(name)=\(own)")]
      }
    }
    // `evaluate` refuses `--where` for a regression.
    let query = state.isRegression ? "" : state.dataset.rows.viewed?.query ?? ""
    if !query.isEmpty { words += ["--where", quoted(query)] }
    return words.joined(separator: " ")
  }
}
