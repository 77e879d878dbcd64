extension PickleValue {
  /// The texts of a list; nil for an element that is not text.
  ///
  /// A pickle can store a long text once and refer to it a million times: the texts of a list may
  /// add up to little more than the size of the file.
  /// - Throws: `CheckpointError.pickle(.repeatedText)`.
  func texts(_ name: (PickleValue) -> String? = { $0.text }) throws -> [String?]? {
    guard let list else { return nil }
    let limit = pickle.bytes.count + 1 << 16
    var size = 0
    return try list.map { element in
      size += element.textSize
      guard size <= limit else {
        throw CheckpointError.pickle(.repeatedText(limit: limit), offset: 0)
      }
      return name(element)
    }
  }
}
