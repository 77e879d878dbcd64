internal import Documents

extension PostProcessor {
  /// `[CLS] … [SEP]`.
  init(bert reader: ComponentReader) throws {
    before = [try reader.required("cls").frameToken()]
    behind = [try reader.required("sep").frameToken()]
  }

  /// `<s> … </s>`, with places trimmed.
  init(roberta reader: ComponentReader) throws {
    try self.init(bert: reader)
    let addsPrefixSpace = try reader.bool("add_prefix_space", default: true)
    if try reader.bool("trim_offsets", default: true) {
      trims = [Trim(addsPrefixSpace: addsPrefixSpace)]
    }
  }

  init(byteLevel reader: ComponentReader) throws {
    let addsPrefixSpace = try reader.bool("add_prefix_space", default: true)
    if try reader.bool("trim_offsets", default: true) {
      trims = [Trim(addsPrefixSpace: addsPrefixSpace)]
    }
  }

  init(sequence reader: ComponentReader) throws {
    for processor in try reader.required("processors").elements() {
      append(try processor.postProcessor())
    }
  }

  /// What its template for a single text puts in front of and behind it.
  init(template reader: ComponentReader) throws {
    let tokens = try reader.required("special_tokens")
    var hasText = false
    let single = try reader.required("single")
    for piece in try single.elements() {
      if let sequence = piece.member("Sequence") {
        let name = try sequence.string("id")
        guard name == "A", !hasText else {
          throw TokenizerFileError.unsupported(path: piece.path, what: "the text \(name) again")
        }
        hasText = true
        continue
      }
      let name = try piece.required("SpecialToken").required("id")
      guard let token = tokens.member(try name.string()) else {
        throw TokenizerFileError.unknownToken(path: name.path, token: try name.string())
      }
      let ids = try token.required("ids").elements().map { try $0.id() }
      let texts = try token.required("tokens").elements().map { try $0.string() }
      guard ids.count == texts.count else { throw token.wrongKind("as many ids as tokens") }
      let frame = zip(texts, ids).map { Token(text: $0, id: $1) }
      if hasText { behind += frame } else { before += frame }
    }
    guard hasText else {
      throw TokenizerFileError.missing(path: single.path + " Sequence A")
    }
  }
}

extension ComponentReader {
  /// `["[SEP]", 102]`.
  fileprivate func frameToken() throws -> PostProcessor.Token {
    let parts = try elements()
    guard parts.count == 2 else { throw wrongKind("a token with its id") }
    return PostProcessor.Token(text: try parts[0].string(), id: try parts[1].id())
  }
}
