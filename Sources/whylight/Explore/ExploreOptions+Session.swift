internal import ArgumentParser
internal import Classifiers
internal import Datasets
internal import Explorer
internal import FoundationEssentials

/// What the explorer takes over from the last session, and what the command line overrides.
extension ExploreOptions {
  /// The session to continue with. Everything that the command line leaves open is restored.
  /// - Parameter last: nil if there is none.
  mutating func session(after last: Session?) -> Session {
    if isFresh {
      var session = Session()
      // Keeps what is stored about other data sets and other texts.
      session.dataSessions = last?.dataSessions?.without(
        dataset.map { PathCompletions.absolute($0.source.path) })
      session.texts = last.map { ($0.texts ?? []) + [$0.kept] }
      return session
    }
    guard let last else {
      return Session(text: Session.example, cursor: Session.example.utf8.count)
    }
    restore(last)
    return last
  }

  /// Replaces values of the last session with those of the command line.
  func fill(_ session: inout Session, last: Session?) {
    if let text {
      session.texts = last.map { ($0.texts ?? []) + [$0.kept] }
      session.text = text
      session.cursor = text.utf8.count
      session.edits = nil
      session.pair = pair.map { KeptPair($0) }
      session.data = nil
    }
    if text == nil, let pair { session.pair = KeptPair(pair) }
    if let view { session.view = view }
  }

  /// Opens the user's preferred model if neither the command line nor the last session names one.
  mutating func prefer() {
    guard modelArgument == nil, let preferredModel else { return }
    (modelArgument, isModelRestored) = (preferredModel, true)
    modelName = ModelName.of(path: ModelArgument(preferredModel).model)
  }

  /// Restores everything that the command line leaves open.
  private mutating func restore(_ session: Session) {
    if modelArgument == nil, let last = session.model {
      (modelArgument, isModelRestored) = (last, true)
      modelName = ModelName.of(path: ModelArgument(last).model)
    }
    guard dataset == nil, let path = session.data,
      FileManager.default.fileExists(atPath: path)
    else { return }
    let arguments = session.dataSessions?[path]?.arguments ?? []
    guard let asked = try? DatasetOptions.parse(arguments),
      let source = try? asked.source(path: path)
    else { return }
    dataset = ExploredDataset(source: source, arguments: arguments, isRestored: true)
  }
}
