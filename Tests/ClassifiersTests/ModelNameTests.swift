import Classifiers
import Foundation
import Testing

struct ModelNameTests {
  @Test(arguments: [
    ("/m/sentiment-export.pkl", "sentiment-export"), ("/m/v1.2.pkl", "v1.2"),
    ("/m/tweets/export.pkl", "tweets"), ("/m/tweets/Export.PKL", "tweets"),
    ("/m/tweets/export_2.pkl", "tweets"), ("/m/tweets/models/final.pth", "tweets"),
    ("/m/tweets/models/best_model.pth", "tweets"), ("/m/tweets/models/clas_last.pth", "clas_last"),
    ("/m/bert/model.safetensors", "bert"), ("/m/bert/pytorch_model.bin", "bert"),
    ("/m/./tweets/../news/export.pkl", "news"), ("/m/news//export.pkl", "news"),
    ("/export.pkl", "export"), ("/models/final.pth", "final"),
    ("/hub/models--me--bert-tiny/snapshots/0a1b2c/model.safetensors", "me/bert-tiny"),
  ])
  func `a file is called by the first name that says something`(path: String, name: String) {
    #expect(ModelName.of(path: path) == name)
  }

  @Test(arguments: [
    ("all-MiniLM-L6.v2", "all-MiniLM-L6.v2"), ("run/checkpoint-500", "run/checkpoint-500"),
    ("run/best/checkpoint-500", "run/checkpoint-500"), ("bert/model", "bert"),
    ("hub/models--me--bert/snapshots/0a1b2c", "me/bert"), ("run/.", "run"),
  ])
  func `a folder is called by its whole name`(path: String, name: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "names-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let place = folder.appending(path: path)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    #expect(ModelName.of(path: folder.path(percentEncoded: false) + "/" + path) == name)
    #expect(ModelName.of(path: folder.path(percentEncoded: false) + "/" + path + "/") == name)
  }

  @Test func `a path without a folder stands in the present one`() {
    let present = URL(filePath: FileManager.default.currentDirectoryPath).lastPathComponent
    #expect(ModelName.of(path: "export.pkl") == present)
  }
}
