public import Documents

/// Why a saved model or one of its files cannot be used.
public indirect enum CheckpointError: Error, Sendable, Equatable {
  // tensors
  case missingTensor(name: String)
  case wrongShape(tensor: String, expected: [Int], found: [Int])
  /// Several of the above: the settings belong to other weights. `found` has some of the names in
  /// the file if a tensor is missing.
  case mismatches([TensorMismatch], found: [String])
  /// The tensor's numbers have a type that weights do not have: `I64`, `ComplexFloat`.
  case unsupportedNumbers(tensor: String, format: String)
  /// The tensor is a view that contains some numbers more than once.
  case repeatedNumbers(tensor: String)

  // files
  /// The system's error number.
  case unreadable(code: Int32)
  /// A folder, a pipe or a device instead of a file.
  case notAFile
  /// The file has fewer bytes than it should.
  case cutShort(needed: Int, found: Int)
  case tooLarge(bytes: Int, limit: Int)

  // formats, with the offset of the faulty byte
  case json(JSONFault, offset: Int)
  case pickle(PickleFault, offset: Int)
  case zip(ZipFault)
  case torch(TorchFault)
  case fastai(FastaiFault)
  case huggingFace(HuggingFaceFault)
  case safetensors(SafetensorsFault)
  case foreign(ForeignModel)
  case adapter(AdapterFault)

  /// An error in one of several files.
  case inFile(name: String, CheckpointError)

  // settings, with `key` as a path: `awd_lstm.emb_sz`
  case missingFile(name: String)
  case missingKey(key: String)
  case wrongValue(key: String, expected: String, found: String)
}
