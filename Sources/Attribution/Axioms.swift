/// Properties that a method's scores have for every model, after Shapley 1953 and Sundararajan,
/// Taly, Yan 2017, arXiv:1703.01365, section 2.
public struct Axioms: OptionSet, Sendable, Hashable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The scores add up to a difference of two values of the target; `convergenceDelta` is the
  /// error.
  public static let completeness = Axioms(rawValue: 1)
  /// A token whose removal never changes the target's value has score 0.
  public static let dummy = Axioms(rawValue: 1 << 1)
  /// Two tokens that are interchangeable to the model have the same score.
  public static let symmetry = Axioms(rawValue: 1 << 2)
  /// The scores for the difference of two targets are the difference of their scores.
  public static let linearity = Axioms(rawValue: 1 << 3)

  /// All that Shapley values satisfy.
  static let shapley: Axioms = [.completeness, .dummy, .symmetry, .linearity]

  /// In the order of declaration, as `methods` prints them.
  public var names: [String] {
    let all: [(Axioms, String)] = [
      (.completeness, "completeness"), (.dummy, "dummy"), (.symmetry, "symmetry"),
      (.linearity, "linearity"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}
