internal import Checkpoints
internal import Classifiers
internal import Datasets
internal import Explorer
internal import Reports
internal import Synchronization
internal import TerminalUI
internal import Workbench

/// The machine for the explorer's questions: opening models and files, writing files, and stored
/// answers.
final class ExploreSurroundings: Surroundings {
  private let openModel: @Sendable (String?, LoadProgress) throws -> OpenedModel
  /// Files beside the models, which no export may overwrite.
  private let readFiles: [String?]
  /// How tables are exported as CSV.
  private let csvForm: CSVForm
  private let report: @Sendable (String) -> Void
  private let notesKeeper = NotesKeeper()
  private let changing: Mutex<Changing>

  private struct Changing {
    /// All models that were requested.
    var models: [String?] = []
    var theme: Theme
    /// Data sets that were opened in the explorer.
    var data: [String] = []
  }

  /// - Parameter report: receives messages for the user.
  init(
    _ options: ExploreOptions, theme: Theme,
    openModel: @escaping @Sendable (String?, LoadProgress) throws -> OpenedModel,
    report: @escaping @Sendable (String) -> Void
  ) {
    self.openModel = openModel
    readFiles = options.readFiles + [options.dataset?.source.path]
    csvForm = options.csvForm
    self.report = report
    changing = Mutex(Changing(theme: theme))
  }

  /// Keeps exports from overwriting this file, too.
  func protect(_ path: String) { changing.withLock { $0.data.append(path) } }

  /// Uses these colours for pictures from now on.
  func use(_ theme: Theme) { changing.withLock { $0.theme = theme } }

  func open(_ argument: String?, progress: LoadProgress) throws -> OpenedModel {
    changing.withLock { if !$0.models.contains(argument) { $0.models.append(argument) } }
    return try openModel(argument, progress)
  }

  func card(of argument: String?) -> FoundCard {
    do {
      let path = argument.map(PathCompletions.expandedModel)
      return try ModelOption.opener.card(of: path, atMost: ModelCardText.limit)
        .map { .found($0) } ?? .none
    } catch {
      return .unreadable(Messages.sentence(error))
    }
  }

  func remarks(on model: Model) -> [String] {
    model.facts.notes.map { Messages.sentence($0) }
  }

  func predictions(of model: OpenedModel, isQuiet: Bool) -> StoredPredictions? {
    CacheFolder.memory(of: model.model, opened: model.name, with: model.options) { [report] in
      if !isQuiet { report(Messages.sentence($0)) }
    }
  }

  /// Problems of the store were already reported when the rows were scored.
  func scores(of model: OpenedModel, method: String) -> StoredScores? {
    CacheFolder.scores(
      of: model.model, opened: model.name, with: model.options, method: method,
      report: { _ in })
  }

  func notes() -> [ContentHash: Annotations.Entry] { notesKeeper.notes(report: report) }

  /// Synchronous: a note is in the file before the next key is handled.
  /// - Returns: why it is not stored, as a sentence; nil on success.
  func keep(_ notes: [WrittenNote]) -> String? {
    notesKeeper.keep(notes.map { (text: $0.text, entry: $0.entry) })
  }

  func write(_ export: Export, _ lab: Lab) throws -> Export.Answer {
    let (models, theme, data) = changing.withLock { ($0.models, $0.theme, $0.data) }
    let run = ExportRun(
      export: export, model: try? lab.model(in: .main).model, theme: theme,
      inputs: InputFiles(readFiles + data, models: models), form: csvForm)
    do {
      return .written(bytes: try run.run())
    } catch WholeFileError.exists {
      return .exists
    }
  }

  func notify(_ sentence: String) { report(sentence) }
}
