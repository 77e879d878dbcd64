internal import ArgumentParser
internal import Classifiers
internal import Datasets
internal import Explorer
internal import FoundationEssentials

/// What of the last session the explorer begins with, and what the call says instead.
extension ExploreOptions {
  /// The session to go on with. What the call leaves open is then as it was.
  /// - Parameter last: nil where there is none.
  mutating func session(after last: Session?) -> Session {
    if isFresh {
      var session = Session()
      // what is known of other data sets and of other texts is not this call's to forget
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

  /// Puts what the call gives in the place of what the last session had.
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

  /// Where neither the call nor the last session names a model, the user's own is opened.
  mutating func prefer() {
    guard modelArgument == nil, let preferredModel else { return }
    (modelArgument, isModelRestored) = (preferredModel, true)
    modelName = ModelName.of(path: ModelArgument(preferredModel).model)
  }

  /// What the call leaves open is as it was in the last session.
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
