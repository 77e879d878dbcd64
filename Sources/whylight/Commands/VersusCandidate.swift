internal import Classifiers
internal import Reports

/// The candidate that `--versus` names.
enum VersusCandidate: Equatable {
  /// A rank, from 2: the first candidate is compared with it.
  case rank(Int)
  case text(String)

  /// nil if `--versus` names a class. A class's name comes first, then a candidate's text; a number
  /// is a rank if the model has one output.
  /// - Parameter candidates: empty if there is no text with several.
  /// - Throws: `Failure` if it names neither, or the candidate that ranks first.
  init?(_ value: String, of model: Model, among candidates: [String]) throws {
    let classes = model.classifier.classes
    guard !candidates.isEmpty, !classes.contains(value) else { return nil }
    if candidates.contains(value) {
      self = .text(value)
      return
    }
    let isRank = value.hasPrefix(Self.rankPrefix)
    let number = Int(isRank ? String(value.dropFirst(Self.rankPrefix.count)) : value)
    guard isRank || classes.count == 1 else {
      if let number, classes.indices.contains(number) { return nil }
      throw Failure.usage(
        "no class and no candidate is '\(value)'; classes are \(Messages.list(classes)), and a "
          + "candidate is named by its text or as rank:N")
    }
    guard let number else {
      throw Failure.usage(
        "no candidate is '\(value)'; give the text of one, or its rank, \(Self.ranks(candidates.count))"
      )
    }
    self = .rank(number)
    try check(count: candidates.count)
  }

  private static let rankPrefix = "rank:"

  /// `from 2 to 5`
  private static func ranks(_ count: Int) -> String { count == 2 ? "2" : "from 2 to \(count)" }

  /// - Throws: `Failure` if a rank is out of range.
  private func check(count: Int) throws {
    guard case .rank(let rank) = self, !(2...max(2, count)).contains(rank) else { return }
    throw Failure.usage(
      rank == 1
        ? "--versus names the candidate that ranks first; give a rank \(Self.ranks(count))"
        : "--versus is rank \(rank), and there are \(Numerals.count(count, "candidate")); give a rank "
          + Self.ranks(count))
  }

  /// The first candidate and the one that it is compared with.
  /// - Throws: `Failure` if they are the same, or one of them could not be read.
  func contrasted(
    in ranking: [RankedCandidate]
  ) throws -> (first: RankedCandidate, second: RankedCandidate) {
    guard ranking.count > 1, let first = ranking.first else {
      throw Failure.run(
        "\(Numerals.count(ranking.count, "candidate")) could be read; it takes two to compare")
    }
    switch self {
    case .rank(let rank):
      try check(count: ranking.count)
      return (first, ranking[rank - 1])
    case .text(let text):
      guard text != first.text else {
        throw Failure.usage("'\(text)' is the candidate that ranks first; name another one")
      }
      guard let second = ranking.first(where: { $0.text == text }) else {
        throw Failure.run("the candidate '\(text)' could not be read")
      }
      return (first, second)
    }
  }
}
