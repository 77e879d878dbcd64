import Checkpoints
import Foundation
import Tensors
import TestSupport
import Testing

/// One to four bytes changed, or the file cut, or a part of it repeated.
private func damaged(
  _ bytes: [UInt8], within range: Range<Int>, _ random: inout SeededRandom
) -> [UInt8] {
  var bytes = bytes
  switch Int.random(in: 0..<10, using: &random) {
  case 0: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
  case 1:
    let start = Int.random(in: range, using: &random)
    let part = bytes[start..<min(start + 40, range.upperBound)]
    bytes.insert(contentsOf: part, at: Int.random(in: range, using: &random))
  default:
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: range, using: &random)
      bytes[place] = Bool.random(using: &random) ? UInt8.random(in: 0...255, using: &random) : 0xFF
    }
  }
  return bytes
}

/// Opens what can be opened and reads every tensor; anything but an answer or a `CheckpointError`
/// ends the run.
private func isReadable(_ read: () throws -> NamedTensors) throws -> Bool {
  do {
    let tensors = try read()
    for name in tensors.names {
      switch tensors.shape(of: name)?.count {
      case 1: _ = try tensors.vector(name, count: tensors.shape(of: name)?[0] ?? 0)
      case 2:
        let shape = tensors.shape(of: name) ?? []
        _ = try tensors.matrix(name, rows: shape[0], columns: shape[1])
      default: continue
      }
    }
    return true
  } catch is CheckpointError {
    return false
  }
}

struct HostileFilesTests {
  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: fixture("checkpoints/\(name)")))
  }

  /// The pickle of this container comes first and has no checksum.
  @Test func `no damage to a pickle does more than to be refused`() throws {
    let whole = try bytes("spaces-legacy-container.pkl")
    var random = SeededRandom(seed: 1)
    var opened = 0
    let count = 3000
    for _ in 0..<count {
      let file = ByteSource(damaged(whole, within: 0..<whole.count / 2, &random))
      if try isReadable({ try FastaiExport.read(file).tensors }) { opened += 1 }
    }
    // Most of a learner is of no meaning here, so both happen often.
    #expect((count / 20...count * 19 / 20).contains(opened))
  }

  @Test func `no damage to a zip file does more than to be refused`() throws {
    let whole = try bytes("spaces-bidirectional.pkl")
    var random = SeededRandom(seed: 2)
    var opened = 0
    for index in 0..<2000 {
      let range = index.isMultiple(of: 2) ? whole.count - 4000..<whole.count : 0..<whole.count
      let file = ByteSource(damaged(whole, within: range, &random))
      if try isReadable({ try FastaiExport.read(file).tensors }) { opened += 1 }
    }
    #expect(opened < 1500)
  }

  @Test func `no damage to weights without a learner does more than to be refused`() throws {
    let url = fixture("fastai-weights/beside/final.pth")
    let whole = Array(try Data(contentsOf: url))
    let vocabulary = FastaiVocabulary(tokens: (0..<32).map { "token \($0)" })
    var random = SeededRandom(seed: 4)
    for _ in 0..<1000 {
      let file = ByteSource(damaged(whole, within: 0..<whole.count, &random))
      _ = try isReadable {
        guard case .weights(let weights) = try FastaiFile.read(file) else {
          return NamedTensors([:])
        }
        return try weights.classifier(vocabulary).tensors
      }
    }
  }

  @Test func `no damage to an export of fastai 1 does more than to be refused`() throws {
    let whole = Array(try Data(contentsOf: fixture("fastai-v1/spaces-legacy-container.pkl")))
    var random = SeededRandom(seed: 6)
    var opened = 0
    for _ in 0..<2000 {
      let file = ByteSource(damaged(whole, within: 0..<whole.count / 2, &random))
      if try isReadable({ try FastaiExport.read(file).tensors }) { opened += 1 }
    }
    #expect((100...1900).contains(opened))
  }

  @Test func `no damage to a model folder does more than to be refused`() throws {
    let saved = try FastaiExport.read(
      ByteSource(path: fixture("checkpoints/words-own-exceptions.pkl").path))
    var files: [String: [UInt8]] = [:]
    for file in ModelFolder.files(of: saved, card: "") {
      try file.write { files[file.name, default: []] += $0 }
    }
    let names = files.keys.sorted().filter { $0 != "MODEL_CARD.md" }
    var random = SeededRandom(seed: 7)
    for index in 0..<2000 {
      var spoilt = files
      let name = names[index % names.count]
      let whole = files[name] ?? []
      let range = 0..<min(whole.count, 4000)
      spoilt[name] = damaged(whole, within: range, &random)
      let folder = ModelFiles(spoilt.mapValues { ByteSource($0) })
      _ = try isReadable { try ModelFolder.read(folder).tensors }
    }
  }

  @Test func `no damage to a vocabulary does more than to be refused`() throws {
    let url = fixture("fastai-weights/fastai-layout/vocab.pkl")
    let whole = Array(try Data(contentsOf: url))
    var random = SeededRandom(seed: 5)
    for _ in 0..<3000 {
      let file = ByteSource(damaged(whole, within: 0..<whole.count, &random))
      _ = try isReadable {
        _ = try FastaiVocabulary.read(file)
        return NamedTensors([:])
      }
    }
  }

  @Test func `no damage to a safetensors header does more than to be refused`() throws {
    let rows = (0..<20).map { index in
      let place = "[\(index * 16),\(index * 16 + 16)]"
      return #""tensor\#(index)":{"dtype":"F32","shape":[2,2],"data_offsets":\#(place)}"#
    }
    let header = Array("{\(rows.joined(separator: ","))}".utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    let whole = length + header + [UInt8](repeating: 0, count: 320)
    #expect(try isReadable { try Safetensors.tensors(in: ByteSource(whole)) })
    var random = SeededRandom(seed: 3)
    for _ in 0..<5000 {
      let file = ByteSource(damaged(whole, within: 0..<8 + header.count, &random))
      _ = try isReadable { try Safetensors.tensors(in: file) }
    }
  }
}
