internal import Documents

/// A model of a kind that can't be opened, recognised by the first bytes of its file, or by the names of
/// what stands in its folder or archive.
public enum ForeignModel: Sendable, Equatable {
  /// A model with its code, which `torch.jit.save` wrote.
  case torchScript
  /// Files packed into one, by the program that unpacks them: `unzip`.
  case archive(unpackedBy: String)
  /// A page of the web in place of the file that was to be downloaded.
  case webPage
  /// A pointer of Git LFS, not the file itself.
  case filePointer
  /// A format by its name: `ONNX`. There is no way from it to tensors by name.
  case format(String)
  /// Weights of TensorFlow or JAX, which transformers can convert: `tf_model.h5` with `from_tf`.
  case convertible(file: String, option: String)
  /// An adapter of the peft library, and the model that it is put on.
  case adapter(base: String?)
  /// A sentence encoder with a head of scikit-learn.
  case setFit
  /// A sentence encoder alone.
  case sentenceEncoder
  /// Settings under the name that BERT's first releases gave them: `bert_config.json`.
  case oldConfiguration(file: String)
}

// MARK: - Files

extension ForeignModel {
  /// By the first bytes of a file; 512 are enough.
  public init?(start: [UInt8]) {
    let magics: [(bytes: [UInt8], model: ForeignModel)] = [
      ([0x1F, 0x8B], .archive(unpackedBy: "gunzip, or tar -xzf")),
      (Array("BZh".utf8), .archive(unpackedBy: "bunzip2, or tar -xjf")),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A], .archive(unpackedBy: "unxz, or tar -xJf")),
      ([0x28, 0xB5, 0x2F, 0xFD], .archive(unpackedBy: "unzstd")),
      ([0x37, 0x7A, 0xBC, 0xAF], .archive(unpackedBy: "7z x")),
      (Array("Rar!".utf8), .archive(unpackedBy: "unrar x")),
      (Array("GGUF".utf8), .format("GGUF")),
      ([0x89] + Array("HDF\r\n".utf8), .format("HDF5 (Keras or TensorFlow)")),
      ([0xBA, 0x16, 0x4F, 0x2F], .format("fastText")),
      (Array("version https://git-lfs".utf8), .filePointer),
    ]
    if let found = magics.first(where: { start.starts(with: $0.bytes) }) {
      self = found.model
    } else if start.dropFirst(257).starts(with: "ustar".utf8) {
      self = .archive(unpackedBy: "tar -xf")
    } else if start.dropFirst(4).starts(with: "TFL3".utf8) {
      self = .format("TensorFlow Lite")
    } else if start.first == 8, Self.contains("pytorch", start) || Self.contains("onnx", start) {
      self = .format("ONNX")
    } else if let first = start.first(where: { $0 > 0x20 }), first == UInt8(ascii: "<"),
      Self.contains("html", start.map { $0 | 0x20 })
    {
      self = .webPage
    } else {
      return nil
    }
  }

  private static func contains(_ word: String, _ bytes: [UInt8]) -> Bool {
    let word = Array(word.utf8)
    return bytes.indices.contains { bytes[$0...].starts(with: word) }
  }

  /// By the names in a zip file; nil for PyTorch's own.
  init?(archive names: some Collection<String>) {
    func has(_ file: String) -> Bool {
      names.contains { $0 == file || $0.hasSuffix("/" + file) }
    }
    if has("constants.pkl") || names.contains(where: { $0.contains("/code/") }) {
      self = .torchScript
    } else if has("model.weights.h5") {
      self = .format("Keras")
    } else if has("config.json") || has("tokenizer.json") || has("pytorch_model.bin")
      || names.contains(where: { $0.hasSuffix(".safetensors") })
    {
      self = .archive(unpackedBy: "unzip")
    } else {
      return nil
    }
  }
}

// MARK: - Folders

extension ForeignModel {
  /// An adapter, whatever else stands in the folder: transformers puts it on another model.
  /// - Throws: `CheckpointError` where `adapter_config.json` can't be read.
  public init?(adapterIn files: ModelFiles) throws {
    let name = "adapter_config.json"
    guard let settings = try files.json(name, atMost: 1 << 20) else { return nil }
    var base: String?
    if case .string(let text)? = settings["base_model_name_or_path"], !text.isEmpty { base = text }
    self = .adapter(base: base)
  }

  /// By the names in a folder that has no weights of PyTorch.
  /// - Parameter names: of its files and folders, sorted.
  public init?(folder names: [String]) {
    func first(_ endings: String...) -> String? {
      names.first { name in endings.contains { name.hasSuffix($0) } }
    }
    if let file = first("tf_model.h5", ".ckpt.index", "model.ckpt", ".data-00000-of-00001") {
      self = .convertible(file: file, option: "from_tf")
    } else if let file = first("flax_model.msgpack") {
      self = .convertible(file: file, option: "from_flax")
    } else if names.contains("saved_model.pb") || names.contains("keras_metadata.pb") {
      self = .format("TensorFlow's SavedModel")
    } else if first(".onnx") != nil || names.contains("onnx") {
      self = .format("ONNX")
    } else if first(".gguf") != nil {
      self = .format("GGUF")
    } else if names.contains("openvino_model.xml") {
      self = .format("OpenVINO")
    } else if names.contains("rust_model.ot") {
      self = .format("rust-bert")
    } else if names.contains("config.cfg"), names.contains("meta.json") {
      self = .format("spaCy")
    } else if let file = first("bert_config.json", "albert_config.json", "xlnet_config.json") {
      self = .oldConfiguration(file: file)
    } else {
      return nil
    }
  }

  /// What an encoder without a head is by its neighbours; nil where it is an encoder of transformers.
  public init?(encoderIn files: ModelFiles) {
    guard files.contains("modules.json") else { return nil }
    self =
      files.contains("model_head.pkl") || files.contains("config_setfit.json")
      ? .setFit : .sentenceEncoder
  }
}
