internal import Datasets
internal import Foundation
internal import Reports

/// The bytes of a file, or of standard input (`-`), part by part.
final class InputBytes {
  private let path: String
  private let handle: FileHandle
  /// Bytes in all; nil of a pipe.
  private let count: Int?
  private var taken = 0
  /// Small parts of a small file, so that `share` tells something.
  private let partSize: Int

  /// - Throws: `TextFileError.unreadable`.
  init(path: String) throws {
    self.path = path
    do {
      handle =
        try path == "-"
        ? FileHandle.standardInput : FileHandle(forReadingFrom: URL(filePath: path))
    } catch {
      throw TextFileError.unreadable(path: path, reason: Messages.reason(error))
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    count = path == "-" ? nil : attributes?[.size] as? Int
    partSize = min(ByteStream.partSize, max(4096, (count ?? .max) / 200))
  }

  /// How much of the file was read, from 0 to 1; nil where its size is not known.
  var share: Double? {
    count.map { $0 == 0 ? 1 : min(1, Double(taken) / Double($0)) }
  }

  func next() throws -> [UInt8] {
    do {
      let bytes = Array(try handle.read(upToCount: partSize) ?? Data())
      taken += bytes.count
      return bytes
    } catch {
      throw TextFileError.unreadable(path: path, reason: Messages.reason(error))
    }
  }

  /// - Throws: `TextFileError.unreadable`, also where there is more than any text has.
  func all() throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let part = try next()
      if part.isEmpty { return bytes }
      bytes += part
      guard bytes.count <= Self.largestText else {
        throw TextFileError.unreadable(
          path: path,
          reason: "it has more than \(Self.largestText >> 20) MB, which is no text for a model")
      }
    }
  }

  private static let largestText = 64 << 20
}
