public import Attribution
public import Tokenizers

/// How the class's probability changes while the text's tokens are removed in the order of an
/// explanation, in the reverse order, and in random orders.
public struct MeasureRemovalCurves: WhatIfQuestion {
  public var encoding: Encoding
  public var choice: ExplanationChoice
  public var attribution: TokenAttribution
  /// The options with which it was computed; they determine what replaces a removed token.
  public var options: ExplainerOptions

  public init(
    _ encoding: Encoding, _ choice: ExplanationChoice, attribution: TokenAttribution,
    options: ExplainerOptions
  ) {
    self.encoding = encoding
    self.choice = choice
    self.attribution = attribution
    self.options = options
  }

  /// The approximate number of model passes.
  public var expectedPasses: Int {
    RemovalCurves.expectedPasses(
      for: options.only.map { encoding.explainingOnly($0) } ?? encoding)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(choice)
    hasher.combine(attribution.scores)
  }

  public static func mayBeSkipped(_ progress: RemovalCurves?) -> Bool { true }

  /// - Returns: nil if the text has no tokens.
  public func answer(
    _ lab: Lab, progress: @escaping Progress<RemovalCurves?>
  ) throws -> RemovalCurves? {
    let request = MeasureRequest(
      request: try Explain(encoding, choice, options: options).request(lab),
      explainer: try ExplainerCatalog.explainer(of: choice), attribution: attribution)
    return try RemovalCurves.measure(request) { try progress($0) }
  }
}
