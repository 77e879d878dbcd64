/// Why a tokenizer's files can't be used, and where: paths are as in `normalizer.normalizers[1]`.
public enum TokenizerFileError: Error, Sendable, Hashable {
  case missing(path: String)
  case wrongKind(path: String, expected: String, found: String)
  /// A part that this library does not know, by its `type`.
  case unknownComponent(path: String, name: String, known: [String])
  /// A setting that is known and can't be followed.
  case unsupported(path: String, what: String)
  case badRegex(path: String, RegexError)
  case idOutOfRange(path: String, id: Int, limit: Int)
  /// A token that the file names and the vocabulary lacks.
  case unknownToken(path: String, token: String)
  case badCharacterMap(path: String)
  case badSentencePiece(offset: Int)
  case emptyVocabulary(path: String)
  /// More than any tokenizer needs, and than the bound on memory allows: `tokens`, `bytes`.
  case tooLarge(path: String, what: String, count: Int, limit: Int)
  /// A file that should be an object of settings is something else.
  case noObject(found: String)
  /// What is wrong in a file other than `tokenizer.json`.
  indirect case inFile(name: String, TokenizerFileError)
  /// No vocabulary among a folder's files: none of these names.
  case noVocabulary(tried: [String])
}

extension TokenizerFileError {
  /// The error with the file that it is in, where it does not name one.
  func naming(_ file: String) -> TokenizerFileError {
    switch self {
    case .inFile, .noVocabulary: self
    default: .inFile(name: file, self)
    }
  }
}
