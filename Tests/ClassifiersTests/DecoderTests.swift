import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// What holds for decoders with a head, and how configurations of older versions say the same.
struct DecoderTests {
  private static let causal = [
    "llama", "llama-yarn", "mistral", "qwen2", "qwen3", "gemma", "gemma2", "gemma3", "smollm3",
    "gpt2", "gpt-neox", "gpt-neox-serial",
  ]

  private let text: [Token] = (0..<21).map { Token(id: 3 + ($0 * 11) % 70) }

  private func padding(_ name: String) throws -> Token {
    let configuration = try TransformerCase(name: name).folder().configuration
    return Token(id: try configuration.size("pad_token_id", default: 0, in: 0...79))
  }

  @Test(arguments: causal)
  func `a token says nothing of those behind it, and padding at the end is not read`(
    _ name: String
  ) throws {
    let model = try Transformer(TransformerCase(name: name).folder())
    let padding = try padding(name)
    let alone = try model.logits(for: [text])[row: 0]
    let padded = try model.logits(for: [text + [padding, padding, padding]])[row: 0]
    #expect(largestDifference(alone, padded) < 1e-5)
    // Within a text it is a token as any other; two windows before the end would be too far.
    var inside = text
    inside[16] = padding
    #expect(largestDifference(alone, try model.logits(for: [inside])[row: 0]) > 1e-4)
    // Where all is padding, the first is read.
    let only = try model.logits(for: [[padding, padding], [padding]])
    #expect(largestDifference(only[row: 0], only[row: 1]) < 1e-5)
    let embeddings = try model.embeddings(for: [text + [padding]])
    #expect(model.readToken(of: embeddings) == text.count - 1)
    let gradient = try model.gradient(of: [Target(classIndex: 0)], at: embeddings).gradient
    #expect(gradient.values[gradient.range(row: 0, token: text.count)].allSatisfy { $0 == 0 })
  }

  @Test(arguments: causal)
  func `no token attends to what follows`(_ name: String) throws {
    let model = try Transformer(TransformerCase(name: name).folder())
    let maps = try model.attentionMaps(
      of: Target(classIndex: 0), at: model.embeddings(for: [text]))
    for layer in 0..<maps.layers {
      for head in 0..<maps.heads {
        let map = Array(maps.maps[maps.range(layer: layer, head: head)])
        for row in 0..<maps.tokens {
          let weights = map[row * maps.tokens..<(row + 1) * maps.tokens]
          #expect(weights.dropFirst(row + 1).allSatisfy { $0 == 0 })
          #expect(abs(weights.reduce(0, +) - 1) < 1e-5)
        }
      }
    }
  }

  /// Five tokens, including the token itself.
  @Test func `no token of Mistral attends beyond its window`() throws {
    let model = try Transformer(TransformerCase(name: "mistral").folder())
    let maps = try model.attentionMaps(
      of: Target(classIndex: 0), at: model.embeddings(for: [text]))
    let last = maps.maps[maps.range(layer: 0, head: 0)].suffix(maps.tokens)
    #expect(last.dropLast(5).allSatisfy { $0 == 0 } && last.suffix(5).allSatisfy { $0 > 0 })
  }

  // MARK: - Configurations from before transformers 5

  private func logits(
    _ name: String, _ change: (inout [String: Any]) throws -> Void = { _ in }
  ) throws -> [Float] {
    let path = TransformerCase(name: name).path
    let data = try Data(contentsOf: URL(filePath: path + "/config.json"))
    var config = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    try change(&config)
    let folder = try TransformerCase(name: name).folder()
    let bytes = [UInt8](try JSONSerialization.data(withJSONObject: config))
    let model = try Transformer(
      HuggingFaceFolder(
        configuration: try HuggingFaceConfiguration(bytes: bytes), tensors: folder.tensors))
    return try model.logits(for: [text])[row: 0]
  }

  @Test(arguments: ["llama", "llama-yarn", "llama-dynamic", "mistral", "phi3", "nomic-bert"])
  func `positions are the same by the names of older configurations`(_ name: String) throws {
    let old = try logits(name) { config in
      var rope = try #require(config["rope_parameters"] as? [String: Any])
      config["rope_parameters"] = nil
      config["rope_theta"] = rope.removeValue(forKey: "rope_theta")
      rope["type"] = rope.removeValue(forKey: "rope_type")
      config["partial_rotary_factor"] = rope.removeValue(forKey: "partial_rotary_factor")
      if name == "phi3" { rope["type"] = "su" }
      config["rope_scaling"] = rope
    }
    #expect(old == (try logits(name)))
    let plain = try logits(name) { $0["rope_parameters"] = nil }
    #expect(plain != old)
  }

  @Test func `Gemma 3 has positions for near and for far layers`() throws {
    let old = try logits("gemma3") { config in
      config["rope_parameters"] = nil
      config["rope_theta"] = 1000
      config["rope_local_base_freq"] = 10
      config["rope_scaling"] = ["rope_type": "linear", "factor": 2]
    }
    #expect(old == (try logits("gemma3")))
    let far = try logits("gemma3") { $0["rope_local_base_freq"] = 1000 }
    #expect(far == old)
    let same = try logits("gemma3") { config in
      config["rope_parameters"] = nil
      config["rope_theta"] = 1000
      config["rope_scaling"] = ["rope_type": "linear", "factor": 2]
    }
    #expect(same != old)
  }

  @Test func `a part of a head turns by the name that GPT-NeoX has for it`() throws {
    let old = try logits("gpt-neox") { config in
      config["rope_parameters"] = nil
      config["rotary_pct"] = 0.5
      config["rotary_emb_base"] = 100
    }
    #expect(old == (try logits("gpt-neox")))
    #expect(try logits("gpt-neox") { $0["rope_parameters"] = nil } != old)
  }

  @Test(
    arguments: [
      ("qwen2", ["max_window_layers": 0]), ("gemma2", ["sliding_window": 3]),
      ("gemma3", ["sliding_window_pattern": 2]), ("smollm3", ["no_rope_layer_interval": 3]),
    ] as [(String, [String: Int])])
  func `layers without types are told by their numbers`(
    name: String, settings: [String: Int]
  ) throws {
    func logits(_ changed: [String: Int]) throws -> [Float] {
      try self.logits(name) { config in
        config["layer_types"] = nil
        config["no_rope_layers"] = nil
        if name == "gemma3" { config["sliding_window_pattern"] = 2 }
        for (key, value) in changed { config[key] = value }
      }
    }
    // The fixtures' own types are what their numbers say.
    if name != "gemma3" { #expect(try logits([:]) == self.logits(name)) }
    if name == "gemma3" {
      #expect(try logits(settings) == self.logits(name))
    } else {
      #expect(try logits(settings) != self.logits(name))
    }
  }

  @Test func `Gemma's first configurations name a function and mean its approximation`() throws {
    #expect(try logits("gemma") { $0["hidden_act"] = "gelu" } == logits("gemma"))
  }

  @Test func `Gemma 3 may look to both sides`() throws {
    let both = try logits("gemma3") {
      $0["use_bidirectional_attention"] = true
      $0["sliding_window"] = 5
    }
    #expect(both != (try logits("gemma3")))
  }
}
