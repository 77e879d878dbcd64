/// What texts are made of where that is not words, the groups of molecules for example, and what else one asks of
/// such texts.
public struct TextParts: Sendable {
  /// A part of a text and its ranges.
  public struct Part: Sendable, Equatable {
    public var name: String
    /// UTF-8 offsets into the text.
    public var utf8Ranges: [Range<Int>]

    public init(_ name: String, utf8Ranges: [Range<Int>]) {
      self.name = name
      self.utf8Ranges = utf8Ranges
    }
  }

  /// What such texts are looked at with in the place of `SliceCatalog.slices`.
  public let slices: [Slice]
  private let parts: @Sendable (String) -> [Part]
  private let facts: @Sendable (String) -> [QueryField: QueryValue]

  /// - Parameters:
  ///   - parts: those of a text, in its order; none of a text that has no such parts.
  ///   - facts: what queries may ask of a text besides its parts, its length among them.
  public init(
    slices: [Slice], parts: @escaping @Sendable (String) -> [Part],
    facts: @escaping @Sendable (String) -> [QueryField: QueryValue]
  ) {
    self.slices = slices
    self.parts = parts
    self.facts = facts
  }

  /// What a query asks of a text that has parts; nil of what every text has.
  public func value(of field: QueryField, in text: String) -> QueryValue? {
    field == .group ? .text(Self.searched(names(of: text))) : facts(text)[field]
  }

  /// All of it, for slices.
  /// - Parameter names: of its parts, as `names(of:)` has them.
  func fields(of text: String, names: [String]) -> [QueryField: QueryValue] {
    facts(text).merging([.group: .text(Self.searched(names))]) { fact, _ in fact }
  }

  /// Each name once.
  public func names(of text: String) -> [String] {
    var seen: Set<String> = []
    return parts(text).map(\.name).filter { seen.insert($0).inserted }
  }

  /// The sum of scores by the name of parts, in the order of first occurrence. The score of a range
  /// that belongs to several parts is divided equally among them.
  public func byName(_ scores: WordScores, in text: String) -> [(word: String, score: Float)] {
    let parts = parts(text)
    var sums = [Float](repeating: 0, count: parts.count)
    for word in scores.words where word.score.isFinite {
      let owners = parts.indices.filter { part in
        parts[part].utf8Ranges.contains { $0.overlaps(word.utf8Range) }
      }
      for part in owners { sums[part] += word.score / Float(owners.count) }
    }
    var places: [String: Int] = [:]
    var found: [(word: String, score: Float)] = []
    for (part, sum) in zip(parts, sums) {
      if let place = places[part.name] {
        found[place].score += sum
      } else {
        places[part.name] = found.count
        found.append((part.name, sum))
      }
    }
    return found
  }

  /// As a query sees them: `; amide ; thiophene ;`.
  package static func searched(_ names: [String]) -> String {
    names.isEmpty ? "" : "; \(names.joined(separator: " ; ")) ;"
  }
}
