package import Classifiers
internal import FoundationEssentials

/// The folder for data that can be computed again: `$XDG_CACHE_HOME/whylight`.
package enum CacheFolder {
  /// nil if there is no home folder.
  package static func path(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String? {
    UserFolder.path("XDG_CACHE_HOME", below: ".cache", environment: environment)
  }

  /// The store of predictions; nil if there is no home folder.
  package static var predictions: String? { path().map { $0 + "/predictions.sqlite" } }

  /// The stored predictions of a model; nil if nothing can be stored.
  /// - Parameters:
  ///   - argument: the model as the user specified it.
  ///   - report: called if there is a problem with the store.
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

  /// Stored scores of words by a method; nil if nothing can be stored.
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
