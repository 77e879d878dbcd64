internal import FoundationEssentials

/// Files near a model, found by their names and never by the contents of a file.
public struct FilesBeside {
  private let stem: String
  /// The model's own folder; also its parent if that is fastai's `models`.
  private let folders: [String]
  /// Plain weights include neither vocabulary nor classes.
  private let isWeights: Bool

  /// - Parameter path: the model's file.
  public init(_ path: String) {
    let url = URL(filePath: path)
    stem = url.deletingPathExtension().lastPathComponent.lowercased()
    isWeights = ["pth", "pt"].contains(url.pathExtension.lowercased())
    let folder = url.deletingLastPathComponent()
    var folders = [folder]
    if folder.lastPathComponent == "models" { folders.append(folder.deletingLastPathComponent()) }
    self.folders = folders.map { $0.path(percentEncoded: false) }
  }

  /// All files that may be read for the model.
  public var all: [String] {
    (isWeights ? vocabularies + classes : []) + [pieceModel(named: nil)].compactMap(\.self)
  }

  /// The files that may be the vocabulary, the best names first: `clas_vocab.pkl` for `clas.pth`
  /// precedes `vocab.json`, which precedes `old-itos.pkl`.
  var vocabularies: [String] { best(["vocab", "itos"]) }

  /// A SentencePiece model: the file with its original name, or with fastai's name, or the only
  /// one.
  func pieceModel(named name: String?) -> String? {
    for folder in folders.flatMap({ [$0, $0 + "/tmp"] }) {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      let models = names.filter { $0.hasSuffix(".model") }
      let chosen = [name, "spm.model"].compactMap { $0 }.first { models.contains($0) }
      if let chosen = chosen ?? (models.count == 1 ? models[0] : nil) {
        return URL(filePath: folder).appending(path: chosen).path(percentEncoded: false)
      }
    }
    return nil
  }

  /// The same for a list of classes: `classes.json`, `labels.txt`.
  var classes: [String] { best(["classes", "labels"]) }

  private func best(_ words: [String]) -> [String] {
    for folder in folders {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      let ranked = names.sorted().compactMap { name in
        rank(name, words).map { (rank: $0, path: URL(filePath: folder).appending(path: name)) }
      }
      if let least = ranked.map(\.rank).min() {
        return ranked.filter { $0.rank == least }.map { $0.path.path(percentEncoded: false) }
      }
    }
    return []
  }

  private func rank(_ name: String, _ words: [String]) -> Int? {
    let url = URL(filePath: name.lowercased())
    let base = url.deletingPathExtension().lastPathComponent
    guard ["json", "pkl", "pickle", "txt"].contains(url.pathExtension),
      words.contains(where: base.contains)
    else { return nil }
    if base.hasPrefix(stem) { return 0 }
    return words.contains(base) ? 1 : 2
  }
}
