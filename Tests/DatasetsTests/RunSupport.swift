import Classifiers
import Datasets
import Foundation
import TestSupport

/// A file of the system's temporary folder that goes with the value.
final class TemporaryFile: Sendable {
  let path: String

  init(_ text: String, name: String = "rows.csv") throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "whylight-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    path = file.path(percentEncoded: false)
  }

  var folder: String { (path as NSString).deletingLastPathComponent }

  deinit { try? FileManager.default.removeItem(atPath: folder) }
}

extension Model {
  /// Classes of those names and weights of that seed.
  static func tiny(
    classes: [String], seed: UInt64 = 1, link: OutputLink = .softmax, name: String = "tiny"
  ) -> Model {
    var classifier = TinyClassifier(classes: classes.count, seed: seed, link: link)
    classifier.classes = classes
    let model = Model.tiny(classifier)
    return Model(
      name: name, architecture: model.architecture, classifier: classifier,
      tokenizer: model.tokenizer, facts: model.facts)
  }
}
