internal import ArgumentParser
internal import Classifiers
internal import Explorer
internal import FoundationEssentials
internal import Ncurses
internal import Reports

/// What `explore` was called with.
struct ExploreOptions {
  var screen = ScreenOptions()
  /// The text given on the command line or on standard input; nil takes the last session's.
  var text: String?
  /// The second text of a pair given on the command line.
  var pair: String?
  /// Starts without the last session.
  var isFresh = false
  /// Labelled texts to find errors in.
  var dataset: ExploredDataset?
  /// How tables are exported as CSV.
  var csvForm = CSVForm.exact
  /// `text` or `molecule`; nil leaves it to the session, and that to the model.
  var view: String?
  /// A theme's name or file; nil chooses.
  var theme: String?
  /// `--model` as given; nil is the default.
  var modelArgument: String?
  /// It is that of the last session.
  var isModelRestored = false
  /// What the title says until the model is there.
  var modelName = "sentiment"
  /// Rewritten whenever nothing is left to do, for tests.
  var idleFile: String?
  /// Writes to the log how long each key takes to the screen.
  var timesKeys = false
  /// Shows how long a key takes to the screen.
  var showsLatency = false
  /// What is read or kept beside the model and the data set: no export may replace it.
  var readFiles: [String?] = []
  /// The user's own settings.
  var configuration = Configuration()
  /// A theme and a model of theirs: for where neither the call nor the last session names one.
  var preferredTheme: String?
  var preferredModel: String?
  /// What plays by itself.
  var tour: [TourPlayer.Step] = []
  /// What the user should know of the text that was read.
  var notices: [String] = []
}

extension ExploredDataset {
  /// A file that was opened from inside: all else is found out.
  init(path: String) throws {
    self.init(source: try DatasetOptions.parse([]).source(path: path))
  }
}

/// What the program says about errors while it explores: a sentence each.
struct ExploreWords: Sendable {
  /// Why a model can't be opened, or an explanation not be made.
  var sentence: @Sendable (any Error) -> String
  /// Takes a line for the log.
  var log: @Sendable (String) -> Void
}
