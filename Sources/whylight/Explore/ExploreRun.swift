internal import Checkpoints
internal import Classifiers
internal import Explorer
internal import Glibc
internal import Ncurses
internal import Reports
internal import TerminalUI

/// The explorer's run: waits for events, hands them to the state, does what the state asks for and
/// draws what it shows. Owns the screen; belongs to the thread that made it.
final class ExploreRun {
  private let screen: NcursesScreen
  private let loop: EventLoop<Answer>
  private let workers: Workers
  private let openModel: @Sendable (String?, LoadProgress) throws -> Model
  private var options: ExploreOptions
  private let words: ExploreWords
  private let keeper: SessionKeeper
  private var themes: ThemeShelf
  private var state: State
  private var pace = FramePace()
  private var stopwatch = Stopwatch()
  private let start = ContinuousClock.now
  private var status: CInt?
  private var wantsSuspension = false
  /// When the state is to hear that no key has come for a while.
  private var restDue: ContinuousClock.Instant?
  /// Why the session is not saved, as a part of a sentence.
  private var unsaved: String?
  private var hasBegun = false

  /// Takes the terminal over.
  /// - Throws: `ScreenError`; the terminal is then as it was.
  init(
    _ options: ExploreOptions, words: ExploreWords,
    openModel: @escaping @Sendable (String?, LoadProgress) throws -> Model
  ) throws {
    self.words = words
    var options = options
    self.openModel = openModel
    // a clipboard helper that went away must not take the program along
    _ = signal(SIGPIPE, SIG_IGN)
    screen = try NcursesScreen.open(options.screen)
    var notices = options.notices
    if case .unknownTerminal(let name, let used) = screen.notice {
      notices.insert("no terminfo for \(name), using \(used)", at: 0)
    }
    let file = SessionFile()
    let opened = SessionKeeper.open(file)
    notices += opened.notices
    var session = Session(text: Session.example, cursor: Session.example.utf8.count)
    if options.isFresh {
      session = Session()
      // what is known of other data sets and of other texts is not this call's to forget
      session.dataSessions = opened.session?.dataSessions?.without(
        options.dataset.map { PathCompletions.absolute($0.source.path) })
      session.texts = opened.session.map { ($0.texts ?? []) + [$0.text] }
    } else if let last = opened.session {
      session = last
      options.restore(last)
    }
    self.options = options
    if let text = options.text {
      session.texts = opened.session.map { ($0.texts ?? []) + [$0.text] }
      session.text = text
      session.cursor = text.utf8.count
      session.edits = nil
      session.data = nil
    }
    themes = ThemeShelf(given: options.theme, last: session.theme)
    state = State(
      size: screen.size, abilities: screen.abilities, modelName: options.modelName,
      session: session)
    // With a text of its own the call is about that text.
    let isOfData =
      options.dataset?.isRestored == true
      ? session.screen == Explorer.Screen.errors.rawValue : options.dataset != nil
    if isOfData, options.text == nil { state.begin(on: .errors) }
    let mailbox = Mailbox<Answer>()
    keeper = SessionKeeper(file, opened: opened) { error in
      mailbox.post(.event(.problem("the text can't be saved: \(words.sentence(error))")))
    }
    if options.isFresh || options.text != nil { keeper.noteEdit() }
    workers = Workers(mailbox: mailbox, words: words)
    workers.csvForm = options.csvForm
    workers.readFiles = options.readFiles
    loop = EventLoop(
      screen: screen, mailbox: mailbox, watch: FolderWatch(folders: themes.watchedFolders),
      idleFile: options.idleFile, beforeSuspension: { [keeper] in keeper.flush() })
    _ = state.update(themes.event)
    if !notices.isEmpty { _ = state.update(.notice(notices.joined(separator: "; "))) }
  }

  /// Runs until the user or a signal ends it; never returns.
  func run() -> Never {
    let end = loop.run { [self] events in turn(events) }
    if case .signal(let number) = end { feed(.terminate(status: 128 + number)) }
    if case .terminalLost = end { feed(.terminate(status: 128 + SIGHUP)) }
    keeper.end()
    screen.close()
    workers.finish()
    // where the screen stood, and not only in a log that the same disk may have no room for
    if let unsaved { words.log("whylight: the text could not be saved: " + unsaved) }
    leave(end.status ?? status ?? 0)
  }

  // MARK: A turn of the loop

  private func turn(_ events: [EventLoop<Answer>.Event]) -> EventLoop<Answer>.Next {
    for event in joiningKeys(events) { take(event) }
    if status != nil { return .stop }
    keeper.take(state.session)
    if !hasBegun { begin() }
    if wantsSuspension {
      wantsSuspension = false
      return .suspend
    }
    let now = ContinuousClock.now
    if pace.mayDraw(at: now) { present() }
    // how far a job is, and the time that it takes, are shown while it goes by
    let tick = state.isWaiting ? now + .milliseconds(250) : nil
    return .wait(
      until: [pace.due, tick, restDue].compactMap(\.self).min(), isBusy: workers.isBusy)
  }

  /// The first frame needs nothing but the terminal; everything else comes after it.
  private func begin() {
    hasBegun = true
    present()
    workers.open(ModelRequest(argument: options.modelArgument, number: 0), openModel)
    if let problem = themes.reload() { feed(.problem(problem)) }
    feed(themes.event)
    screen.askForBackground()
    screen.askForDirectColors()
  }

  private enum Happening {
    case event(EventLoop<Answer>.Event)
    case typed([Key])
  }

  /// Keys that follow each other are told together.
  private func joiningKeys(_ events: [EventLoop<Answer>.Event]) -> [Happening] {
    var joined: [Happening] = []
    var keys: [Key] = []
    func tellKeys() {
      if !keys.isEmpty { joined.append(.typed(keys)) }
      keys = []
    }
    for event in events {
      if case .terminal(.key(let key)) = event {
        keys.append(key)
      } else {
        tellKeys()
        joined.append(.event(event))
      }
    }
    tellKeys()
    return joined
  }

  private func take(_ happening: Happening) {
    switch happening {
    case .event(let event): take(event)
    case .typed(let keys):
      stopwatch.keyCame(at: .now)
      pace.want(.now)
      feed(keys.count == 1 ? .terminal(.key(keys[0])) : .typed(keys))
    }
  }

  private func take(_ event: EventLoop<Answer>.Event) {
    switch event {
    case .terminal(let event):
      pace.want(.now)
      feed(.terminal(event))
    case .message(.event(let event)): take(event)
    case .message(.modelOpened(let model, let number)):
      guard workers.awaits(number) else { return }
      let asked = number == 0 ? options.modelArgument : state.opening.request?.argument
      // it is remembered beyond the folder that it was found from
      let argument = asked.map(PathCompletions.absolute)
      pace.want(.now)
      if state.opening.request?.seat == .other {
        workers.useOther(model)
        return feed(.otherModelLoaded(ModelSummary(model, argument: argument)))
      }
      workers.use(model)
      feed(.modelLoaded(ModelSummary(model, argument: argument)))
      scoreDataset(by: argument, isFirst: number == 0)
    case .message(.modelFailed(let reason, let number)):
      guard workers.awaits(number) else { return }
      workers.cancelOpening()
      pace.want(.now)
      if number == 0, options.isModelRestored { return openDefault(insteadOf: reason) }
      feed(.modelFailed(reason))
    case .message(.jobEnded): workers.jobEnded()
    case .background(let isLight):
      if themes.take(background: isLight ? .light : .dark) { showThemes() }
    case .directColors:
      if screen.useDirectColors() { feed(.abilities(screen.abilities)) }
      pace.want(.now)
    case .filesChanged:
      if let problem = themes.reload() { feed(.problem(problem)) }
      showThemes()
    case .timer:
      if let restDue, .now >= restDue {
        self.restDue = nil
        pace.want(.now)
        feed(.rested)
      }
      guard state.isWaiting else { return }
      pace.want(.now)
      let passes = workers.passes
      feed(
        .tick(
          opened: workers.openedShare, passes: passes.explanation, measured: passes.trust))
    case .resumed: pace.want(.now)
    case .suspensionRefused:
      feed(.notice("no shell to suspend to"))
      pace.want(.now)
    }
  }

  /// The last session's model is not to be had any more.
  private func openDefault(insteadOf reason: String) {
    (options.modelArgument, options.isModelRestored) = (nil, false)
    options.dataset?.modelArgument = nil
    feed(.problem("the last session's model: \(reason)"))
    workers.open(ModelRequest(argument: nil, number: 0), openModel)
  }

  private func take(_ event: Event) {
    switch event {
    case .predicted(let answer):
      if answer.edition == state.document.edition { workers.remember(answer) }
      pace.want(.now)
    case .explained(let answer) where answer.isFinal:
      feed(event)
      return pace.want(state.isMeasuringRemovals ? .whenSettled : .now)
    case .explained where state.explanations.shown == nil || state.isShownStale: pace.want(.now)
    case .removed: pace.want(.now)
    default: pace.want(.soon)
    }
    feed(event)
  }

  private func showThemes() {
    feed(themes.event)
    pace.want(.now)
  }

  private func present() {
    let before = screen.bytesWritten
    screen.present(state.picture.frame, theme: themes.current)
    let now = ContinuousClock.now
    pace.drew(at: now)
    let timings = stopwatch.drew(state, at: now)
    for timing in timings {
      let took = Numerals.duration(seconds: timing.seconds)
      if options.timesKeys { words.log("key to \(timing.sight): \(took)") }
      if options.showsLatency, timing.sight == .heatmap { feed(.painted(seconds: timing.seconds)) }
    }
    feed(.drew(bytes: screen.bytesWritten - before, timings: timings))
  }

  // MARK: Effects

  private func feed(_ event: Event) {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    for effect in state.update(event, at: seconds) { perform(effect) }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .openModel(let request): workers.open(request, openModel)
    case .cancelOpening: workers.cancelOpening()
    case .complete(let text):
      feed(.completions(for: text, PathCompletions.all(of: text)))
    case .predict(let request): workers.predict(request)
    case .explain(let job): workers.explain(job)
    case .cancelExplanation: workers.cancelExplanation()
    case .measureRemoval(let request): workers.measure(request)
    case .dataset(let effect): perform(effect)
    case .awaitRest: restDue = .now + .milliseconds(150)
    case .export(let request):
      workers.export(request, of: state.examples, theme: themes.current)
    case .measureTrust(let request): workers.measure(request)
    case .probe(let request): workers.probe(request)
    case .cancelProbe: workers.cancelProbe()
    case .useTheme(let name):
      themes.choose(name)
      showThemes()
    case .copy(let text): copy(text)
    case .useMouse(let isOn): screen.setMouse(isOn)
    case .redraw: screen.redraw()
    case .suspend: wantsSuspension = true
    case .save(let session): _ = save(session)
    case .saveAndQuit(let session):
      if save(session) {
        status = 0
      } else if let unsaved {
        pace.want(.now)
        feed(.saveFailed(reason: unsaved))
      }
    case .quit(let status): self.status = status
    case .crash(let crash): crashOnPurpose(crash)
    }
  }

  /// Another model has other answers to the data set.
  private func scoreDataset(by argument: String?, isFirst: Bool) {
    if !isFirst {
      options.dataset?.modelArgument = argument
      options.dataset?.openingOptions = OpeningOptions()
    }
    if let dataset = options.dataset { workers.score(dataset) }
  }

  private func perform(_ effect: DatasetEffect) {
    let table = state.examples
    switch effect {
    case .stopScoring: workers.stopScoring()
    case .startScoring: if let dataset = options.dataset { workers.score(dataset) }
    case .view(let request): if let table { workers.view(request, of: table) }
    case .report(let request): if let table { workers.report(request, of: table) }
    case .explain(let rows): if let table { workers.explain(rows, of: table) }
    case .contrast(let asked): if let table { workers.contrast(asked, of: table) }
    case .explainAll: if let table { workers.explainAll(of: table) }
    case .stopExplaining: workers.stopExplaining()
    case .keep(let entries):
      guard let table else { return }
      let problem = workers.keep(entries, of: table)
      feed(.dataset(.notesKept(Array(entries.keys), problem: problem)))
    case .askOther(let argument, let classMap):
      let openModel = openModel
      if let table {
        workers.ask(other: argument, classMap: classMap, of: table) {
          try openModel($0, LoadProgress())
        }
      }
    case .stopOther: workers.stopOther()
    }
  }

  private func save(_ session: Session) -> Bool {
    do {
      try keeper.save(session)
      unsaved = nil
    } catch {
      unsaved = words.sentence(error)
    }
    return unsaved == nil
  }

  private func copy(_ text: String) {
    let route = Clipboard.copy(text) { screen.send($0) }
    feed(.notice(route))
  }
}
