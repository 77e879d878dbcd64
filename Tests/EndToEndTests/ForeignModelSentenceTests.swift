import Foundation
import Testing

/// A file or folder of each kind that `ForeignModel` names.
private struct ForeignSample: Sendable, CustomTestStringConvertible {
  /// The case's name.
  let kind: String
  /// What its sentence holds.
  let says: String
  let write: @Sendable (TemporaryFolder) throws -> String

  var testDescription: String { "\(kind): \(says)" }

  /// A file by its bytes.
  private static func file(
    _ kind: String, _ name: String, _ bytes: [UInt8], says: String
  ) -> ForeignSample {
    ForeignSample(kind: kind, says: says) { folder in
      try Data(bytes).write(to: folder.url.appending(path: name))
      return folder.file(name)
    }
  }

  private static func text(_ kind: String, _ name: String, _ text: String, says: String)
    -> ForeignSample
  {
    file(kind, name, Array(text.utf8), says: says)
  }

  private static func fixture(_ kind: String, _ name: String, says: String) -> ForeignSample {
    ForeignSample(kind: kind, says: says) { _ in
      Program.packageFolder.appending(path: "Tests/Fixtures/foreign/\(name)").path
    }
  }

  /// A folder of small files, packed with Python where it is to be an archive.
  private static func folder(
    _ kind: String, _ files: [String: String], isPacked: Bool = false, says: String
  ) -> ForeignSample {
    ForeignSample(kind: kind, says: says) { folder in
      let model = folder.url.appending(path: "model")
      for (name, text) in files {
        let file = model.appending(path: name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      guard isPacked else { return model.path }
      let status = try spawn(
        "python3",
        ["-m", "zipfile", "-c", folder.file("packed")]
          + files.keys.map {
            model.path + "/" + ($0.split(separator: "/").first.map(String.init) ?? $0)
          }, environment: ProcessInfo.processInfo.environment)
      try #require(status == 0)
      return folder.file("packed")
    }
  }

  private static let bert =
    #"{"model_type": "bert", "architectures": ["BertForSequenceClassification"]}"#
  private static let encoder = #"{"model_type": "bert", "architectures": ["BertModel"]}"#

  static let all: [ForeignSample] =
    [
      folder(
        "torchScript", ["code/model.py": "", "constants.pkl": ""], isPacked: true,
        says: "TorchScript"),
      file("archive", "model.tar.gz", [0x1F, 0x8B, 8, 0], says: "tar -xzf"),
      text("archive", "model", "BZh9", says: "bunzip2"),
      file("archive", "model", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], says: "unxz"),
      file("archive", "model", [0x28, 0xB5, 0x2F, 0xFD, 0], says: "unzstd"),
      file("archive", "model", [0x37, 0x7A, 0xBC, 0xAF, 0], says: "7z x"),
      text("archive", "model", "Rar!1", says: "unrar x"),
      file("archive", "model", [0x04, 0x22, 0x4D, 0x18, 0], says: "unlz4"),
      file(
        "archive", "model.tar", [UInt8](repeating: 0, count: 257) + Array("ustar".utf8),
        says: "tar -xf"),
      folder(
        "archive", ["config.json": bert, "tokenizer.json": "{}"], isPacked: true,
        says: "unzip"),
      text("webPage", "model.pkl", "<!DOCTYPE html><html></html>", says: "a web page"),
      text("filePointer", "model.pkl", "version https://git-lfs.github.com/spec/v1", says: "LFS"),
      text("format", "model", "GGUF", says: "GGUF"),
      file("format", "model", [0x89] + Array("HDF\r\n".utf8), says: "HDF5"),
      file("format", "model.bin", [0xBA, 0x16, 0x4F, 0x2F], says: "fastText"),
      text("format", "model.cbm", "CBM1", says: "CatBoost"),
      text("format", "model", "\u{1C}\0\0\0TFL3", says: "TensorFlow Lite"),
      text("format", "model", "\u{8}\u{7}\u{12}\u{7}pytorch", says: "ONNX"),
      folder("format", ["model.weights.h5": ""], isPacked: true, says: "Keras"),
      folder("format", ["MAR-INF/MANIFEST.json": "{}"], isPacked: true, says: "TorchServe"),
      folder("format", ["saved_model.pb": ""], says: "SavedModel"),
      folder("format", ["config.json": bert, "onnx/model.onnx": ""], says: "ONNX"),
      folder("format", ["config.json": bert, "model.gguf": ""], says: "GGUF"),
      folder("format", ["openvino_model.xml": ""], says: "OpenVINO"),
      folder("format", ["config.json": bert, "rust_model.ot": ""], says: "rust-bert"),
      folder("format", ["MLmodel": ""], says: "MLflow"),
      folder("format", ["config.cfg": "", "meta.json": "{}"], says: "spaCy"),
      fixture("pythonObjects", "plain.joblib", says: "joblib"),
      fixture("pythonObjects", "packed.joblib", says: "joblib"),
      fixture("pythonObjects", "model.skops", says: "skops"),
      text("pythonObjects", "model.sav", "csklearn.svm\nSVC\np0\n", says: "sklearn.svm.SVC"),
      fixture("numpyArrays", "arrays.npz", says: "NumPy"),
      file("numpyArrays", "a.npy", [0x93] + Array("NUMPY".utf8), says: "NumPy"),
      folder("convertible", ["config.json": bert, "tf_model.h5": ""], says: "from_tf=True"),
      folder(
        "convertible", ["config.json": bert, "flax_model.msgpack": ""],
        says: "from_flax=True"),
      folder(
        "setFit", ["config.json": encoder, "modules.json": "[]", "config_setfit.json": "{}"],
        says: "SetFit"),
      folder(
        "sentenceEncoder", ["config.json": encoder, "modules.json": "[]"],
        says: "a sentence encoder"),
      folder("oldConfiguration", ["bert_config.json": bert], says: "bert_config.json"),
    ] + endings

  /// Those that only a file's ending tells, as the sources list them.
  private static let endings: [ForeignSample] = {
    let list = source("ForeignModel+File.swift").firstMatch(
      of: /(?s)let endings: [^=]*= \[(.*?)\n  \]/)
    return (list?.1 ?? "").matches(of: /\("(\.?\w+\.?\w*)", "([^"]+)"\)/).map {
      text("format", "model" + $0.1, "\u{1}\u{2}\u{3}", says: String($0.2))
    }
  }()

  static func source(_ name: String) -> String {
    let path = Program.packageFolder.appending(path: "Sources/Checkpoints/\(name)").path
    return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }
}

/// The sentences for models of other kinds, through the whole program.
struct ForeignModelSentenceTests {
  @Test func `each kind has a sample`() {
    let kinds = ForeignSample.source("ForeignModel.swift").matches(of: /(?m)^  case (\w+)/)
    #expect(kinds.count >= 11)
    #expect(Set(kinds.map { String($0.1) }) == Set(ForeignSample.all.map(\.kind)))
    #expect(ForeignSample.all.count { $0.kind == "format" } >= 30)
  }

  @Test(arguments: ForeignSample.all)
  private func `a model of another kind is one line that says what it is`(
    _ sample: ForeignSample
  ) throws {
    let folder = try TemporaryFolder()
    let path = try sample.write(folder)
    for command in [["inspect"], ["predict", "a text"]] {
      let result = try Program.run(command + ["--model", path])
      #expect(result.status == 2 && result.output.isEmpty, "\(result.error)")
      #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
      #expect(result.error.contains(sample.says), "\(result.error)")
      #expect(!isSwift(result.error) && !result.error.contains("--help"), "\(result.error)")
    }
  }
}
