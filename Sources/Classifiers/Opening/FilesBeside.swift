internal import FoundationEssentials

/// Files in a model's neighbourhood, found by their names and never by what a file says.
public struct FilesBeside {
  private let stem: String
  /// The model's own folder; where that is fastai's `models`, the one above it too.
  private let folders: [String]
  /// Bare weights know neither their vocabulary nor their classes.
  private let isWeights: Bool

  /// - Parameter path: of the model's file.
  public init(_ path: String) {
    let url = URL(filePath: path)
    stem = url.deletingPathExtension().lastPathComponent.lowercased()
    isWeights = ["pth", "pt"].contains(url.pathExtension.lowercased())
    let folder = url.deletingLastPathComponent()
    var folders = [folder]
    if folder.lastPathComponent == "models" { folders.append(folder.deletingLastPathComponent()) }
    self.folders = folders.map { $0.path(percentEncoded: false) }
  }

  /// All that may be read for the model.
  public var all: [String] {
    (isWeights ? vocabularies + classes : []) + [pieceModel(named: nil)].compactMap(\.self)
  }

  /// The files that may be the vocabulary, those with the best name: `clas_vocab.pkl` for
  /// `clas.pth` comes before `vocab.json`, and that before `old-itos.pkl`.
  var vocabularies: [String] { best(["vocab", "itos"]) }

  /// A SentencePiece model: the file that was called so where the model was made, else fastai's name
  /// for it, else the only one.
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
