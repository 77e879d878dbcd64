import Foundation
import TestSupport
import Testing
import Tokenizers

/// What fastai itself made of texts: see Fixtures/parity/fastai-words/generate.py.
@Suite struct FastaiWordsParityTests {
  private struct Case: Decodable {
    var text: String
    var pair: String?
    var tokens: [String]
    var ids: [Int]?
    var rules: [String]?
    var splitter: String?
    var special: [String]?
  }

  private static let folder = "parity/fastai-words/"
  private let vocabulary: [String]

  init() throws {
    let file = fixture(Self.folder + "vocabulary.json")
    vocabulary = try JSONDecoder().decode([String].self, from: Data(contentsOf: file))
  }

  @Test func `two thousand real texts have fastai's tokens and ids`() throws {
    let cases = try jsonLines(Case.self, at: fixture(Self.folder + "snippets.jsonl"))
    #expect(cases.count == 2000)
    #expect(cases.allSatisfy { $0.ids != nil })
    #expect(try differences(cases) == [])
  }

  @Test func `odd texts have fastai's tokens under any rules`() throws {
    let cases = try jsonLines(Case.self, at: fixture(Self.folder + "odd.jsonl"))
    #expect(cases.count == 600)
    #expect(Set(cases.map { $0.rules ?? ["all"] }).count > 50)
    #expect(cases.contains { $0.splitter != nil } && cases.contains { $0.special != nil })
    #expect(try differences(cases) == [])
  }

  @Test func `two texts have the tokens of a table's two text columns`() throws {
    let cases = try jsonLines(Case.self, at: fixture(Self.folder + "pairs.jsonl"))
    #expect(cases.count == 122)
    #expect(try differences(cases) == [])
    let words = try tokenizer(cases[0])
    let encoding = words.encode("A film.", pair: "not a film")
    #expect(
      encoding.pieces.map(\.text) == [
        "xxbos", "xxfld", "1", "a", "film", ".", "xxfld", "2", "not", "a", "film",
      ])
    // ranges are in the text that a token belongs to
    let typed = encoding.pieces.filter { !$0.isSpecial && !$0.utf8Range.isEmpty }
    #expect(typed.map(\.part) == [0, 0, 0, 1, 1, 1])
    #expect(typed.map(\.utf8Range) == [0..<1, 2..<6, 6..<7, 0..<3, 4..<5, 6..<10])
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["WHYLIGHT_PARITY_TEXTS"] != nil))
  func `every text of a file has fastai's tokens`() throws {
    let path = ProcessInfo.processInfo.environment["WHYLIGHT_PARITY_TEXTS"] ?? ""
    let cases = try jsonLines(Case.self, at: URL(filePath: path))
    #expect(!cases.isEmpty)
    #expect(try differences(cases) == [])
  }

  /// What is not as fastai has it, and laws that an encoding breaks.
  private func differences(_ cases: [Case]) throws -> [String] {
    var tokenizers: [[String]: FastaiWords] = [:]
    return try cases.flatMap { item in
      let key = (item.rules ?? ["all"]) + [item.splitter ?? "english"] + (item.special ?? [])
      let words = try tokenizers[key] ?? tokenizer(item)
      tokenizers[key] = words
      let encoding = words.encode(item.text, pair: item.pair)
      var differences = item.pair == nil ? brokenLaws(of: encoding) : []
      if !areSame(encoding.pieces.map(\.text), item.tokens) {
        differences.append("\(item.text): \(encoding.pieces.map(\.text)), not \(item.tokens)")
      }
      if let ids = item.ids, ids != encoding.ids {
        differences.append("\(item.text): \(encoding.ids), not \(ids)")
      }
      return differences
    }
  }

  private func tokenizer(_ item: Case) throws -> FastaiWords {
    let rules = try item.rules?.map { try #require(TextRule(rawValue: $0)) }
    return try FastaiWords(
      vocabulary: vocabulary, rules: rules ?? TextRule.allCases,
      splitter: item.splitter == "singleSpaces" ? .singleSpaces : .english,
      specialCases: item.special ?? [])
  }
}
