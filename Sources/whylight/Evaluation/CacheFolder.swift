internal import Classifiers
internal import Datasets
internal import Foundation
internal import Reports

/// Where the program keeps what it can find out again: `$XDG_CACHE_HOME/whylight`.
enum CacheFolder {
  /// nil where there is no home.
  static func path(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String? {
    // only an absolute path counts (XDG Base Directory Specification)
    if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") {
      return cache + "/whylight"
    }
    if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.cache/whylight" }
    return nil
  }

  /// The store of predictions; nil where there is no home.
  static var predictions: String? { path().map { $0 + "/predictions.sqlite" } }

  /// What a model said before; nil where nothing can be kept.
  /// - Parameters:
  ///   - argument: how the user named the model.
  ///   - report: takes a sentence where something is wrong with the store.
  static func memory(
    of model: Model, opened argument: String?, with options: OpeningOptions,
    report: @escaping @Sendable (String) -> Void
  ) -> StoredPredictions? {
    store(of: model, opened: argument, with: options, report: report).map { store, fingerprint in
      StoredPredictions(
        store, fingerprint: fingerprint, name: model.name,
        classes: model.classifier.classes.count)
    }
  }

  /// Which words spoke for what the model said, by a method; nil where nothing can be kept.
  static func scores(
    of model: Model, opened argument: String?, with options: OpeningOptions, method: String,
    report: @escaping @Sendable (String) -> Void
  ) -> StoredScores? {
    store(of: model, opened: argument, with: options, report: report).map { store, fingerprint in
      StoredScores(store, fingerprint: fingerprint, name: model.name, method: method)
    }
  }

  private static func store(
    of model: Model, opened argument: String?, with options: OpeningOptions,
    report: @escaping @Sendable (String) -> Void
  ) -> (ContentStore, ContentHash)? {
    guard let path = predictions,
      let fingerprint = ModelFingerprint.of(model, opened: argument, with: options)
    else { return nil }
    return (ContentStore(path: path) { report(Messages.sentence($0)) }, fingerprint)
  }
}

extension Messages {
  static func sentence(_ notice: StoreNotice) -> String {
    switch notice {
    case .damaged(let path, let aside):
      "\(path) was damaged; it is now \(aside), and a new one was begun"
    case .newer(let path):
      "\(path) is of a later version of the program; nothing is looked up or kept"
    case .unusable(let path, let reason):
      "\(path) can't be used (\(reason)); nothing is looked up or kept"
    }
  }
}
