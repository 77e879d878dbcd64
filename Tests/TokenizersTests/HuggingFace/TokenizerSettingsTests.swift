import Documents
import Foundation
import TestSupport
import Testing
import Tokenizers

/// Folders with settings beside their vocabularies, and what transformers makes of texts with them: see
/// generate_settings.py in Fixtures/parity/tokenizers.
@Suite struct TokenizerSettingsTests {
  @Test func `settings win over tokenizer.json where they do so in transformers`() throws {
    try check("settings-json.json", atLeast: 150)
  }

  @Test func `tokenizers of decoders are read as in transformers`() throws {
    try check("settings-decoders.json", atLeast: 80)
  }

  @Test func `settings say how a bare vocabulary is read, as in transformers`() throws {
    try check("settings-files.json", atLeast: 120)
  }

  /// As `get_fast_tokenizer_file` of transformers 4.57.3 chooses.
  @Test(arguments: [
    ([], "tokenizer.json"), (["4.0.0"], "tokenizer.4.0.0.json"),
    (["4.0.0", "5.0.0"], "tokenizer.4.0.0.json"), (["4.57.3", "10"], "tokenizer.json"),
    (["4.9", "4.10"], "tokenizer.4.9.json"), (["4.57.4"], "tokenizer.json"),
    (["4.57.3.0"], "tokenizer.4.57.3.0.json"), (["4.57.3rc1", "4.1"], "tokenizer.4.57.3rc1.json"),
    (["v4.2"], "tokenizer.v4.2.json"), (["../4.0"], "tokenizer.json"), (["x"], "tokenizer.json"),
  ])
  func `tokenizers for versions of transformers are chosen as it does`(
    versions: [String], expected: String
  ) throws {
    let listed = versions.map { "\"tokenizer.\($0).json\"" } + ["\"tokenizer.json\"", "1"]
    let settings = "{\"fast_tokenizer_files\": [\(listed.joined(separator: ", "))]}"
    let tokenizer = try Array(tokenizerJSON("wordpiece").line.utf8)
    var asked: [String] = []
    let model = ModelSettings(type: "bert", tokenizerClass: nil)
    _ = try HuggingFaceTokenizer(model: model, tokenLimit: nil) { name in
      asked.append(name)
      return switch name {
      case "tokenizer_config.json": Array(settings.utf8)
      case expected: tokenizer
      default: nil
      }
    }
    #expect(asked.last == expected)
  }

  private func check(_ file: String, atLeast count: Int) throws {
    let url = fixture("parity/tokenizers/" + file)
    let cases = try JSONDecoder().decode(SettingsCases.self, from: Data(contentsOf: url))
    let json = try JSON([UInt8](Data(contentsOf: url)))
    guard case .array(let described)? = json["cases"] else {
      Issue.record("no cases")
      return
    }
    #expect(cases.cases.count == described.count && described.count >= count)
    for (expected, files) in zip(cases.cases, described) {
      let name = Comment(rawValue: "\(file), case \(expected.number)")
      let folder = SettingsFolder(files)
      let tokenizer: HuggingFaceTokenizer
      do { tokenizer = try folder.open() } catch {
        Issue.record(error, name)
        continue
      }
      var hash = FNV()
      for text in cases.texts {
        let encoding = tokenizer.encode(text)
        #expect(brokenLaws(of: encoding) == [], name)
        for piece in encoding.pieces {
          hash.add(piece.id)
          if piece.isFrame {
            hash.add(0xFFFF_FFFF)
          } else {
            hash.add(piece.utf8Range.lowerBound)
            hash.add(piece.utf8Range.upperBound)
          }
        }
        hash.add(0xFFFF_FFFE)
      }
      #expect(hash.state == UInt64(expected.hash, radix: 16), name)
      let roles = [nil, tokenizer.roles.padding, tokenizer.roles.mask]
      for (role, peer) in zip(roles, expected.roles).dropFirst() where peer != nil {
        #expect(role == peer, name)
      }
    }
  }
}

private struct SettingsCases: Decodable {
  struct Case: Decodable {
    var number: Int
    var hash: String
    /// Of the unknown, padding and mask tokens.
    var roles: [Int?]
  }

  var texts: [String]
  var cases: [Case]
}

/// The files of a case.
private struct SettingsFolder {
  private let files: JSON

  init(_ files: JSON) {
    self.files = files
  }

  func open() throws -> HuggingFaceTokenizer {
    let type = text("modelType") ?? ""
    let model = ModelSettings(type: type, tokenizerClass: text("modelClass"))
    return try HuggingFaceTokenizer(model: model, tokenLimit: nil) { name in
      switch name {
      case "tokenizer_config.json": bytes(files["config"])
      case "special_tokens_map.json": bytes(files["specialTokens"])
      case "added_tokens.json": bytes(files["addedTokens"])
      case "tokenizer.json": bytes(try tokenizer())
      default: try legacyFile(name, of: type)
      }
    }
  }

  private func tokenizer() throws -> JSON? {
    guard let kind = text("tokenizer") else { return nil }
    var json = try tokenizerJSON(kind)
    if case .object(let members)? = files["replaced"] {
      for member in members { json[member.key] = member.value }
    }
    return json
  }

  private func bytes(_ json: JSON?) -> [UInt8]? { json.map { Array($0.line.utf8) } }

  private func text(_ name: String) -> String? {
    if case .string(let text)? = files[name] { return text }
    return nil
  }
}
