internal import ArgumentParser
internal import Classifiers
internal import Explorer
internal import FoundationEssentials
internal import Ncurses
internal import Reports

/// The options of `explore`.
struct ExploreOptions {
  var screen = ScreenOptions()
  /// The text from the command line or standard input; nil for the last session's.
  var text: String?
  /// The second text of a pair, from the command line.
  var pair: String?
  /// Starts without restoring the last session.
  var isFresh = false
  /// Labelled texts for the Errors screen.
  var dataset: ExploredDataset?
  /// How tables are exported as CSV.
  var csvForm = CSVForm.exact
  /// `text` or `molecule`; nil for the session's or the model's default.
  var view: String?
  /// The name or file of a theme; nil for a default.
  var theme: String?
  /// The value of `--model`; nil for the default.
  var modelArgument: String?
  /// Whether it comes from the last session.
  var isModelRestored = false
  /// Shown in the title until the model is open.
  var modelName = "sentiment"
  /// A file that is rewritten whenever the program becomes idle, for tests.
  var idleFile: String?
  /// Logs the latency of each key.
  var timesKeys = false
  /// Shows the latency of keys.
  var showsLatency = false
  /// Files beside the model and the data set, which no export may overwrite.
  var readFiles: [String?] = []
  /// The user's settings.
  var configuration = Configuration()
  /// The preferred theme and model, used if neither the command line nor the last session names
  /// one.
  var preferredTheme: String?
  var preferredModel: String?
  /// The steps of the tour.
  var tour: [TourPlayer.Step] = []
  /// Notices about the text that was read.
  var notices: [String] = []
}

extension ExploredDataset {
  /// A file that was opened in the explorer; everything else is detected.
  init(path: String) throws {
    self.init(source: try DatasetOptions.parse([]).source(path: path))
  }
}

/// The program's messages while it explores.
struct ExploreWords: Sendable {
  /// The message for an error.
  var sentence: @Sendable (any Error) -> String
  /// Writes a line to the log.
  var log: @Sendable (String) -> Void
}
