internal import Classifiers

/// Occlusion by a sliding window of words (Captum's `Occlusion`): the loss is credited to each word
/// in the window, and a word's score is the mean over its windows.
struct WordWindows {
  let request: ExplanationRequest
  let card: MethodCard
  let window: Int

  func explain(refined: (TokenAttribution) throws -> Void) throws -> TokenAttribution {
    guard window > 0 else {
      throw ExplainerError.badOption(
        name: "window", value: String(window), allowed: "1 or more")
    }
    var game = try CoalitionGame(request, grouping: .word)
    let width = min(window, game.count)
    let starts = Array(0..<(game.count == 0 ? 0 : game.count - width + 1))
    if !game.fitsOneCall(starts.count + 1), let estimate = try game.firstOrder(for: card) {
      try refined(estimate)
    }
    let all = game.all
    let variants = starts.map { start in
      (start..<start + width).reduce(into: all) { $0.remove($1) }
    }
    let values = try game.values(of: [all] + variants)
    var losses = [Double](repeating: 0, count: game.count)
    var counts = losses
    for (start, value) in zip(starts, values.dropFirst()) {
      for word in start..<start + width {
        losses[word] += values[0] - value
        counts[word] += 1
      }
    }
    return game.attribution(
      zip(losses, counts).map { $1 > 0 ? $0 / $1 : 0 }, value: values[0],
      parameters: ["window": .whole(window)])
  }
}
