internal import ArgumentParser
internal import Classifiers
internal import Datasets
internal import EmbeddedModels
internal import Explorer
internal import Glibc
internal import Ncurses
internal import Reports
internal import Workbench

/// The terminal explorer, which `whylight` also starts without a command.
struct Explore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Type a text and see live which words decide the prediction.",
    discussion: """
      Without TEXT the last session is continued. Text on standard input is loaded into the editor: \
      whylight < file.txt
      """)

  @OptionGroup var model: ModelOption
  @Option(
    help: ArgumentHelp(
      "A second text to go with TEXT, for a model that reads two.", valueName: "text"))
  var pair: String?
  @Option(
    help: ArgumentHelp(
      "Labelled texts, to find errors (screen 2): .csv, .tsv, .jsonl or .txt.",
      valueName: "file"))
  var data: String?
  @OptionGroup(title: "Options of --data") var dataset: DatasetOptions
  @OptionGroup var csv: CSVOptions
  @OptionGroup var view: ViewOption
  @Option(help: ArgumentHelp("A theme by name, or a theme file.", valueName: "theme"))
  var theme: String?
  @Option(
    help: ArgumentHelp(
      "How many colours: auto, never, always, 8, 16, 256 or true.", valueName: "depth"))
  var color = ColorChoice.auto
  @Flag(
    help: "ASCII only, without borders and bars, with the cursor at the focus: for screen readers.")
  var plain = false
  @Flag(help: "Start without the last session.")
  var fresh = false
  @Option(help: ArgumentHelp("Write messages and timings to a file.", valueName: "file"))
  var log: String?
  @Option(help: .hidden)
  var idleFile: String?
  @Flag(help: .hidden)
  var latency = false
  /// Plays the tour.
  @Flag(help: .hidden)
  var tour = false
  @Argument(help: "The text to start with.")
  var text: [String] = []

  func run() throws {
    try checkLog()
    guard isatty(STDOUT_FILENO) == 1 else { throw refusal(.outputIsNotATerminal) }
    let (argument, openingOptions) = (modelArgument, model.options)
    let options = try options
    do {
      let words = ExploreWords(
        sentence: Messages.sentence(_:), log: { StandardError.write(line: "\($0)") })
      let run = try ExploreRun(options, words: words) { wanted, progress in
        // The options apply to the file on the command line only.
        let isOfCall = wanted == argument
        let own = isOfCall ? openingOptions : OpeningOptions()
        var options = own
        options.progress = progress
        let model = try ModelOption.opener.open(
          wanted.map(PathCompletions.expandedModel), with: options)
        // It is remembered by its absolute path.
        let path = wanted.map(PathCompletions.absolute)
        return OpenedModel(
          model,
          summary: ModelSummary(
            model, argument: path, quality: model.facts.quality.map { Messages.sentence($0) }),
          name: isOfCall ? wanted : path,
          options: own)
      }
      run.run()
    } catch let error as ScreenError {
      throw refusal(error)
    }
  }

  /// Includes the option that is needed to open it again.
  private var modelArgument: String? {
    model.model.map {
      ModelArgument(
        model: $0, base: model.opening.base, tokenizer: model.opening.tokenizer,
        reading: model.reading.options
      ).line
    }
  }

  /// The files beside the model and the data set, and the program's own.
  private var ownFiles: [String?] {
    model.opening.files + [theme, SessionFile().path, StateFolder.notes, CacheFolder.predictions]
  }

  /// The log must not be a file that is read by this call or by the restored session.
  private func checkLog() throws {
    guard log != nil || idleFile != nil else { return }
    var last: Session?
    if !fresh, case .record(let record) = SessionFile().read() { last = record.next }
    let inputs = InputFiles(
      ownFiles + [data, text.isEmpty ? "-" : nil, last?.data], models: [modelArgument, last?.model])
    do {
      for case let path? in [log, idleFile] { try inputs.check(output: path) }
    } catch let error as WholeFileError {
      throw Failure.usage(Messages.sentence(error))
    }
  }

  private var options: ExploreOptions {
    get throws {
      var options = basicOptions
      guard let data else { return options }
      guard data != "-" else {
        throw Failure.usage("--data - can't be explored: standard input may be the keyboard")
      }
      options.dataset = ExploredDataset(
        source: try dataset.source(path: data), arguments: dataset.arguments)
      return options
    }
  }

  private var basicOptions: ExploreOptions {
    var options = ExploreOptions()
    options.screen = ScreenOptions(
      color: color, isPlain: plain, logPath: log ?? StateFolder.log,
      logLimit: log == nil ? StateFolder.logLimit : 0)
    options.timesKeys = log != nil
    options.isFresh = fresh
    options.theme = theme
    options.csvForm = csv.form
    options.view = view.view?.rawValue
    options.readFiles = ownFiles + [log ?? StateFolder.log]
    options.modelArgument = modelArgument
    options.modelName = model.model ?? EmbeddedModelCatalog.names.first ?? ""
    options.idleFile = idleFile
    options.showsLatency = latency
    options.pair = pair
    let configuration = Configuration.ofUser()
    options.configuration = configuration
    if theme == nil { options.preferredTheme = configuration.theme }
    if model.model == nil { options.preferredModel = configuration.model }
    if tour {
      options.tour = TourPlayer.standard
      options.text = Session.example
      return options
    }
    if !text.isEmpty {
      options.text = text.joined(separator: " ")
    } else if let input = StandardInputText.read() {
      options.text = input.text
      options.notices = input.notices
    }
    return options
  }

  /// A usage error, so the status is 2.
  private func refusal(_ error: ScreenError) -> Failure { .usage(Messages.sentence(error)) }
}
