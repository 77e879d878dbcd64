public import Checkpoints
public import Tensors

/// fastai's text classifier on an AWD-LSTM (ULMFiT), as fastai 2.8 runs it for a single text.
///
/// A batch gives for each text what fastai gives for that text alone; fastai's own batches do not.
/// fastai cuts the gradient between chunks of `bptt` tokens; here it flows through all time steps:
/// it is the gradient of the function that was computed.
///
/// Sources: Merity et al. 2017, arXiv:1708.02182; Howard and Ruder 2018, arXiv:1801.06146.
public struct AWDLSTM: Sendable {
  public let configuration: Configuration
  public let classes: [String]
  public let link: OutputLink
  public let thresholds: [Float]
  /// How many threads a pass may use. Results are the same for any number.
  public var workers = Workers.all
  /// Bytes that what a pass keeps for the backward pass may take: rows are grouped, and long texts cut,
  /// so that it fits. A pass keeps one chunk at least; what does not fit is computed a second time.
  ///
  /// With this much, fifty gradients of a full-size model at 120 tokens take 1.6 times its weights,
  /// the program included; with more, they gain a few per cent of speed.
  package var traceBudget = 52 << 20
  /// How many bytes may be kept of where a text was on the way.
  package var startBudget = 8 << 20
  let embedding: Embedding
  let layers: [LSTM]
  let head: PoolingHead

  /// fastai's settings. No text is padded here, and `isBackwards` is the tokenizer's affair.
  public typealias Configuration = AWDLSTMSettings

  /// Takes the weights by the names of fastai's `state_dict`.
  /// - Throws: `ClassifierError.badSetting`; `CheckpointError` where a tensor is missing or its
  ///   shape does not fit the settings and classes; `TensorError.packingFailed`.
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
  /// The shapes of all tensors of the encoder and the head, for as many tokens and as wide a head as
  /// the tensors have.
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

  /// Units of one direction of a layer: the last layer gives vectors as wide as the embedding.
  func units(layer: Int) -> Int {
    (layer == layers - 1 ? embeddingSize : hiddenSize) / (isBidirectional ? 2 : 1)
  }

  /// Sizes that a file may claim but no model has are refused before anything is computed of them.
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

  /// fastai drops weights out of the forward direction's recurrent matrix alone and keeps the
  /// original as `weight_hh_l0_raw`; `module.weight_hh_l0` beside it may be a copy with holes.
  fileprivate static func recurrentName(
    tensors: NamedTensors, prefix: String, suffix: String
  ) -> String {
    let raw = "\(prefix).weight_hh_l0\(suffix)_raw"
    let plain = "\(prefix).module.weight_hh_l0\(suffix)"
    return tensors.shape(of: raw) == nil && tensors.shape(of: plain) != nil ? plain : raw
  }
}
