/// Why a tokenizer's files cannot be used, and where, as a path such as
/// `normalizer.normalizers[1]`.
public enum TokenizerFileError: Error, Sendable, Hashable {
  case missing(path: String)
  case wrongKind(path: String, expected: String, found: String)
  /// A component with an unknown `type`.
  case unknownComponent(path: String, name: String, known: [String])
  /// A known setting with a value that is not supported.
  case unsupported(path: String, what: String)
  case badRegex(path: String, RegexError)
  case idOutOfRange(path: String, id: Int, limit: Int)
  /// A token that the file refers to, but the vocabulary lacks.
  case unknownToken(path: String, token: String)
  case badCharacterMap(path: String)
  case badSentencePiece(offset: Int)
  case emptyVocabulary(path: String)
  /// More `tokens` or `bytes` than the limit on memory allows, which is above what any tokenizer
  /// needs.
  case tooLarge(path: String, what: String, count: Int, limit: Int)
  /// A settings file that is not an object.
  case noObject(found: String)
  /// An error in a file other than `tokenizer.json`.
  indirect case inFile(name: String, TokenizerFileError)
  /// None of these vocabulary files exists in the folder.
  case noVocabulary(tried: [String])
}

extension TokenizerFileError {
  /// The error with the file's name, unless it names one already.
  func naming(_ file: String) -> TokenizerFileError {
    switch self {
    case .inFile, .noVocabulary: self
    default: .inFile(name: file, self)
    }
  }
}
