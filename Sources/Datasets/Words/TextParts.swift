/// The parts that texts are made of, if not words: the groups of molecules, for example.
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

  private let parts: @Sendable (String) -> [Part]

  /// - Parameter parts: returns the parts of a text in order; empty if it has none.
  public init(_ parts: @escaping @Sendable (String) -> [Part]) { self.parts = parts }

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

  /// In the form that queries search: `; amide ; thiophene ;`.
  static func searched(_ names: [String]) -> String {
    names.isEmpty ? "" : "; \(names.joined(separator: " ; ")) ;"
  }
}
