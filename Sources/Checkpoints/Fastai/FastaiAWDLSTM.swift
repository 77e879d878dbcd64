/// Reads the sizes of fastai's text classifier from its modules; modules that compute something
/// else than fastai's own are refused.
enum FastaiAWDLSTM {
  /// - Throws: `CheckpointError.fastai`.
  static func settings(of model: FastaiModule) throws -> AWDLSTMSettings {
    guard let encoder = model.child("0"), let body = encoder.child("module"),
      let head = model.child("1")?.child("layers")
    else { throw CheckpointError.fastai(.missing(part: "encoder")) }
    if body.className.contains("QRNN") || body.value.attribute("qrnn")?.flag == true {
      throw CheckpointError.fastai(.noTextClassifier(.qrnn))
    }
    guard body.className == "AWD_LSTM" else {
      throw CheckpointError.fastai(.unsupportedEncoder(className: body.className))
    }
    let maximum = encoder.value.attribute("max_len")
    var settings = AWDLSTMSettings(
      embeddingSize: try body.integer("emb_sz"), hiddenSize: try body.integer("n_hid"),
      layers: try body.integer("n_layers"), isBidirectional: try body.integer("n_dir") == 2,
      // The encoder masks this id; the body's pad_token only says which row is not trained.
      padding: encoder.value.attribute("pad_idx")?.integer
        ?? body.value.attribute("pad_token")?.integer ?? 1, chunk: try encoder.integer("bptt"),
      maxLength: maximum?.isNone == false ? try encoder.integer("max_len") : nil,
      outputRange: try outputRange(of: head))
    if let chunk = model.child("1")?.value.attribute("bptt")?.integer, chunk != settings.chunk {
      settings.poolingChunk = chunk
    }
    if body.child("encoder")?.value.attribute("max_norm")?.isNone == false {
      throw CheckpointError.fastai(
        .unsupportedLayer(name: "encoder Embedding", setting: "max_norm"))
    }
    try checkRecurrentLayers(of: body, settings)
    try checkHead(head)
    return settings
  }

  private static func checkRecurrentLayers(
    of body: FastaiModule, _ settings: AWDLSTMSettings
  ) throws {
    for (name, dropped) in try body.child("rnns")?.children() ?? [] {
      let layer = dropped.child("module") ?? dropped
      let expected: [(String, Bool)] = [
        ("bias", layer.value.attribute("bias")?.flag == true),
        ("num_layers", layer.value.attribute("num_layers")?.integer == 1),
        ("proj_size", (layer.value.attribute("proj_size")?.integer ?? 0) == 0),
        (
          "bidirectional",
          layer.value.attribute("bidirectional")?.flag == settings.isBidirectional
        ),
      ]
      let wrong = expected.first { !$0.1 }?.0
      guard layer.className == "LSTM", wrong == nil else {
        throw CheckpointError.fastai(
          .unsupportedLayer(name: "rnns.\(name) \(layer.className)", setting: wrong ?? "class"))
      }
    }
  }

  // MARK: - The head

  /// Batch normalisations, linear layers, and a ReLU directly after each linear layer but the last.
  private static func checkHead(_ head: FastaiModule) throws {
    var left = layerLimit
    let layers = try flattened(head, depth: 0, left: &left).filter { $0.className != "Dropout" }
    let lastLinear = layers.lastIndex { $0.className == "Linear" }
    for (index, layer) in layers.enumerated() {
      var setting: String?
      switch layer.className {
      case "BatchNorm1d":
        // PyTorch's default, 1e-5, is the only value that is supported.
        let epsilon = layer.value.attribute("eps")?.real ?? 0
        if abs(epsilon - 1e-5) > 1e-9 { setting = "eps" }
        if layer.value.attribute("affine")?.flag != true { setting = "affine" }
        if layer.value.attribute("track_running_stats")?.flag != true {
          setting = "track_running_stats"
        }
      case "Linear":
        let next = index + 1 < layers.count ? layers[index + 1].className : ""
        if (next == "ReLU") == (index == lastLinear) { setting = "activation" }
      case "ReLU":
        if index == 0 || layers[index - 1].className != "Linear" { setting = "place" }
      case "SigmoidRange":
        if index != layers.count - 1 { setting = "place" }
      default: setting = "class"
      }
      if let setting {
        throw CheckpointError.fastai(
          .unsupportedLayer(name: "layers.\(index) \(layer.className)", setting: setting))
      }
    }
  }

  /// More than any head has; guards against modules that contain each other.
  private static let layerLimit = 1_000

  private static func flattened(
    _ module: FastaiModule, depth: Int, left: inout Int
  ) throws -> [FastaiModule] {
    left -= 1
    guard left > 0 else { throw CheckpointError.fastai(.missing(part: "an end of the layers")) }
    guard ["Sequential", "LinBnDrop"].contains(module.className), depth < 4 else {
      return [module]
    }
    var layers: [FastaiModule] = []
    for child in try module.children() {
      layers += try flattened(child.module, depth: depth + 1, left: &left)
    }
    return layers
  }

  private static func outputRange(of head: FastaiModule) throws -> ClosedRange<Float>? {
    guard let layer = try head.children().last?.module, layer.className == "SigmoidRange" else {
      return nil
    }
    guard let low = layer.value.attribute("low")?.real.map(Float.init),
      let high = layer.value.attribute("high")?.real.map(Float.init), low < high,
      low.isFinite, high.isFinite
    else { throw CheckpointError.fastai(.missing(part: "y_range")) }
    return low...high
  }
}
