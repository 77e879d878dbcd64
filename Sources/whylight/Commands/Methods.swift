internal import ArgumentParser
internal import Attribution
internal import Reports

struct Methods: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the explainers, one per line.")

  @Argument(help: "Only this method or measure, with its formula, source, cost and caveats.")
  var name: String?

  @Flag(help: "List, instead, the measures of how far explanations can be trusted.")
  var measures = false

  func run() throws {
    let sink = try Sink(path: nil)
    guard let name else {
      let cards =
        measures
        ? MeasureCatalog.measures.map { ($0.card.name, $0.card.summary) }
        : ExplainerCatalog.explainers.map { ($0.card.name, $0.card.summary) }
      let width = cards.map(\.0.count).max() ?? 0
      for (name, summary) in cards {
        try sink.write("\(PlainText(name).padded(to: width + 2))\(summary)\n" as PlainText)
      }
      return
    }
    if let card = MeasureCatalog.measure(named: name)?.card {
      try sink.write(
        """
        \(card.name): \(card.summary)
        formula  \(card.formula)
        source   \(card.source)
        cost     \(card.cost)
        beware   \(card.caveats)

        """ as PlainText)
    } else if let card = ExplainerCatalog.explainer(named: name)?.card {
      try sink.write(
        """
        \(card.name): \(card.summary)
        formula  \(card.formula)
                 \(MethodCard.notation)
        source   \(card.source)
        cost     \(card.cost)
        axioms   \(card.axioms.names.isEmpty ? "none" : card.axioms.names.joined(separator: ", "))
        options  \(card.options.isEmpty ? "none" : card.options.map { "--\($0.name)" }.joined(separator: ", "))
        beware   \(card.allCaveats)

        """ as PlainText)
    } else {
      throw Failure.usage("no method or measure is called '\(name)'; see 'whylight methods'")
    }
  }
}
