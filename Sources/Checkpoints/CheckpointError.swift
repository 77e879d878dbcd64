public import Documents

/// What others saved, read safely: what was wrong with it.
public indirect enum CheckpointError: Error, Sendable, Equatable {
  // tensors
  case missingTensor(name: String)
  case wrongShape(tensor: String, expected: [Int], found: [Int])
  /// More than one of the above: the settings belong to other weights. `found`: some of the names that
  /// the file has, where a tensor is missing.
  case mismatches([TensorMismatch], found: [String])
  /// The tensor's numbers are of a kind that no weights are: `I64`, `ComplexFloat`.
  case unsupportedNumbers(tensor: String, format: String)
  /// The tensor is a view of which some numbers are a part more than once.
  case repeatedNumbers(tensor: String)

  // files
  /// The system's error number.
  case unreadable(code: Int32)
  /// A folder, a pipe or a device where a file is needed.
  case notAFile
  /// The file should have more bytes than it has.
  case cutShort(needed: Int, found: Int)
  case tooLarge(bytes: Int, limit: Int)

  // formats, with the byte where the file stops being one
  case json(JSONFault, offset: Int)
  case pickle(PickleFault, offset: Int)
  case zip(ZipFault)
  case torch(TorchFault)
  case fastai(FastaiFault)
  case huggingFace(HuggingFaceFault)
  case safetensors(SafetensorsFault)
  case foreign(ForeignModel)
  case adapter(AdapterFault)

  /// What is wrong in one of several files.
  case inFile(name: String, CheckpointError)

  // settings, `key` as a path: `awd_lstm.emb_sz`
  case missingFile(name: String)
  case missingKey(key: String)
  case wrongValue(key: String, expected: String, found: String)
}
