internal import Attribution
internal import Reports

/// A sentence about removal curves for readers who do not know them.
struct CurveSentence {
  let text: String

  /// nil until the random orders are measured, or if an output of the model is not finite.
  init?(_ curves: RemovalCurves, _ state: State) {
    let own = curves.highestFirst
    guard let point = curves.widest, let target = state.targetClass, let first = own.values.first,
      let random = curves.random?.value(removing: own.removed[point]),
      [first, own.values[point], random].allSatisfy(\.isFinite)
    else { return nil }
    let values = [first, own.values[point], random].map { Float($0) }
    let digits = state.digits(of: values)
    let shown = values.map { Numerals.fixed($0, digits) }
    let (count, all) = (own.removed[point], curves.order.count)
    let subject = state.quantityName(of: target)
    let change =
      shown[0] == shown[1]
      ? "stays at \(shown[0])"
      : "\(values[1] < values[0] ? "falls" : "rises") from \(shown[0]) to \(shown[1])"
    guard count < all else {
      text = "Without \(all == 1 ? "its only token" : "all \(all) tokens") \(subject) \(change)."
      return
    }
    let those =
      count == 1
      ? "the 1 token of \(all) that counts most" : "the \(count) tokens of \(all) that count most"
    let others = count == 1 ? "a random one" : "\(count) random ones"
    let verdict = Self.verdict(curves, state).map { ": " + $0 } ?? ""
    text = "Without \(those) \(subject) \(change); without \(others) it is \(shown[2])\(verdict)."
  }

  /// The verdict of the Trust pane on the mean loss.
  private static func verdict(_ curves: RemovalCurves, _ state: State) -> String? {
    guard let random = curves.random else { return nil }
    let (loss, control) = (Float(curves.highestFirst.meanLoss), Float(random.meanLoss))
    guard
      let verdict = TrustVerdict(
        loss: loss, control: control,
        probability: state.isRegression ? nil : state.targetProbability)
    else { return nil }
    return switch verdict.grade {
    case .good: "these words matter to the model"
    case .fair: "these words matter more than others"
    case .poor:
      max(loss, control) < TrustVerdict.leastShare * (state.targetProbability ?? 0)
        ? "whatever is removed hardly changes it"
        : "random orders do \(control > loss ? "more" : "as much"), so this order tells little"
    }
  }
}
