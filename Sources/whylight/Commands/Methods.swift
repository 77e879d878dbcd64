internal import ArgumentParser
internal import Attribution

struct Methods: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The explainers that there are, a line each.")

  @Argument(help: "Only this one, with its formula, source, cost and caveats.")
  var name: String?

  func run() throws {
    guard let name else {
      let width = Catalog.explainers.map(\.card.name.count).max() ?? 0
      for card in Catalog.explainers.map(\.card) {
        print(card.name.padded(to: width + 2) + card.summary)
      }
      return
    }
    guard let card = Catalog.explainer(named: name)?.card else {
      throw Failure.usage("no method is called '\(name)'; see 'whylight methods'")
    }
    print(
      """
      \(card.name): \(card.summary)
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
