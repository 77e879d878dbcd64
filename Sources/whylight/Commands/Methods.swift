internal import ArgumentParser
internal import Attribution

struct Methods: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The explainers that there are, a line each.")

  @Argument(help: "Only this method or measure, with its formula, source, cost and caveats.")
  var name: String?

  @Flag(help: "The measures of how far an explanation can be trusted, in place of the methods.")
  var measures = false

  func run() throws {
    if measures, name == nil {
      let width = Catalog.measures.map(\.card.name.count).max() ?? 0
      for card in Catalog.measures.map(\.card) {
        print(card.name.padded(to: width + 2) + card.summary)
      }
      return
    }
    if let name, let card = Catalog.measure(named: name)?.card {
      print(
        """
        \(card.name): \(card.summary)
        formula  \(card.formula)
        source   \(card.source)
        cost     \(card.cost)
        beware   \(card.caveats)
        """)
      return
    }
    guard let name else {
      let width = Catalog.explainers.map(\.card.name.count).max() ?? 0
      for card in Catalog.explainers.map(\.card) {
        print(card.name.padded(to: width + 2) + card.summary)
      }
      return
    }
    guard let card = Catalog.explainer(named: name)?.card else {
      throw Failure.usage("no method or measure is called '\(name)'; see 'whylight methods'")
    }
    print(
      """
      \(card.name): \(card.summary)
      formula  \(card.formula)
      source   \(card.source)
      cost     \(card.cost)
      beware   \(card.caveats)
      """)
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
