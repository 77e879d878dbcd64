internal import Documents

extension PostProcessor {
  /// `[CLS] … [SEP]`, `[CLS] … [SEP] … [SEP]`.
  init(bert reader: ComponentReader) throws {
    self.init(
      first: try reader.required("cls").frameToken(), last: try reader.required("sep").frameToken())
  }

  /// `<s> … </s>`, `<s> … </s> </s> … </s>`, with trimmed ranges.
  init(roberta reader: ComponentReader) throws {
    self.init(
      first: try reader.required("cls").frameToken(), last: try reader.required("sep").frameToken(),
      secondType: 0, trims: try Self.trims(reader))
  }

  init(byteLevel reader: ComponentReader) throws {
    self.init(trims: try Self.trims(reader))
  }

  private static func trims(_ reader: ComponentReader) throws -> [Trim] {
    let addsPrefixSpace = try reader.bool("add_prefix_space", default: true)
    return try reader.bool("trim_offsets", default: true)
      ? [Trim(addsPrefixSpace: addsPrefixSpace)] : []
  }

  init(sequence reader: ComponentReader) throws {
    self.init()
    for processor in try reader.required("processors").elements() {
      append(try processor.postProcessor())
    }
  }

  /// The templates for one text and for two.
  init(template reader: ComponentReader) throws {
    self.init()
    single = try Self.items(reader.required("single"), names: ["A"], reader)
    if let pair = reader.member("pair") {
      self.pair = try Self.items(pair, names: ["A", "B"], reader)
    }
  }

  /// - Parameter names: the names of the texts; each occurs once in the template.
  private static func items(
    _ template: ComponentReader, names: [String], _ reader: ComponentReader
  ) throws -> [Item] {
    let tokens = try reader.required("special_tokens")
    var items: [Item] = []
    var missing = names
    for piece in try template.elements() {
      if let sequence = piece.member("Sequence") {
        let name = try sequence.string("id")
        guard missing.contains(name), let part = names.firstIndex(of: name) else {
          throw TokenizerFileError.unsupported(path: piece.path, what: "the text \(name) again")
        }
        missing.removeAll { $0 == name }
        items.append(.text(part: part, type: try sequence.tokenType()))
        continue
      }
      let special = try piece.required("SpecialToken")
      let name = try special.required("id")
      guard let token = tokens.member(try name.string()) else {
        throw TokenizerFileError.unknownToken(path: name.path, token: try name.string())
      }
      let ids = try token.required("ids").elements().map { try $0.id() }
      let texts = try token.required("tokens").elements().map { try $0.string() }
      guard ids.count == texts.count else { throw token.wrongKind("as many ids as tokens") }
      let type = try special.tokenType()
      items += zip(texts, ids).map { .token(Token(text: $0, id: $1), type: type) }
    }
    if let name = missing.first {
      throw TokenizerFileError.missing(path: template.path + " Sequence \(name)")
    }
    return items
  }
}

extension ComponentReader {
  /// `type_id`, a small number in every file there is.
  fileprivate func tokenType() throws -> Int { try member("type_id")?.id() ?? 0 }

  /// `["[SEP]", 102]`.
  fileprivate func frameToken() throws -> PostProcessor.Token {
    let parts = try elements()
    guard parts.count == 2 else { throw wrongKind("a token with its id") }
    return PostProcessor.Token(text: try parts[0].string(), id: try parts[1].id())
  }
}
