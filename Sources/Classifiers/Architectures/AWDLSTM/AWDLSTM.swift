public import Checkpoints
public import Tensors

/// fastai's AWD-LSTM text classifier (ULMFiT), as fastai 2.8 runs it on a single text.
///
/// Each text of a batch gets the result that fastai computes for it alone; fastai's own batches do
/// not. fastai cuts the gradient between chunks of `bptt` tokens; here it flows through all time
/// steps, so that it is the gradient of the function that was computed.
///
/// Sources: Merity et al. 2017, arXiv:1708.02182; Howard and Ruder 2018, arXiv:1801.06146.
public struct AWDLSTM: Sendable {
  public let configuration: Configuration
  public let classes: [String]
  public let link: OutputLink
  public let thresholds: [Float]
  /// The number of threads for a pass. Results are the same for any number.
  public var workers = Workers.all
  /// The most bytes that a pass keeps for the backward pass: rows are grouped, and long texts
  /// divided, so that it fits. A pass keeps at least one chunk; the rest is computed a second time.
  ///
  /// With this budget, fifty gradients of a full-size model at 120 tokens take 1.6 times the memory
  /// of its weights, including the program; with more, they are a few per cent faster.
  package var traceBudget = 52 << 20
  /// The most bytes of states that are kept along a text.
  package var startBudget = 8 << 20
  let embedding: Embedding
  let layers: [LSTM]
  let head: PoolingHead

  /// fastai's settings. No text is padded here, and the tokenizer handles `isBackwards`.
  public typealias Configuration = AWDLSTMSettings

  /// Takes the weights by the names in fastai's `state_dict`.
  /// - Throws: `ClassifierError.badSetting`; `CheckpointError` if a tensor is missing or has the
  ///   wrong shape; `TensorError.packingFailed`.
  public init(
    configuration: Configuration, tensors: NamedTensors, classes: [String], link: OutputLink,
    thresholds: [Float] = [0.5]
  ) throws {
    try configuration.validate()
    self.configuration = configuration
    self.classes = classes
    self.link = link
    self.thresholds = thresholds
    let width = configuration.embeddingSize
    if let error = CheckpointError(
      tensors.mismatches(configuration.shapes(in: tensors)), names: tensors.names)
    {
      throw error
    }
    embedding = Embedding(
      weight: try tensors.matrix(
        "0.module.encoder.weight",
        rows: tensors.shape(of: "0.module.encoder.weight")?.first ?? 0, columns: width))
    layers = try (0..<configuration.layers).map {
      try LSTM(
        tensors: tensors, prefix: "0.module.rnns.\($0)",
        inputWidth: $0 == 0 ? width : configuration.hiddenSize,
        units: configuration.units(layer: $0),
        isBidirectional: configuration.isBidirectional)
    }
    head = try PoolingHead(
      tensors: tensors, inputWidth: 3 * width, range: configuration.outputRange)
    guard head.classCount == classes.count else {
      throw ClassifierError.otherClasses(outputs: head.classCount, classes: classes.count)
    }
  }
}

extension AWDLSTMSettings {
  /// The shapes of all tensors of the encoder and the head, for the number of tokens and the width
  /// of the head in the file.
  fileprivate func shapes(in tensors: NamedTensors) -> [(name: String, shape: [Int])] {
    let embedding = "0.module.encoder.weight"
    var shapes = [(embedding, [tensors.shape(of: embedding)?.first ?? 1, embeddingSize])]
    for layer in 0..<layers {
      let prefix = "0.module.rnns.\(layer)"
      let units = units(layer: layer)
      for suffix in isBidirectional ? ["", "_reverse"] : [""] {
        let recurrent = LSTM.recurrentName(tensors: tensors, prefix: prefix, suffix: suffix)
        shapes += [
          ("\(prefix).module.bias_ih_l0\(suffix)", [4 * units]),
          ("\(prefix).module.bias_hh_l0\(suffix)", [4 * units]),
          (
            "\(prefix).module.weight_ih_l0\(suffix)",
            [4 * units, layer == 0 ? embeddingSize : hiddenSize]
          ),
          (recurrent, [4 * units, units]),
        ]
      }
    }
    return shapes + PoolingHead.shapes(in: tensors, inputWidth: 3 * embeddingSize)
  }

  /// The units of one direction of a layer: the last layer's output is as wide as the embedding.
  func units(layer: Int) -> Int {
    (layer == layers - 1 ? embeddingSize : hiddenSize) / (isBidirectional ? 2 : 1)
  }

  /// Implausible sizes in a file are refused before anything is computed from them.
  func validate() throws {
    let most = 1 << 20
    let settings = [
      ("emb_sz", embeddingSize, most), ("n_hid", hiddenSize, most), ("n_layers", layers, 1024),
      ("bptt", chunk, 1 << 40), ("max_len", maxLength ?? 1, 1 << 40),
    ]
    for (name, value, largest) in settings where value < 1 || value > largest {
      throw ClassifierError.badSetting(name: name, value: "\(value)")
    }
    for (name, value) in [("emb_sz", embeddingSize), ("n_hid", hiddenSize)]
    where isBidirectional && !value.isMultiple(of: 2) {
      throw ClassifierError.badSetting(name: name, value: "\(value)")
    }
  }
}

extension LSTM {
  /// - Throws: `CheckpointError`, `TensorError.packingFailed`.
  fileprivate init(
    tensors: NamedTensors, prefix: String, inputWidth: Int, units: Int, isBidirectional: Bool
  ) throws {
    directions = try (isBidirectional ? ["", "_reverse"] : [""]).map { suffix in
      let biases = try ["bias_ih_l0", "bias_hh_l0"].map {
        try tensors.vector("\(prefix).module.\($0)\(suffix)", count: 4 * units)
      }
      let input = "\(prefix).module.weight_ih_l0\(suffix)"
      let recurrent = Self.recurrentName(tensors: tensors, prefix: prefix, suffix: suffix)
      let direction = try Direction(
        input: try tensors.matrix(input, rows: 4 * units, columns: inputWidth),
        recurrent: try tensors.matrix(recurrent, rows: 4 * units, columns: units),
        bias: zip(biases[0], biases[1]).map { $0 + $1 }, precision: tensors.precision)
      for name in [input, recurrent] { tensors.noteProduct(of: name) }
      return direction
    }
  }

  /// fastai applies weight dropout only to the forward direction's recurrent matrix and keeps the
  /// original as `weight_hh_l0_raw`; `module.weight_hh_l0` may be a copy with dropped weights.
  fileprivate static func recurrentName(
    tensors: NamedTensors, prefix: String, suffix: String
  ) -> String {
    let raw = "\(prefix).weight_hh_l0\(suffix)_raw"
    let plain = "\(prefix).module.weight_hh_l0\(suffix)"
    return tensors.shape(of: raw) == nil && tensors.shape(of: plain) != nil ? plain : raw
  }
}
