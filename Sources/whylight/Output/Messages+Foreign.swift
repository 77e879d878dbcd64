internal import Checkpoints
internal import Reports

/// Messages for unsupported models: what they are, and what would work.
extension Messages {
  /// What always works; follows a comma or a semicolon.
  static let program =
    "a program of yours can answer: --model 'exec:python3 model.py', see docs/external-models.md"

  static func sentence(_ model: ForeignModel, at path: String) -> String {
    switch model {
    case .torchScript:
      "\(path) is TorchScript, a model with its code; give the folder or export that it was made from,"
        + " or \(program)"
    case .archive(let tool): "\(path) is packed; unpack it with \(tool), and give what was in it"
    case .webPage: "\(path) is a web page, not a model: the download did not give the file itself"
    case .filePointer:
      "\(path) is a pointer of Git LFS, not the file itself; fetch it with git lfs pull"
    case .format(let name):
      "\(path) is a model in the format \(name), which can't be read; \(program)"
    case .pythonObjects(let writer, let className):
      "\(path) was written by \(writer)\(className.map { " and holds \($0)" } ?? ""): Python objects, as"
        + " scikit-learn's models are, which only Python can load; \(program)"
    case .numpyArrays: "\(path) has NumPy arrays, but no model; \(program)"
    case .convertible(let file, let option):
      "\(path) has weights of another library (\(file)) and none of PyTorch; convert it with"
        + " transformers 4: python3 -c \"from transformers import AutoModelForSequenceClassification as"
        + " A; A.from_pretrained('\(path)', \(option)=True).save_pretrained('converted')\", and copy the"
        + " tokenizer's files"
    case .setFit:
      "\(path) is a SetFit model, a sentence encoder with a head of scikit-learn; \(program)"
    case .sentenceEncoder:
      "\(path) is a sentence encoder, which gives vectors and has no classification head; if there is a"
        + " classifier on top of it, \(program)"
    case .oldConfiguration(let file):
      "\(path) has its settings in \(file) and no config.json; copy the one to the other, with"
        + " \"model_type\" and the classes (\"id2label\") added"
    }
  }
}
