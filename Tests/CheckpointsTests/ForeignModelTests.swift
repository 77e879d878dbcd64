import Checkpoints
import TestSupport
import Testing

private let known: [([UInt8], ForeignModel)] = [
  ([0x1F, 0x8B, 8, 0], .archive(unpackedBy: "gunzip, or tar -xzf")),
  (bytes("GGUF"), .format("GGUF")),
  (hdf, .format("HDF5 (Keras or TensorFlow)")),
  (tar, .archive(unpackedBy: "tar -xf")),
  (bytes("version https://git-lfs.github.com/spec/v1"), .filePointer),
  (bytes("\n<!DOCTYPE HTML>"), .webPage),
  (bytes("\u{8}\u{7}\u{12}\u{7}pytorch"), .format("ONNX")),
]
private let hdf: [UInt8] = [0x89] + bytes("HDF\r\n")
private let tar: [UInt8] = [UInt8](repeating: 0, count: 257) + bytes("ustar")

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

struct ForeignModelTests {
  @Test(arguments: known)
  func `a file of another program's is known by its first bytes`(
    start: [UInt8], model: ForeignModel
  ) {
    #expect(ForeignModel(start: start) == model)
  }

  @Test(arguments: ["", "\u{8}", "<", "print('hello')"])
  func `other bytes are nothing that is known`(start: String) {
    #expect(ForeignModel(start: bytes(start)) == nil)
  }
}
