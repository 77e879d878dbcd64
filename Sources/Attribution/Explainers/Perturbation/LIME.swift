internal import Classifiers
internal import Glibc

/// LIME (Ribeiro, Singh, Guestrin 2016, arXiv:1602.04938), as in the lime package for texts or,
/// with `--surrogate captum`, as in Captum's `Lime`.
public struct LIME: Explainer {
  public let card = MethodCard(
    name: "lime", title: "LIME", shortTitle: "LIME",
    summary: """
      Fits a linear function of which units are present to the model's outputs for random variants \
      of the text, in which variants close to the text count most; its coefficients are the \
      scores.
      """,
    formula:
      "min over b of sum over z of k(z) (f(z) - a - b z)^2 + |b|^2, k = exp(-D^2 / 25^2)^(1/2)",
    source: """
      Ribeiro, Singh, Guestrin 2016, arXiv:1602.04938; lime 0.2 for texts: removes 1 to d units, \
      each number as likely, D = 100 (1 - cosine), ridge 1; Captum's Lime: each unit present with \
      probability 1/2, lasso 0.01
      """,
    cost: "5,000 predictions, with Captum's sampling 25; equal variants are computed once",
    caveats: """
      Random: ignore differences that are smaller than the standard errors. Rely on the scores \
      only if R² is near 1: then a linear function describes the model here. What counts as close \
      is a convention, and about half of the variants lack more than half of the text.
      """,
    isSigned: true, requirement: .predictions, axioms: [.linearity],
    options: [.samples, .seed, .replacement, .group, .surrogate, .features])

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let surrogate = request.options.surrogate ?? .lime
    let samples = request.options.samples ?? Self.defaultSamples(surrogate)
    try NoisyGradients.check(samples: samples, noise: 0)
    if let features = request.options.features, features < 1 {
      throw ExplainerError.badOption(
        name: "features", value: String(features), allowed: "1 or more")
    }
    var game = try CoalitionGame(request)
    if !game.fitsOneCall(samples + 1), let estimate = try game.firstOrder(for: card) {
      try refined(estimate)
    }
    let nearness = try Nearness(game: game, surrogate: surrogate)
    var run = Run(game: game, surrogate: surrogate, nearness: nearness)
    var generator = SeededGenerator(seed: request.options.seed)
    var next = 256
    repeat {
      let count = min(next, samples) - run.count
      let coalitions = (0..<count).map { index in
        run.count + index == 0 && surrogate == .lime
          ? game.all : Self.draw(game.count, surrogate, &generator)
      }
      // The text's own value is included, although Captum's variant does not need it.
      let values = try game.values(of: [game.all] + coalitions)
      run.value = values[0]
      for (coalition, value) in zip(coalitions, values.dropFirst()) {
        run.add(coalition, value: value)
      }
      next *= 2
      if run.count < samples { try refined(run.attribution(game.evaluations)) }
    } while run.count < samples
    return run.attribution(game.evaluations)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    let samples = request.options.samples ?? Self.defaultSamples(request.options.surrogate ?? .lime)
    let units = request.encoding.units(by: request.options.grouping ?? .token).count
    return units < 20 ? min(samples, 1 << units) : samples
  }

  static func defaultSamples(_ surrogate: ExplainerOptions.Surrogate) -> Int {
    surrogate == .lime ? 5000 : 25
  }

  private static func draw(
    _ units: Int, _ surrogate: ExplainerOptions.Surrogate, _ generator: inout SeededGenerator
  ) -> Coalition {
    guard units > 0 else { return Coalition(none: 0) }
    switch surrogate {
    case .lime:
      let removed = generator.below(units) + 1
      return generator.subset(size: removed, of: units).complement(of: units)
    case .captum:
      var coalition = Coalition(none: units)
      for unit in 0..<units where generator.next() >> 63 == 1 { coalition.insert(unit) }
      return coalition
    }
  }
}

/// The weight of a variant.
private struct Nearness {
  private let units: Int
  private let surrogate: ExplainerOptions.Surrogate
  /// Captum uses the cosine similarity of the inputs themselves: what each unit, present or absent,
  /// adds to the products of the variant's embeddings with the text's and with themselves. nil for
  /// a model without embeddings and for deletion; rows of 0 and 1 are compared instead, as in lime.
  private var products: (withText: [[Double]], withItself: [[Double]], rest: Double)?

  init(game: CoalitionGame, surrogate: ExplainerOptions.Surrogate) throws {
    units = game.count
    self.surrogate = surrogate
    let request = game.request
    guard surrogate == .captum, request.replacement != .delete,
      let classifier = request.model.classifier.differentiable
    else { return }
    let text = try request.embeddings(by: classifier).vectorsOfFirstRow
    let absent = try request.pass {
      try classifier.embeddings(for: [game.row(game.none)])
    }.vectorsOfFirstRow
    func sum(_ tokens: [Int], _ a: [ArraySlice<Float>], _ b: [ArraySlice<Float>]) -> Double {
      tokens.reduce(0) { $0 + dot(a[$1], b[$1]) }
    }
    let players = Set(game.units.flatMap(\.self))
    products = (
      withText: game.units.map { [sum($0, absent, text), sum($0, text, text)] },
      withItself: game.units.map { [sum($0, absent, absent), sum($0, text, text)] },
      rest: sum(text.indices.filter { !players.contains($0) }, text, text)
    )
  }

  func weight(of coalition: Coalition) -> Double {
    switch surrogate {
    case .lime:
      let distance = 100 * (1 - binaryCosine(coalition))
      return exp(-distance * distance / (25 * 25)).squareRoot()
    case .captum:
      let distance = 1 - (inputCosine(coalition) ?? binaryCosine(coalition))
      return exp(-distance * distance / 2)
    }
  }

  /// Of a row of zeros and ones with the row of ones.
  private func binaryCosine(_ coalition: Coalition) -> Double {
    units == 0 ? 1 : (Double(coalition.count) / Double(units)).squareRoot()
  }

  private func inputCosine(_ coalition: Coalition) -> Double? {
    guard let products else { return nil }
    var (withText, withItself, text) = (products.rest, products.rest, products.rest)
    for unit in 0..<units {
      let state = coalition.contains(unit) ? 1 : 0
      withText += products.withText[unit][state]
      withItself += products.withItself[unit][state]
      text += products.withText[unit][1]
    }
    let lengths = (withItself * text).squareRoot()
    return lengths > 0 ? withText / lengths : 0
  }
}

private struct Run {
  let game: CoalitionGame
  let surrogate: ExplainerOptions.Surrogate
  let nearness: Nearness
  var value = 0.0
  private(set) var count = 0
  private var groups: [WeightedMoments]

  init(game: CoalitionGame, surrogate: ExplainerOptions.Surrogate, nearness: Nearness) {
    self.game = game
    self.surrogate = surrogate
    self.nearness = nearness
    groups = (0..<GroupJackknife.mostGroups).map { _ in WeightedMoments(count: game.count) }
  }

  mutating func add(_ coalition: Coalition, value: Double) {
    groups[count % groups.count].add(
      coalition.players, value: value, weight: nearness.weight(of: coalition))
    count += 1
  }

  func attribution(_ evaluations: Int) -> TokenAttribution {
    let all = groups.reduce(WeightedMoments(count: game.count), +)
    let players = features(all)
    let fit = fit(all, players)
    let parameters: [String: ParameterValue] = [
      "surrogate": .text(surrogate.rawValue), "samples": .whole(count),
      "seed": game.request.seedParameter, "r_squared": .number(Float(all.rSquared(fit))),
      "intercept": .number(Float(fit.intercept)), "features": .whole(players.count),
    ]
    return game.attribution(
      fit.slopes, errors: errors(players), value: value, evaluations: evaluations,
      parameters: parameters)
  }

  private func errors(_ players: [Int]) -> [Double]? {
    guard count >= groups.count else { return nil }
    return GroupJackknife.standardErrors(
      ofPartial: groups.indices.map { left in
        let rest = groups.indices.filter { $0 != left }.map { groups[$0] }
        return fit(rest.reduce(WeightedMoments(count: game.count), +), players).slopes
      })
  }

  private func fit(_ moments: WeightedMoments, _ players: [Int]) -> WeightedMoments.Fit {
    switch surrogate {
    case .lime: moments.ridge(penalty: 1, players: players)
    case .captum: moments.lasso(penalty: 0.01, players: players)
    }
  }

  /// lime's feature selection: up to six are added one by one, each the best in addition to those
  /// before; more are the largest coefficients of a ridge regression.
  private func features(_ moments: WeightedMoments) -> [Int] {
    let all = Array(0..<game.count)
    guard let most = game.request.options.features, most < game.count else { return all }
    if most > 6 {
      let slopes = moments.ridge(penalty: 0.01).slopes
      return Array(all.sorted { (abs(slopes[$0]), $1) > (abs(slopes[$1]), $0) }.prefix(most))
    }
    var chosen: [Int] = []
    for _ in 0..<most {
      var best: (player: Int, fit: Double)?
      for player in all where !chosen.contains(player) {
        let fit = moments.rSquared(moments.ridge(penalty: 0, players: chosen + [player]))
        if fit > best?.fit ?? -.infinity { best = (player, fit) }
      }
      if let best { chosen.append(best.player) }
    }
    return chosen
  }
}
