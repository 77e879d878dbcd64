import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing

/// What holds for every family of transformers, on the models of the parity fixture.
struct TransformerTests {
  private func ids(_ count: Int, from first: Int = 3) -> [Int] {
    (0..<count).map { 3 + (first + $0 * 7) % 77 }
  }

  @Test(arguments: TransformerCase.all)
  func `gradients are those of central differences`(_ parity: TransformerCase) throws {
    let model = try Transformer(parity.folder())
    let target = Target(classIndex: model.classes.count - 1, quantity: .logit)
    let embeddings = try model.embeddings(for: [ids(5), ids(2)])
    let found = try model.gradient(of: [target, target], at: embeddings).gradient
    // A few numbers of each token; a step of 2^-7 leaves about 1e-3 of the largest.
    let step: Float = 0x1p-7
    var pairs: [(found: Float, expected: Float)] = []
    for row in 0..<2 {
      for token in 0..<embeddings.lengths[row] {
        let place = found.range(row: row, token: token).lowerBound + (token * 5) % found.width
        func value(_ change: Float) throws -> Float {
          var changed = embeddings
          changed.values[place] += change
          return target.value(
            logits: try model.logits(from: changed)[row: row], link: model.link)
        }
        pairs.append((found.values[place], try (value(step) - value(-step)) / (2 * step)))
      }
    }
    let largest = found.values.map(\.magnitude).max() ?? 0
    #expect(largest > 0.001)
    let difference = pairs.map { abs($0.found - $0.expected) }.max() ?? 0
    #expect(difference < 0.02 * largest, "\(difference) of \(largest)")
  }

  @Test(arguments: TransformerCase.all)
  func `results are the same to the last bit on any number of threads`(
    _ parity: TransformerCase
  ) throws {
    var model = try Transformer(parity.folder())
    let embeddings = try model.embeddings(for: (1...9).map { ids(6 * $0, from: $0) })
    let targets = (0..<9).map { _ in Target(classIndex: 0, quantity: .probability) }
    model.workers = .one
    let one = try model.gradient(of: targets, at: embeddings)
    model.workers = Workers(3)
    let many = try model.gradient(of: targets, at: embeddings)
    #expect(many.logits == one.logits && many.scores == one.scores)
    #expect(many.gradient == one.gradient)
  }

  /// Several go through all layers on one core, those that are left on all.
  @Test(arguments: TransformerCase.all)
  func `texts of a batch are what each of them is alone, also without a trace`(
    _ parity: TransformerCase
  ) throws {
    var model = try Transformer(parity.folder())
    let batch = (0..<70).map { ids(5 + $0 % 11, from: $0) }
    model.workers = .one
    let alone = try batch.map { try model.logits(for: [$0])[row: 0] }
    for count in [1, 3] {
      model.workers = Workers(count)
      let logits = try model.logits(for: batch)
      let embeddings = try model.embeddings(for: batch)
      let targets = batch.map { _ in Target(classIndex: 0) }
      #expect(logits.elements == alone.flatMap(\.self))
      #expect(try model.logits(from: embeddings) == logits)
      #expect(try model.gradient(of: targets, at: embeddings).logits == logits)
    }
  }

  @Test(.timeLimit(.minutes(2))) func `a batch ends with the task on all threads`() async throws {
    var model = try Transformer(TransformerCase.all[0].folder())
    model.workers = Workers(2)
    let batch = (0..<64).map { ids(12, from: $0) }
    let task = Task { [model] in
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return try model.logits(for: batch)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test(arguments: TransformerCase.all)
  func `a trace that does not fit is computed anew and changes nothing`(
    _ parity: TransformerCase
  ) throws {
    var model = try Transformer(parity.folder())
    let embeddings = try model.embeddings(for: [ids(23)])
    let kept = try model.gradient(of: [Target(classIndex: 0)], at: embeddings)
    model.traceBudget = 1
    let anew = try model.gradient(of: [Target(classIndex: 0)], at: embeddings)
    #expect(anew.gradient == kept.gradient && anew.logits == kept.logits)
    #expect(model.rowsPerCall(tokens: 23) == 1)
  }

  @Test(arguments: TransformerCase.all)
  func `texts without tokens are answered`(_ parity: TransformerCase) throws {
    let model = try Transformer(parity.folder())
    #expect(try model.logits(for: []).rows == 0)
    let empty = try model.logits(for: [[]])
    #expect(empty.rows == 1 && empty.elements.allSatisfy(\.isFinite))
    let mixed = try model.embeddings(for: [ids(4), [], ids(9)])
    let targets = (0..<3).map { _ in Target(classIndex: 0) }
    let result = try model.gradient(of: targets, at: mixed)
    #expect(result.logits[row: 1] == empty[row: 0])
    #expect(try model.valueZeroing(for: []).isEmpty)
    let maps = try model.attentionMaps(
      of: targets[0], at: TokenVectors(lengths: [0], width: mixed.width))
    #expect(maps.maps.isEmpty && maps.gradient.isEmpty)
  }

  @Test func `what can't be computed is refused and says why`() throws {
    let model = try Transformer(TransformerCase(name: "bert").folder())
    #expect(throws: ClassifierError.tokenOutOfVocabulary(id: 80, vocabulary: 80)) {
      try model.logits(for: [[1, 80]])
    }
    #expect(throws: ClassifierError.tooManyTokens(count: 65, limit: 64)) {
      try model.logits(for: [ids(3), ids(65)])
    }
    let moved = try Transformer(TransformerCase(name: "roberta").folder())
    #expect(throws: ClassifierError.tooManyTokens(count: 65, limit: 64)) {
      try moved.logits(for: [ids(65)])
    }
    let embeddings = try model.embeddings(for: [ids(3)])
    #expect(throws: ClassifierError.noSuchClass(index: 3, classes: 3)) {
      try model.gradient(of: [Target(classIndex: 3)], at: embeddings)
    }
    #expect(throws: ClassifierError.wrongCount(of: "targets", expected: 1, found: 0)) {
      try model.gradient(of: [], at: embeddings)
    }
    #expect(throws: ClassifierError.wrongCount(of: "embedding width", expected: 32, found: 9)) {
      try model.logits(from: TokenVectors(lengths: [2], width: 9))
    }
    #expect(throws: ClassifierError.noSuchToken(index: 3, tokens: 3)) {
      try model.logits(for: [ids(3)], zeroingValuesOf: [3])
    }
    #expect(throws: ClassifierError.wrongCount(of: "tokens", expected: 1, found: 0)) {
      try model.logits(for: [ids(3)], zeroingValuesOf: [])
    }
    let two = try model.embeddings(for: [ids(3), ids(4)])
    #expect(throws: ClassifierError.wrongCount(of: "texts", expected: 1, found: 2)) {
      try model.attentionMaps(of: Target(classIndex: 0), at: two)
    }
  }

  @Test func `maps that would not fit into memory are refused`() throws {
    let model = try Transformer(TransformerCase(name: "modernbert").folder())
    #expect(throws: ClassifierError.tooManyTokensForMaps(count: 3000, limit: 2896)) {
      try model.attentionMaps(
        of: Target(classIndex: 0), at: TokenVectors(lengths: [3000], width: 32))
    }
    #expect(throws: ClassifierError.tooManyTokensForMaps(count: 6000, limit: 5792)) {
      try model.valueZeroing(for: ids(6000))
    }
  }

  @Test func `a cancelled task gets no answer`() async throws {
    let model = try Transformer(TransformerCase(name: "bert").folder())
    let batch = (0..<20).map { ids(30, from: $0) }
    let task = Task {
      // Ends with the cancellation.
      try? await Task.sleep(for: .seconds(60))
      return try model.logits(for: batch)
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  // MARK: - Configurations that do not fit

  /// A case's folder with its configuration changed, and its weights perhaps too.
  private func build(
    _ name: String, config change: (inout [String: Any]) -> Void = { _ in },
    weights: (inout [String: NamedTensors.Entry]) -> Void = { _ in }
  ) throws {
    let parity = TransformerCase(name: name)
    let data = try Data(contentsOf: URL(filePath: parity.path + "/config.json"))
    var config = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    change(&config)
    let folder = try parity.folder()
    var entries: [String: NamedTensors.Entry] = [:]
    for name in folder.tensors.names {
      let shape = folder.tensors.shape(of: name) ?? []
      entries[name] = .init(shape: shape, values: try folder.tensors.values(name, shape: shape))
    }
    weights(&entries)
    let bytes = [UInt8](try JSONSerialization.data(withJSONObject: config))
    _ = try Transformer(
      HuggingFaceFolder(
        configuration: try HuggingFaceConfiguration(bytes: bytes), tensors: NamedTensors(entries)))
  }

  @Test(
    arguments: [
      ("bert", "hidden_size", 33), ("bert", "hidden_size", 1 << 40),
      ("bert", "num_hidden_layers", 0),
      ("bert", "num_hidden_layers", 1000), ("bert", "num_attention_heads", 5),
      ("bert", "intermediate_size", 47), ("bert", "vocab_size", 81),
      ("bert", "type_vocab_size", -1),
      ("bert", "max_position_embeddings", 65), ("bert", "position_embedding_type", "relative_key"),
      ("bert", "hidden_act", "prelu"), ("bert", "is_decoder", true), ("bert", "layer_norm_eps", -1),
      ("bert", "num_labels", 2), ("roberta", "pad_token_id", 66), ("distilbert", "dim", 31),
      ("electra", "embedding_size", 32), ("albert", "num_hidden_groups", 5),
      ("albert", "inner_group_num", 3), ("mpnet", "relative_attention_num_buckets", 31),
      ("deberta-v3", "position_buckets", 1), ("deberta-v3", "position_buckets", 1000),
      ("deberta-v3", "pos_att_type", "p2p"), ("deberta-v3", "attention_head_size", 4),
      ("deberta-c2p", "max_relative_positions", 21),
      ("deberta-v2-convolution", "conv_kernel_size", 4),
      ("deberta-v2-convolution", "conv_groups", 5),
      ("modernbert", "classifier_pooling", "max"),
      ("modernbert", "layer_types", ["full_attention"]),
      ("modernbert", "num_attention_heads", 32), ("modernbert-mean", "global_rope_theta", 0),
      ("modernbert", "rope_scaling", ["type": "yarn"]),
      ("bert", "quantization_config", ["load_in_4bit": true]),
      ("llama", "num_key_value_heads", 3), ("llama", "head_dim", 15),
      ("llama", "pad_token_id", "none"), ("llama", "hidden_act", "prelu"),
      ("llama", "rope_scaling", ["type": "proportional"]),
      ("llama", "rope_scaling", ["type": "linear"]),
      ("llama", "rope_scaling", ["type": "linear", "factor": 0] as [String: any Sendable]),
      ("llama", "rope_scaling", ["rope_theta": 1]),
      (
        "llama", "rope_scaling",
        ["type": "llama3", "factor": 2, "low_freq_factor": 1] as [String: any Sendable]
      ),
      (
        "phi3", "rope_scaling",
        ["type": "su", "short_factor": [1, 1, 1], "long_factor": [1, 1]] as [String: any Sendable]
      ),
      (
        "phi3", "rope_scaling",
        ["type": "su", "short_factor": [1, 0], "long_factor": [1, 1]] as [String: any Sendable]
      ),
      ("qwen2", "layer_types", ["sliding_attention"]),
      ("gemma", "use_bidirectional_attention", true), ("gemma2", "attn_logit_softcapping", 0),
      ("gemma2", "query_pre_attn_scalar", 0), ("gemma2", "sliding_window", -1),
      ("gemma3", "layer_types", ["full_attention", "chunked_attention", "full_attention"]),
      ("smollm3", "no_rope_layers", [1]), ("eurobert", "classifier_pooling", "max"),
      ("gpt2", "add_cross_attention", true), ("gpt2", "n_inner", 47), ("gpt2", "n_positions", 65),
      ("gpt-neox", "rope_scaling", ["partial_rotary_factor": 0.4]),
      ("longformer", "attention_window", 5), ("longformer", "attention_window", 0),
      ("longformer", "attention_window", [4]), ("longformer", "attention_window", [4, 7]),
      ("longformer", "attention_window", "wide"), ("longformer", "type_vocab_size", 2),
      ("bigbird-blocks", "block_size", 0), ("bigbird-blocks", "num_random_blocks", -1),
      ("bigbird-blocks", "attention_type", "sparse"),
    ] as [(String, String, any Sendable)])
  func `a setting that does not fit is refused`(
    _ name: String, _ key: String, _ value: any Sendable
  )
    throws
  {
    try build(name)
    #expect(throws: (any Error).self, "\(key) = \(value)") {
      try build(
        name,
        config: { config in
          config[key] = value
          if key == "num_labels" { config["id2label"] = nil }
        })
    }
  }

  @Test(arguments: TransformerCase.all)
  func `weights that do not fit are refused by name`(_ parity: TransformerCase) throws {
    let names = try parity.folder().tensors.names.filter { !$0.contains("roberta.pooler") }
    // One of each kind, not the same of each layer.
    for name in stride(from: 0, to: names.count, by: 7).map({ names[$0] }) {
      #expect(throws: CheckpointError.missingTensor(name: name)) {
        try build(parity.name, weights: { $0[name] = nil })
      }
      #expect(throws: (any Error).self, "\(name) of another shape") {
        try build(parity.name, weights: { $0[name]?.shape.append(1) })
      }
    }
  }

  @Test(arguments: TransformerCase.all)
  func `all that does not fit is named at once`(_ parity: TransformerCase) throws {
    let all = try parity.folder().tensors
    // What transformers saves with these and does not use.
    let unused = parity.name.hasPrefix("bigbird") ? "bert.pooler" : "roberta.pooler"
    let names = all.names.filter { !$0.contains(unused) }
    do {
      try build(
        parity.name,
        weights: { weights in for name in names { weights[name]?.shape.append(1) } })
      Issue.record("nothing fits and the model was built")
    } catch CheckpointError.mismatches(let mismatches, _) {
      #expect(mismatches.map(\.tensor) == names)
      for mismatch in mismatches {
        #expect(mismatch.found == mismatch.expected + [1])
        #expect(mismatch.expected == all.shape(of: mismatch.tensor))
      }
    }
  }
}
