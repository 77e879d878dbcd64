public import Foundation

/// A file of `Tests/Fixtures`, by its path there: `parity/fastai-words/vocabulary.json`.
public func fixture(_ path: String) -> URL {
  URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures").appending(path: path)
}

/// The values of a JSON Lines file.
public func jsonLines<Value: Decodable>(_ type: Value.Type, at url: URL) throws -> [Value] {
  try Data(contentsOf: url).split(separator: UInt8(ascii: "\n"))
    .map { try JSONDecoder().decode(type, from: Data($0)) }
}
