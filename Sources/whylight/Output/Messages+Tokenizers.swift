internal import Reports
internal import Tokenizers

/// Messages for invalid tokenizer files.
extension Messages {
  static func sentence(_ error: TokenizerFileError) -> String {
    if case .inFile = error { return fault(error) }
    if case .noVocabulary = error { return fault(error) }
    return "tokenizer.json: \(fault(error))"
  }

  /// Without the name of a file.
  static func fault(_ error: TokenizerFileError) -> String {
    switch error {
    case .missing(let path): "'\(path)' is missing"
    case .wrongKind(let path, let expected, let found):
      "'\(path)' is \(found) where \(expected) is needed"
    case .unknownComponent(let path, let name, let known):
      "'\(path)' is a \(name), which is not known; known are \(list(known))"
    case .unsupported(let path, let what): "'\(path)' has \(what), which can't be followed"
    case .badRegex(let path, let error): "the pattern in '\(path)' can't be used: \(fault(error))"
    case .idOutOfRange(let path, let id, let limit):
      "'\(path)' has the id \(id) where one below \(limit) is needed"
    case .unknownToken(let path, let token):
      "'\(path)' names the token '\(token)', which is not in the vocabulary"
    case .badCharacterMap(let path): "the character map in '\(path)' is damaged"
    case .badSentencePiece(let offset):
      "not a readable SentencePiece model: it stops being one at byte \(offset)"
    case .tooLarge(let path, let what, let count, let limit):
      "'\(path)' has \(count) \(what), at most \(limit) are read"
    case .emptyVocabulary(let path): "the vocabulary in '\(path)' is empty"
    case .noObject(let found): "the file holds \(found) where an object is needed"
    case .inFile(let name, let error): "\(name): \(fault(error))"
    case .noVocabulary(let tried):
      "the folder has no tokenizer; looked for \(list(tried))"
    }
  }

  static func fault(_ error: RegexError) -> String {
    switch error {
    case .endedEarly: "it ends too early"
    case .unexpected(let found, let offset): "'\(found)' is not allowed at \(offset)"
    case .unsupported(let found, let offset): "'\(found)' at \(offset) is not known"
    case .tooLong(let limit): "it is longer than \(limit)"
    case .tooDeep(let limit): "it is nested deeper than \(limit)"
    }
  }
}
