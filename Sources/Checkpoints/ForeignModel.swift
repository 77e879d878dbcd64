/// A model of a kind that can't be opened, recognised by the first bytes of its file and the file's name,
/// or by the names of what stands in its folder or archive.
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
  /// Objects that only Python can load, as scikit-learn's models are, by what wrote them: `joblib`; and
  /// the class of the first, where it can be seen.
  case pythonObjects(by: String, className: String?)
  /// Numbers of NumPy without a model.
  case numpyArrays
  /// Weights of TensorFlow or JAX, which transformers can convert: `tf_model.h5` with `from_tf`.
  case convertible(file: String, option: String)
  /// A sentence encoder with a head of scikit-learn.
  case setFit
  /// A sentence encoder alone.
  case sentenceEncoder
  /// Settings under the name that BERT's first releases gave them: `bert_config.json`.
  case oldConfiguration(file: String)
}

// MARK: - Folders

extension ForeignModel {
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

  /// What an encoder without a head is by its neighbours; nil where it is an encoder of transformers.
  public init?(encoderIn files: ModelFiles) {
    guard files.contains("modules.json") else { return nil }
    self =
      files.contains("model_head.pkl") || files.contains("config_setfit.json")
      ? .setFit : .sentenceEncoder
  }
}
