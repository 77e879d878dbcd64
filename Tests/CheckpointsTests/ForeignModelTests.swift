import Checkpoints
import Foundation
import TestSupport
import Testing

private let known: [(start: [UInt8], name: String, model: ForeignModel)] = [
  ([0x1F, 0x8B, 8, 0], "model.tar.gz", .archive(unpackedBy: "gunzip, or tar -xzf")),
  ([0x1F, 0x8B, 8, 0], "a/Model.JOBLIB", joblib),
  (bytes("BZh9"), "model.pkl", joblib),
  ([0x78, 0x9C, 1], "model.z", joblib),
  ([0x78, 0x5E, 1], "model", joblib),
  ([0x5D, 0, 0, 0x80], "model.lzma", joblib),
  (bytes("GGUF"), "model", .format("GGUF")),
  (hdf, "model", .format("HDF5 (Keras or TensorFlow)")),
  (tar, "model", .archive(unpackedBy: "tar -xf")),
  (bytes("version https://git-lfs.github.com/spec/v1"), "model.onnx", .filePointer),
  (bytes("\n<!DOCTYPE HTML>"), "model", .webPage),
  (bytes("\u{8}\u{7}\u{12}\u{7}pytorch"), "model", .format("ONNX")),
  (bytes("\u{8}\u{8}\u{12}\u{9}OnnxMLTools"), "model", .format("ONNX")),
  (bytes("\u{8}\u{8}:"), "model.onnx", .format("ONNX")),
  (bytes("\u{8}\u{1}\u{12}\u{9}"), "saved_model.pb", .format("TensorFlow's SavedModel")),
  (bytes("\n\u{12}"), "frozen.pb", .format("a TensorFlow graph")),
  ([0, 1, 2], "bert_model.ckpt.index", .format("a TensorFlow checkpoint")),
  ([0, 1, 2], "bert_model.ckpt.data-00000-of-00001", .format("a TensorFlow checkpoint")),
  (bytes("\u{1C}\0\0\0TFL3"), "model", .format("TensorFlow Lite")),
  ([0x93] + bytes("NUMPY"), "a.npy", .numpyArrays),
  (
    bytes("csklearn.svm._classes\nSVC\np0\n"), "model",
    .pythonObjects(by: "pickle", className: "sklearn.svm._classes.SVC")
  ),
  (
    bytes("ccopy_reg\n_reconstructor\n(csklearn.pipeline\nPipeline\np0\n"), "model",
    .pythonObjects(by: "pickle", className: "sklearn.pipeline.Pipeline")
  ),
]
private let joblib = ForeignModel.pythonObjects(by: "joblib", className: nil)
private let hdf: [UInt8] = [0x89] + bytes("HDF\r\n")
private let tar: [UInt8] = [UInt8](repeating: 0, count: 257) + bytes("ustar")

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

struct ForeignModelTests {
  @Test(arguments: known)
  func `a file of another program's is known by its first bytes and its name`(
    start: [UInt8], name: String, model: ForeignModel
  ) {
    #expect(ForeignModel(start: start, name: name) == model)
  }

  @Test(arguments: ["", "\u{8}", "<", "print('hello')", "c", "class A:\n", "c\n\n\n", "x = 1"])
  func `other bytes are nothing that is known`(start: String) {
    #expect(ForeignModel(start: bytes(start), name: "model.py") == nil)
  }

  /// Written by the libraries themselves: `foreign/generate.py`.
  @Test(arguments: [
    ("plain.joblib", "joblib", "sklearn.pipeline.Pipeline"), ("packed.joblib", "joblib", nil),
    ("model.skops", "skops", nil),
  ])
  func `a model of scikit-learn is named by what wrote it`(
    file: String, writer: String, className: String?
  ) throws {
    let source = try ByteSource(path: fixture("foreign/\(file)").path)
    let expected = ForeignModel.pythonObjects(by: writer, className: className)
    let start = try source.read(0..<min(512, source.count))
    guard ForeignModel(start: start, name: file) == nil else {
      #expect(ForeignModel(start: start, name: file) == expected)
      return
    }
    #expect(throws: CheckpointError.foreign(expected)) { try FastaiFile.read(source) }
  }

  @Test(arguments: ["pickle.pkl", "cloudpickle.pkl"])
  func `a pickled model is told by its class`(file: String) throws {
    let source = try ByteSource(path: fixture("foreign/\(file)").path)
    #expect(
      throws: CheckpointError.fastai(.noLearner(found: "sklearn.pipeline.Pipeline"))
    ) { try FastaiFile.read(source) }
  }

  @Test func `arrays in a zip file are no model`() throws {
    let source = try ByteSource(path: fixture("foreign/arrays.npz").path)
    #expect(throws: CheckpointError.foreign(.numpyArrays)) { try FastaiFile.read(source) }
  }
}
