/// A model of an unsupported kind, recognised by the first bytes of its file and its name, or by
/// the names in its folder or archive.
public enum ForeignModel: Sendable, Equatable {
  /// A model with its code, written by `torch.jit.save`.
  case torchScript
  /// Compressed files, by the program that unpacks them: `unzip`.
  case archive(unpackedBy: String)
  /// A web page instead of the file that should have been downloaded.
  case webPage
  /// A Git LFS pointer instead of the file itself.
  case filePointer
  /// A format by name: `ONNX`. It cannot be converted to tensors by name.
  case format(String)
  /// Objects that only Python can load, such as scikit-learn's models: the library that wrote them
  /// (`joblib`) and the class of the first object, if known.
  case pythonObjects(by: String, className: String?)
  /// NumPy arrays without a model.
  case numpyArrays
  /// Weights of TensorFlow or JAX that transformers can convert: `tf_model.h5` with `from_tf`.
  case convertible(file: String, option: String)
  /// A sentence encoder with a scikit-learn head.
  case setFit
  /// A sentence encoder without a head.
  case sentenceEncoder
  /// Settings under the file name of BERT's first releases: `bert_config.json`.
  case oldConfiguration(file: String)
}

// MARK: - Folders

extension ForeignModel {
  /// By the names in a folder without PyTorch weights.
  /// - Parameter names: the names of its files and folders, sorted.
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
    } else if names.contains("MLmodel") {
      self = .format("MLflow")
    } else if names.contains("config.cfg"), names.contains("meta.json") {
      self = .format("spaCy")
    } else if let file = first("bert_config.json", "albert_config.json", "xlnet_config.json") {
      self = .oldConfiguration(file: file)
    } else {
      return nil
    }
  }

  /// The kind of an encoder without a head, by the files beside it; nil if it is a plain encoder of
  /// transformers.
  public init?(encoderIn files: ModelFiles) {
    guard files.contains("modules.json") else { return nil }
    self =
      files.contains("model_head.pkl") || files.contains("config_setfit.json")
      ? .setFit : .sentenceEncoder
  }
}
