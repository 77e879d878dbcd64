import Foundation
import Testing

/// A file of someone who means harm: small enough to write in a test, and worth many times its
/// size in memory to a reader that believes it.
struct HostileFile: Sendable, CustomTestStringConvertible {
  let name: String
  /// Writes the model into an empty folder and says what to open.
  let write: @Sendable (TemporaryFolder) throws -> String

  var testDescription: String { name }

  static let all =
    tokenizers + vocabularies + configurations + weights + pickles + tokenLists + archives
}

/// By doubling, as unoptimized code takes long over ten million parts.
private func repeated(_ part: Data, _ count: Int) -> Data {
  var result = Data()
  var block = part
  var rest = count
  while rest > 0 {
    if rest & 1 == 1 { result += block }
    block += block
    rest >>= 1
  }
  return result
}

// MARK: - Folders of transformers

extension HostileFile {
  private static func fixture(_ name: String) -> URL {
    Program.packageFolder.appending(path: "Tests/Fixtures/\(name)")
  }

  /// A good folder with one file changed; nil takes a file away.
  private static func folder(
    _ name: String, from good: String = "bert",
    _ files: @escaping @Sendable () throws -> [String: Data?]
  ) -> HostileFile {
    HostileFile(name: name) { copy in
      let source = fixture("parity/transformers/\(good)")
      let model = copy.url.appending(path: "model")
      try FileManager.default.copyItem(at: source, to: model)
      for (file, data) in try files() {
        let place = model.appending(path: file)
        // What is taken away may not be there.
        if let data {
          try data.write(to: place)
        } else {
          try? FileManager.default.removeItem(at: place)
        }
      }
      return model.path
    }
  }

  private static func tokenizer(
    _ name: String, from good: String = "bert",
    _ change: @escaping @Sendable (inout [String: Any]) -> Void
  ) -> HostileFile {
    folder(name, from: good) {
      let file = fixture("parity/transformers/\(good)/tokenizer.json")
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
      var tokenizer = json as? [String: Any] ?? [:]
      change(&tokenizer)
      return ["tokenizer.json": try JSONSerialization.data(withJSONObject: tokenizer)]
    }
  }

  private static func text(_ name: String, _ text: @escaping @Sendable () -> String) -> HostileFile
  {
    folder(name) { ["tokenizer.json": Data(text().utf8)] }
  }

  private static func replace(_ pattern: [String: String], _ content: String) -> [String: Any] {
    ["type": "Replace", "pattern": pattern, "content": content]
  }

  private static func doubling(_ pattern: [String: String]) -> [String: Any] {
    [
      "type": "Sequence",
      "normalizers": (0..<60).map { _ in replace(pattern, "ab") },
    ]
  }

  private static func added(_ content: String, id: Int, isNormalized: Bool) -> [String: Any] {
    [
      "id": id, "content": content, "single_word": false, "lstrip": false, "rstrip": false,
      "normalized": isNormalized, "special": false,
    ]
  }

  fileprivate static let tokenizers = [
    tokenizer("sixty rules that double a text") { $0["normalizer"] = doubling(["String": "a"]) },
    tokenizer("the same for a unigram model", from: "albert") {
      $0["normalizer"] = doubling(["Regex": "."])
    },
    tokenizer("the same for byte pairs", from: "roberta") {
      $0["normalizer"] = doubling(["Regex": "."])
    },
    tokenizer("the same for each part between added tokens", from: "albert") {
      $0["normalizer"] = doubling(["Regex": "."])
      $0["added_tokens"] = [added(" ", id: 1, isNormalized: false)]
    },
    tokenizer("the same in each added token") {
      $0["normalizer"] = doubling(["Regex": "."])
      $0["added_tokens"] = (0..<3000).map { added("word \($0)", id: $0, isNormalized: true) }
    },
    tokenizer("a prefix of four million letters") {
      $0["normalizer"] = ["type": "Prepend", "prepend": String(repeating: "b", count: 4_000_000)]
    },
    tokenizer("two hundred rules that write out bytes") {
      $0["normalizer"] = [
        "type": "Sequence", "normalizers": (0..<200).map { _ in ["type": "ByteLevel"] },
      ]
    },
    tokenizer("a million tokens") {
      var model = $0["model"] as? [String: Any] ?? [:]
      model["vocab"] = Dictionary(
        uniqueKeysWithValues: (0..<1_000_000).map { (String($0, radix: 36), $0) })
      $0["model"] = model
    },
    text("lists of nothing") { "{\"a\": [" + String(repeating: "[],", count: 3_000_000) + "0]}" },
    text("objects of nothing") { "{\"a\": [" + String(repeating: "{},", count: 3_000_000) + "0]}" },
    text("five million zeros") { "{\"a\": [" + String(repeating: "0,", count: 5_000_000) + "0]}" },
    text("a string of escapes") {
      "{\"a\": \"" + String(repeating: "\\u1234", count: 2_000_000) + "\"}"
    },
    text("lists in each other") { String(repeating: "[", count: 8_000_000) },
  ]

  private static let frame = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n"

  fileprivate static let vocabularies = [
    folder("a vocabulary of empty lines") {
      [
        "tokenizer.json": nil,
        "vocab.txt": Data((frame + String(repeating: "\n", count: 10_000_000)).utf8),
      ]
    },
    folder("a vocabulary of short lines") {
      let lines = (0..<1_000_000).map { String($0, radix: 36) }.joined(separator: "\n")
      return ["tokenizer.json": nil, "vocab.txt": Data((frame + lines).utf8)]
    },
    folder("merges without end", from: "roberta") {
      [
        "tokenizer.json": nil, "vocab.json": Data(#"{"a": 0, "b": 1}"#.utf8),
        "merges.txt": Data(String(repeating: "a b\n", count: 2_000_000).utf8),
      ]
    },
    folder("a SentencePiece model of empty pieces", from: "xlm-roberta") {
      ["tokenizer.json": nil, "sentencepiece.bpe.model": try pieces([0x0A, 0], 4_000_000)]
    },
    folder("a SentencePiece model of one piece again and again", from: "xlm-roberta") {
      [
        "tokenizer.json": nil,
        "sentencepiece.bpe.model": try pieces([0x0A, 3, 0x0A, 1, 0x61], 2_000_000),
      ]
    },
    folder("a SentencePiece model with a piece of ten million bytes", from: "xlm-roberta") {
      // 10,000,000 as a varint, and what is left of it behind the inner field's head.
      let head: [UInt8] = [0x0A, 0x80, 0xAD, 0xE2, 4, 0x0A, 0xFB, 0xAC, 0xE2, 4]
      let piece = Data(head) + Data(repeating: 0x78, count: 9_999_995)
      return ["tokenizer.json": nil, "sentencepiece.bpe.model": try pieces([], 0) + piece]
    },
    folder("a SentencePiece model of fields that nobody knows", from: "xlm-roberta") {
      ["tokenizer.json": nil, "sentencepiece.bpe.model": try pieces([0x98, 6, 0], 4_000_000)]
    },
  ]

  /// A good model with fields behind it.
  private static func pieces(_ field: [UInt8], _ count: Int) throws -> Data {
    try Data(contentsOf: fixture("parity/tokenizers/xlmr.model")) + repeated(Data(field), count)
  }

  fileprivate static let configurations = [
    folder("a name for each of a million classes") {
      let names = (0..<1_000_000).map { "\"\($0)\": \"class\"" }.joined(separator: ", ")
      return ["config.json": Data("{\"model_type\": \"bert\", \"id2label\": {\(names)}}".utf8)]
    },
    folder("settings in each other") {
      ["config.json": Data(String(repeating: "{\"a\":", count: 1_000_000).utf8)]
    },
    folder("settings of a model of terabytes") {
      let sizes = ["hidden_size": 65536, "num_hidden_layers": 1024, "vocab_size": 10_000_000]
      let settings: [String: Any] = sizes.merging(["num_attention_heads": 1]) { $1 }
      let all = settings.merging(["model_type": "bert"]) { $1 }
      return ["config.json": try JSONSerialization.data(withJSONObject: all)]
    },
  ]

  private static func safetensors(_ header: String, declared: Int? = nil) -> Data {
    let length = UInt64(declared ?? header.utf8.count)
    return Data((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8))
  }

  fileprivate static let weights = [
    folder("a header of a hundred megabytes") {
      let header = "{\"a\": [" + String(repeating: "0,", count: 50_000_000) + "0]}"
      return ["model.safetensors": safetensors(header)]
    },
    folder("a header longer than any memory") {
      ["model.safetensors": safetensors("{}", declared: .max)]
    },
    folder("a header of tensors without numbers") {
      let tensors = (0..<200_000).map { number in
        "\"\(number)\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}"
      }
      return ["model.safetensors": safetensors("{\(tensors.joined(separator: ","))}")]
    },
    folder("a shape of five million sizes") {
      let shape = String(repeating: "0,", count: 5_000_000)
      let tensor = "{\"dtype\":\"F32\",\"data_offsets\":[0,0],\"shape\":[\(shape)0]}"
      return ["model.safetensors": safetensors("{\"a\":\(tensor)}")]
    },
    folder("an index of as many files as tensors") {
      let places = (0..<300_000).map { "\"\($0)\":\"\($0).safetensors\"" }.joined(separator: ",")
      let index = Data("{\"weight_map\":{\(places)}}".utf8)
      return ["model.safetensors": nil, "model.safetensors.index.json": index]
    },
  ]
}

// MARK: - Pickles and zip files

extension HostileFile {
  private static func pickle(_ name: String, _ part: String, count: Int, after start: String = "")
    -> HostileFile
  {
    HostileFile(name: name) { folder in
      let file = folder.url.appending(path: "export.pkl")
      let part = Data(part.unicodeScalars.map { UInt8($0.value) })
      try (Data([0x80, 2] + Array(start.utf8)) + repeated(part, count)).write(to: file)
      return file.path
    }
  }

  /// Good weights with a vocabulary beside them.
  private static func tokens(_ name: String, _ file: String, _ data: @escaping @Sendable () -> Data)
    -> HostileFile
  {
    HostileFile(name: name) { folder in
      let weights = folder.url.appending(path: "final.pth")
      try FileManager.default.copyItem(at: fixture("fastai-weights/beside/final.pth"), to: weights)
      try data().write(to: folder.url.appending(path: file))
      return weights.path
    }
  }

  fileprivate static let tokenLists = [
    tokens("tokens that are empty lines", "vocab.txt") { repeated(Data("\n".utf8), 10_000_000) },
    tokens("a million tokens in JSON", "vocab.json") {
      Data("[".utf8) + repeated(Data("\"\",".utf8), 1_000_000) + Data("\"\"]".utf8)
    },
    tokens("a million pickled tokens", "vocab.pkl") {
      let token = Data([0x58, 1, 0, 0, 0, 0x61])
      return Data([0x80, 2, 0x5D, 0x28]) + repeated(token, 1_000_000) + Data([0x65, 0x2E])
    },
  ]

  fileprivate static let pickles = [
    pickle("a pickle of lists", "]", count: 10_000_000),
    pickle("a pickle of dictionaries", "}", count: 10_000_000),
    pickle("a pickle of tuples", ")", count: 10_000_000),
    pickle("a pickle of nothing", "N", count: 10_000_000),
    pickle("a pickle of marks", "(", count: 10_000_000),
    pickle("a pickle of numbers", "K\u{1}", count: 5_000_000),
    pickle("a pickle of lists that begin", "(]", count: 5_000_000),
    pickle("a pickle that remembers", "\u{94}", count: 10_000_000, after: "N"),
    pickle("a pickle that doubles its top", "2", count: 10_000_000, after: "N"),
    pickle("a pickle of tuples in each other", "\u{85}", count: 10_000_000, after: "N"),
    pickle("a pickle of names", "ca\nb\n", count: 2_000_000),
    pickle("a pickle of calls", ")R", count: 3_000_000, after: "ca\nb\n"),
    pickle("a pickle of sets", "(\u{91}", count: 3_000_000),
    pickle("a pickle of objects", "(ca\nb\no", count: 1_500_000),
    pickle("a list that grows by eight", "(NNNNNNNNe", count: 1_000_000, after: "]"),
    pickle("a dictionary that grows", "(NNu", count: 2_000_000, after: "}"),
    HostileFile(name: "a pickle that remembers out of order") { folder in
      let file = folder.url.appending(path: "export.pkl")
      var data = Data([0x80, 2, 0x4E])
      for number in 0..<2_000_000 {
        let place = UInt32(number) &* 2_000
        data += [0x72] + (0..<4).map { UInt8(truncatingIfNeeded: place >> (8 * $0)) }
      }
      try data.write(to: file)
      return file.path
    },
  ]

  /// A directory of as many entries that all stand at the same place.
  private static func archive(_ count: Int) -> Data {
    func number(_ value: Int, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var data = Data([0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 22) + number(0, 4))
    let start = data.count
    for entry in 0..<count {
      let name = Array("a/data/\(entry)".utf8)
      data += [0x50, 0x4B, 1, 2] + [UInt8](repeating: 0, count: 24) + number(name.count, 2)
      data += [UInt8](repeating: 0, count: 16) + name
    }
    let size = data.count - start
    data += [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + number(count, 2) + number(count, 2) + number(size, 4)
    data += number(start, 4) + number(0, 2)
    return data
  }

  fileprivate static let archives = [
    HostileFile(name: "a zip file of 65,000 entries in one place") { folder in
      let file = folder.url.appending(path: "export.pkl")
      try archive(65_000).write(to: file)
      return file.path
    }
  ]
}
