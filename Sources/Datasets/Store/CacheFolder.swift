package import Classifiers
internal import FoundationEssentials

/// Where the program keeps what it can find out again: `$XDG_CACHE_HOME/whylight`.
package enum CacheFolder {
  /// nil where there is no home.
  package static func path(
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
  package static var predictions: String? { path().map { $0 + "/predictions.sqlite" } }

  /// What a model said before; nil where nothing can be kept.
  /// - Parameters:
  ///   - argument: how the user named the model.
  ///   - report: called where something is wrong with the store.
  package static func memory(
    of model: Model, opened argument: String?, with options: OpeningOptions,
    report: @escaping @Sendable (StoreNotice) -> Void
  ) -> StoredPredictions? {
    store(of: model, opened: argument, with: options, report: report).map { store, fingerprint in
      StoredPredictions(
        store, fingerprint: fingerprint, name: model.name,
        classes: model.classifier.classes.count)
    }
  }

  /// Which words spoke for what the model said, by a method; nil where nothing can be kept.
  package static func scores(
    of model: Model, opened argument: String?, with options: OpeningOptions, method: String,
    report: @escaping @Sendable (StoreNotice) -> Void
  ) -> StoredScores? {
    store(of: model, opened: argument, with: options, report: report).map { store, fingerprint in
      StoredScores(store, fingerprint: fingerprint, name: model.name, method: method)
    }
  }

  private static func store(
    of model: Model, opened argument: String?, with options: OpeningOptions,
    report: @escaping @Sendable (StoreNotice) -> Void
  ) -> (ContentStore, ContentHash)? {
    guard let path = predictions,
      let fingerprint = ModelFingerprint.of(model, opened: argument, with: options)
    else { return nil }
    return (ContentStore(path: path, report: report), fingerprint)
  }
}
