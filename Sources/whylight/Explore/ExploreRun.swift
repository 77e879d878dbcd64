internal import Attribution
internal import Checkpoints
internal import Datasets
internal import EmbeddedModels
internal import Explorer
internal import FoundationEssentials
internal import Glibc
internal import Ncurses
internal import Reports
internal import TerminalUI
internal import Workbench

/// The explorer's event loop: waits for events, passes them to the state, performs its effects and
/// draws its picture. Owns the screen; belongs to the thread that made it.
final class ExploreRun {
  let screen: NcursesScreen
  private let loop: EventLoop<Mail>
  let lanes: Lanes
  let surroundings: ExploreSurroundings
  var lab: Lab
  var options: ExploreOptions
  let words: ExploreWords
  let keeper: SessionKeeper
  var themes: ThemeShelf
  var state: State
  var pace = FramePace()
  var stopwatch = Stopwatch()
  var shownPicture = ShownPicture()
  private let start = ContinuousClock.now
  var status: CInt?
  var wantsSuspension = false
  /// When to tell the state that no key has come for a while.
  var restDue: ContinuousClock.Instant?
  /// Why the session is not saved, as part of a sentence.
  var unsaved: String?
  private var hasBegun = false
  var tour: TourPlayer

  /// Takes over the terminal.
  /// - Throws: `ScreenError`; the terminal is restored.
  init(
    _ options: ExploreOptions, words: ExploreWords,
    openModel: @escaping @Sendable (String?, LoadProgress) throws -> OpenedModel
  ) throws {
    self.words = words
    var options = options
    // A clipboard helper that exits must not end the program.
    _ = signal(SIGPIPE, SIG_IGN)
    screen = try NcursesScreen.open(options.screen)
    var notices = options.notices
    if case .unknownTerminal(let name, let used) = screen.notice {
      notices.insert("no terminfo for \(name), using \(used)", at: 0)
    }
    // A tour does not change the user's session.
    let file = options.tour.isEmpty ? SessionFile() : SessionFile(environment: [:])
    let opened = SessionKeeper.open(file)
    notices += opened.notices
    var session = options.session(after: opened.session)
    options.prefer()
    self.options = options
    options.fill(&session, last: opened.session)
    themes = ThemeShelf(given: options.theme, last: session.theme ?? options.preferredTheme)
    state = State(
      catalog: .standard.with(keys: options.configuration.keys), size: screen.size,
      abilities: screen.abilities, modelName: options.modelName,
      builtIn: EmbeddedModelCatalog.names.map {
        BuiltInModel(name: $0, purpose: EmbeddedModelCatalog.purpose(of: $0))
      }, session: session)
    // With a text of its own the call is about that text.
    let isOfData =
      options.dataset?.isRestored == true
      ? session.screen == Explorer.Screen.errors.rawValue : options.dataset != nil
    if isOfData, options.text == nil { state.begin(on: .errors) }
    let isFirst = opened.session == nil && !options.isFresh && options.text == nil
    if isFirst, options.dataset == nil, options.tour.isEmpty { state.welcome() }
    tour = TourPlayer(options.tour)
    let mailbox = Mailbox<Mail>()
    keeper = SessionKeeper(file, opened: opened) { error in
      mailbox.post(.event(.problem("the text can't be saved: \(words.sentence(error))")))
    }
    if options.isFresh || options.text != nil || options.pair != nil { keeper.noteEdit() }
    lanes = Lanes(
      prepareThread: { CrashCover.coverThisThread() },
      post: { mailbox.post(.question($0)) })
    surroundings = ExploreSurroundings(options, theme: themes.current, openModel: openModel) {
      mailbox.post(.event(.notice($0)))
    }
    lab = Lab(surroundings, examples: options.dataset)
    loop = EventLoop(
      screen: screen, mailbox: mailbox, watch: FolderWatch(folders: themes.watchedFolders),
      idleFile: options.idleFile, beforeSuspension: { [keeper] in keeper.flush() })
    _ = state.update(themes.event, time: .now)
    if !notices.isEmpty {
      _ = state.update(.notice(notices.joined(separator: "; ")), time: .now)
    }
  }

  /// Runs until the user or a signal ends it; never returns.
  func run() -> Never {
    let end = loop.run { [self] events in turn(events) }
    if case .signal(let number) = end { feed(.terminate(status: 128 + number)) }
    if case .terminalLost = end { feed(.terminate(status: 128 + SIGHUP)) }
    keeper.end()
    screen.send(shownPicture.removal())
    screen.close()
    lanes.finish(within: 5)
    // Also shown after the screen is closed: the log may be on the same full disk.
    if let unsaved { words.log("whylight: the text could not be saved: " + unsaved) }
    leave(end.status ?? status ?? 0)
  }

  // MARK: A turn of the loop

  private func turn(_ events: [EventLoop<Mail>.Event]) -> EventLoop<Mail>.Next {
    for event in events.joiningKeys() { handle(event) }
    if status != nil { return .stop }
    feed(.turnEnded)
    if !hasBegun { begin() }
    if wantsSuspension {
      wantsSuspension = false
      screen.send(shownPicture.removal())
      return .suspend
    }
    let now = ContinuousClock.now
    if pace.mayDraw(at: now) { present() }
    // Progress and elapsed time are updated while work is running.
    let tick = state.isWaiting ? now + .milliseconds(250) : nil
    return .wait(
      until: [pace.due, tick, restDue, tour.due].compactMap(\.self).min(), isBusy: lanes.isBusy)
  }

  /// The first frame needs only the terminal; everything else follows.
  private func begin() {
    hasBegun = true
    present()
    feed(
      .start(
        Start(
          model: options.modelArgument, isModelRestored: options.isModelRestored,
          hasExamples: options.dataset != nil)))
    if let problem = themes.reload() { feed(.problem(problem)) }
    surroundings.use(themes.current)
    feed(themes.event)
    if !options.configuration.usesMouse { screen.setMouse(false) }
    for problem in options.configuration.problems.prefix(1) { feed(.problem(problem)) }
    if tour.isOn { tour.begin(at: .now) }
    screen.askForBackground()
    screen.askForDirectColors()
    screen.askForPictures()
  }

  /// A message in the mailbox.
  enum Mail: Sendable {
    case event(Event)
    case question(Lanes.Post)
  }

  func showThemes() {
    surroundings.use(themes.current)
    feed(themes.event)
    pace.want(.now)
  }

  private func present() {
    let before = screen.bytesWritten
    let picture = state.picture
    if shownPicture.needsClearing(before: picture, theme: themes.current) {
      _ = shownPicture.removal()
      screen.redraw()
    }
    screen.present(picture.frame, theme: themes.current)
    screen.send(
      shownPicture.sequence(
        picture, ability: screen.abilities.pictures, theme: themes.current,
        isDark: themes.isDark))
    let now = ContinuousClock.now
    pace.drew(at: now)
    let timings = stopwatch.drew(state, at: now)
    for timing in timings {
      let took = Numerals.duration(seconds: timing.seconds)
      if options.timesKeys { words.log("key to \(timing.milestone): \(took)") }
      if options.showsLatency, timing.milestone == .heatmap {
        feed(.painted(seconds: timing.seconds))
      }
    }
    feed(.drew(bytes: screen.bytesWritten - before, timings: timings))
  }

  // MARK: Effects

  func feed(_ event: Event) {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    for effect in state.update(event, at: seconds, time: .now) { perform(effect) }
  }
}
