/// Recognises unsupported models by their files.
extension ForeignModel {
  /// By the first bytes of a file (512 are enough) and its name.
  public init?(start: [UInt8], name: String) {
    let name = name.lowercased()
    if let packed = Self(packed: start, name: name) {
      self = packed
    } else if let known = Self.magics.first(where: { start.starts(with: $0.bytes) }) {
      self = known.model
    } else if start.dropFirst(257).starts(with: "ustar".utf8) {
      self = .archive(unpackedBy: "tar -xf")
    } else if start.dropFirst(4).starts(with: "TFL3".utf8) {
      self = .format("TensorFlow Lite")
    } else if let className = Self.firstClass(inOldPickle: start) {
      self = .pythonObjects(by: "pickle", className: className)
    } else if start.starts(with: [8, 1, 0x12]) {
      // schema version 1, and the first of the graphs
      self = .format("TensorFlow's SavedModel")
    } else if start.first == 8, Self.contains("pytorch", start) || Self.contains("onnx", start) {
      self = .format("ONNX")
    } else if let first = start.first(where: { $0 > 0x20 }), first == UInt8(ascii: "<"),
      Self.contains("html", start)
    {
      self = .webPage
    } else if let known = Self.endings.first(where: { name.hasSuffix($0.ending) }) {
      self = .format(known.format)
    } else if name.contains(".ckpt.") || name.contains(".data-00000-of-") {
      self = .format("a TensorFlow checkpoint")
    } else {
      return nil
    }
  }

  private static let magics: [(bytes: [UInt8], model: ForeignModel)] = [
    (Array("GGUF".utf8), .format("GGUF")),
    ([0x89] + Array("HDF\r\n".utf8), .format("HDF5 (Keras or TensorFlow)")),
    ([0xBA, 0x16, 0x4F, 0x2F], .format("fastText")),
    (Array("CBM1".utf8), .format("CatBoost")),
    ([0x93] + Array("NUMPY".utf8), .numpyArrays),
    (Array("version https://git-lfs".utf8), .filePointer),
  ]

  /// Formats without a signature, by file extension.
  private static let endings: [(ending: String, format: String)] = [
    (".pb", "a TensorFlow graph"), (".pbtxt", "a TensorFlow graph"), (".onnx", "ONNX"),
    (".tflite", "TensorFlow Lite"), (".mlmodel", "Core ML"), (".msgpack", "Flax"),
    (".pdmodel", "PaddlePaddle"), (".pdparams", "PaddlePaddle"), (".ot", "rust-bert"),
    (".engine", "TensorRT"), (".plan", "TensorRT"), (".rds", "R"), (".rdata", "R"),
    (".pmml", "PMML"), (".ggml", "GGML"), (".mlir", "MLIR"), (".t7", "Torch 7"),
    ("openvino_model.xml", "OpenVINO"),
  ]

  /// Programs that unpack a file, by its first bytes. A pickle that joblib compressed is refused:
  /// Whylight could not read its contents either.
  private init?(packed start: [UInt8], name: String) {
    let packers: [(bytes: [UInt8], tool: String?)] = [
      ([0x1F, 0x8B], "gunzip, or tar -xzf"), (Array("BZh".utf8), "bunzip2, or tar -xjf"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "unxz, or tar -xJf"), ([0x28, 0xB5, 0x2F, 0xFD], "unzstd"),
      ([0x37, 0x7A, 0xBC, 0xAF], "7z x"), (Array("Rar!".utf8), "unrar x"),
      ([0x04, 0x22, 0x4D, 0x18], "unlz4"), ([0x5D, 0, 0], nil), (Array("ZF0x".utf8), nil),
      ([0x78, 0x01], nil), ([0x78, 0x5E], nil), ([0x78, 0x9C], nil), ([0x78, 0xDA], nil),
    ]
    guard let packer = packers.first(where: { start.starts(with: $0.bytes) }) else { return nil }
    let isPickle = [".joblib", ".pkl", ".pickle", ".sav", ".jbl"].contains(where: name.hasSuffix)
    guard let tool = packer.tool, !isPickle else {
      self = .pythonObjects(by: "joblib", className: nil)
      return
    }
    self = .archive(unpackedBy: tool)
  }

  /// Pickles of the first protocols start with a class name: `csklearn.svm`, a new line, `SVC`.
  private static func firstClass(inOldPickle start: [UInt8]) -> String? {
    guard start.first == UInt8(ascii: "c") else { return nil }
    let lines = start.dropFirst().split(
      separator: UInt8(ascii: "\n"), maxSplits: 4, omittingEmptySubsequences: false)
    guard lines.count > 2 else { return nil }
    func name(_ line: ArraySlice<UInt8>) -> String? {
      let isName = line.allSatisfy { byte in
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
          || (byte < 0x80 && Unicode.Scalar(byte).properties.isAlphabetic)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
      return isName && !line.isEmpty ? String(decoding: line, as: UTF8.self) : nil
    }
    guard let module = name(lines[0]), let type = name(lines[1]) else { return nil }
    guard module == "copy_reg" || module == "copyreg" else { return "\(module).\(type)" }
    // `c copy_reg _reconstructor ( c module class`
    guard lines.count > 4, lines[2].starts(with: "(c".utf8),
      let module = name(lines[2].dropFirst(2)),
      let type = name(lines[3])
    else { return "\(module).\(type)" }
    return "\(module).\(type)"
  }

  /// Ignores case.
  private static func contains(_ word: String, _ bytes: [UInt8]) -> Bool {
    let word = Array(word.utf8)
    let bytes = bytes.map { $0 | 0x20 }
    return bytes.indices.contains { bytes[$0...].starts(with: word) }
  }

  /// By what was read of a pickle before it broke off. joblib writes an array's numbers after the
  /// object that represents it, in the middle of the pickle.
  init?(broken pickle: Pickle) {
    var className: String?
    for index in pickle.nodes.indices {
      guard let name = PickleValue(pickle: pickle, id: Pickle.ID(index)).global else { continue }
      if name.contains("joblib.numpy_pickle") {
        self = .pythonObjects(by: "joblib", className: className)
        return
      }
      let isOwn = ["numpy.", "copyreg.", "copy_reg.", "builtins.", "collections.", "_codecs."]
        .contains(where: name.hasPrefix)
      if className == nil, !isOwn { className = name }
    }
    return nil
  }

  /// By the names in a zip file; nil for PyTorch's own format.
  init?(archive names: some Collection<String>) {
    func has(_ file: String) -> Bool {
      names.contains { $0 == file || $0.hasSuffix("/" + file) }
    }
    if has("constants.pkl") || names.contains(where: { $0.contains("/code/") }) {
      self = .torchScript
    } else if has("model.weights.h5") {
      self = .format("Keras")
    } else if has("MAR-INF/MANIFEST.json") {
      self = .format("TorchServe")
    } else if names.contains("schema.json") {
      self = .pythonObjects(by: "skops", className: nil)
    } else if !names.isEmpty, names.allSatisfy({ $0.hasSuffix(".npy") }) {
      self = .numpyArrays
    } else if has("config.json") || has("tokenizer.json") || has("pytorch_model.bin")
      || names.contains(where: { $0.hasSuffix(".safetensors") })
    {
      self = .archive(unpackedBy: "unzip")
    } else {
      return nil
    }
  }
}
