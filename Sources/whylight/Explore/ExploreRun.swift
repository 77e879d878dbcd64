internal import Attribution
internal import Checkpoints
internal import Datasets
internal import Explorer
internal import FoundationEssentials
internal import Glibc
internal import Ncurses
internal import Reports
internal import TerminalUI
internal import Workbench

/// The explorer's run: waits for events, hands them to the state, does what the state asks for and
/// draws what it shows. Owns the screen; belongs to the thread that made it.
final class ExploreRun {
  private let screen: NcursesScreen
  private let loop: EventLoop<Mail>
  private let lanes: Lanes
  private let surroundings: ExploreSurroundings
  private var lab: Lab
  private var options: ExploreOptions
  private let words: ExploreWords
  private let keeper: SessionKeeper
  private var themes: ThemeShelf
  private var state: State
  private var pace = FramePace()
  private var stopwatch = Stopwatch()
  private var shownPicture = ShownPicture()
  private let start = ContinuousClock.now
  private var status: CInt?
  private var wantsSuspension = false
  /// When the state is to hear that no key has come for a while.
  private var restDue: ContinuousClock.Instant?
  /// Why the session is not saved, as a part of a sentence.
  private var unsaved: String?
  private var hasBegun = false
  private var tour: TourPlayer

  /// Takes the terminal over.
  /// - Throws: `ScreenError`; the terminal is then as it was.
  init(
    _ options: ExploreOptions, words: ExploreWords,
    openModel: @escaping @Sendable (String?, LoadProgress) throws -> OpenedModel
  ) throws {
    self.words = words
    var options = options
    // a clipboard helper that went away must not take the program along
    _ = signal(SIGPIPE, SIG_IGN)
    screen = try NcursesScreen.open(options.screen)
    var notices = options.notices
    if case .unknownTerminal(let name, let used) = screen.notice {
      notices.insert("no terminfo for \(name), using \(used)", at: 0)
    }
    // a tour leaves the session of the user as it is
    let file = options.tour.isEmpty ? SessionFile() : SessionFile(environment: [:])
    let opened = SessionKeeper.open(file)
    notices += opened.notices
    var session = Session(text: Session.example, cursor: Session.example.utf8.count)
    if options.isFresh {
      session = Session()
      // what is known of other data sets and of other texts is not this call's to forget
      session.dataSessions = opened.session?.dataSessions?.without(
        options.dataset.map { PathCompletions.absolute($0.source.path) })
      session.texts = opened.session.map { ($0.texts ?? []) + [$0.kept] }
    } else if let last = opened.session {
      session = last
      options.restore(last)
    }
    options.prefer()
    self.options = options
    if let text = options.text {
      session.texts = opened.session.map { ($0.texts ?? []) + [$0.kept] }
      session.text = text
      session.cursor = text.utf8.count
      session.edits = nil
      session.pair = options.pair.map { KeptPair($0) }
      session.data = nil
    }
    if options.text == nil, let pair = options.pair { session.pair = KeptPair(pair) }
    if let view = options.view { session.view = view }
    themes = ThemeShelf(given: options.theme, last: session.theme ?? options.preferredTheme)
    state = State(
      catalog: .standard.with(keys: options.configuration.keys), size: screen.size,
      abilities: screen.abilities, modelName: options.modelName,
      session: session)
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
    _ = state.update(themes.event)
    if !notices.isEmpty { _ = state.update(.notice(notices.joined(separator: "; "))) }
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
    // where the screen stood, and not only in a log that the same disk may have no room for
    if let unsaved { words.log("whylight: the text could not be saved: " + unsaved) }
    leave(end.status ?? status ?? 0)
  }

  // MARK: A turn of the loop

  private func turn(_ events: [EventLoop<Mail>.Event]) -> EventLoop<Mail>.Next {
    for event in joiningKeys(events) { take(event) }
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
    // how far a job is, and the time that it takes, are shown while it goes by
    let tick = state.isWaiting ? now + .milliseconds(250) : nil
    return .wait(
      until: [pace.due, tick, restDue, tour.due].compactMap(\.self).min(), isBusy: lanes.isBusy)
  }

  /// The first frame needs nothing but the terminal; everything else comes after it.
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

  /// What is left in the mailbox.
  private enum Mail: Sendable {
    case event(Event)
    case question(Lanes.Post)
  }

  private enum Happening {
    case event(EventLoop<Mail>.Event)
    case typed([Key])
  }

  /// Keys that follow each other are told together.
  private func joiningKeys(_ events: [EventLoop<Mail>.Event]) -> [Happening] {
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
      if tour.isOn { endTour() }
      stopwatch.keyCame(at: .now)
      pace.want(.now)
      feed(keys.count == 1 ? .terminal(.key(keys[0])) : .typed(keys))
    }
  }

  private func take(_ event: EventLoop<Mail>.Event) {
    switch event {
    case .terminal(let event):
      pace.want(.now)
      if case .resize = event { shownPicture.forget() }
      feed(.terminal(event))
    case .message(.event(let event)):
      pace.want(.soon)
      feed(event)
    case .message(.question(let post)): take(post)
    case .background(let isLight):
      if themes.take(background: isLight ? .light : .dark) { showThemes() }
    case .directColors:
      if screen.useDirectColors() { feed(.abilities(screen.abilities)) }
      pace.want(.now)
    case .pictures(let format):
      if screen.take(pictures: format) { feed(.abilities(screen.abilities)) }
      pace.want(.now)
    case .cellSize(let width, let height):
      if screen.takeCellSize(width: width, height: height) { feed(.abilities(screen.abilities)) }
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
      playTour()
      guard state.isWaiting else { return }
      pace.want(.now)
      feed(
        .tick(
          opened: lanes.meter(of: .opening)?.loading.fraction,
          passes: lanes.meter(of: .explanation)?.passes.passes,
          measured: lanes.meter(of: .trust)?.passes.passes))
    case .resumed:
      shownPicture.forget()
      pace.want(.now)
    case .suspensionRefused:
      feed(.notice("no shell to suspend to"))
      pace.want(.now)
    }
  }

  /// What comes of a question.
  private func take(_ post: Lanes.Post) {
    switch post {
    case .ended(let ticket): lanes.ended(ticket)
    case .progress(let ticket, let part):
      // a map where there is none is not waited for
      var isFirstMap = false
      if case .scores? = part as? Workbench.Explain.Answer {
        isFirstMap = state.explanations.shown == nil || state.isShownStale
      }
      pace.want(isFirstMap ? .now : .soon)
      feed(.progress(ticket, part))
    case .answer(let ticket, let answer):
      feed(.answer(ticket, answer))
      switch ticket.lane {
      case .explanation: pace.want(state.isMeasuringRemovals ? .whenSettled : .now)
      case .opening, .prediction, .otherPrediction, .removal: pace.want(.now)
      default: pace.want(.soon)
      }
    case .failure(let ticket, let error):
      let way = (error as? ExplainerError).flatMap(WayOut.init)
      pace.want(ticket.lane == .opening ? .now : .soon)
      feed(
        .failure(ticket, NoAnswer(way?.reason ?? words.sentence(error), instead: way?.method)))
    }
  }

  // MARK: The tour

  private func playTour() {
    guard let beat = tour.next(at: .now, isBusy: lanes.isBusy) else { return }
    pace.want(.now)
    switch beat {
    case .say(let text): feed(.caption(text))
    case .press(let key): feed(.terminal(.key(key)))
    case .end: endTour()
    }
  }

  /// A key of the user's ends it, and does what it does.
  private func endTour() {
    tour.stop()
    feed(.caption(nil))
  }

  private func showThemes() {
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
    case .ask(let ticket, let question): lanes.ask(question.base, ticket, lab: lab)
    case .cancel(let lane): lanes.cancel(lane)
    case .seat(let model, let seat): lab.seat(model, in: seat)
    case .complete(let text):
      feed(.completions(for: text, PathCompletions.all(of: text)))
    case .openData(let path): openData(path)
    case .openSample: openSample()
    case .awaitRest: restDue = .now + .milliseconds(150)
    case .keepNotes(let notes):
      feed(.notesKept(notes.map(\.row), problem: surroundings.keep(notes)))
    case .useTheme(let name):
      themes.choose(name)
      showThemes()
    case .copy(let copied): copy(copied)
    case .useMouse(let isOn): screen.setMouse(isOn)
    case .redraw:
      shownPicture.forget()
      screen.redraw()
    case .suspend: wantsSuspension = true
    case .keep(let session): keeper.take(session)
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

  private func save(_ session: Session) -> Bool {
    do {
      try keeper.save(session)
      unsaved = nil
    } catch {
      unsaved = words.sentence(error)
    }
    return unsaved == nil
  }

  /// The data set at a path takes the place of the one that was there.
  private func openData(_ path: String) {
    let whole = PathCompletions.absolute(PathCompletions.expanded(path))
    do {
      guard FileManager.default.fileExists(atPath: whole) else {
        throw Failure.run("there is no file \(path)")
      }
      lab.examples = try ExploredDataset(path: whole)
      surroundings.protect(whole)
      feed(.dataOpened)
    } catch {
      let reason = (error as? Failure)?.sentence ?? words.sentence(error)
      feed(.dataRefused(path: path, reason: reason))
    }
  }

  /// The program's own texts become a file, so that all that is kept of files is kept of them.
  private func openSample() {
    do {
      openData(try SampleFile.write())
    } catch {
      feed(.problem("the sample can't be written: \(words.sentence(error))"))
    }
  }

  private func copy(_ copied: Copied) {
    let text =
      switch copied {
      case .text(let text): text
      case .painted(let frame): ScreenText(theme: themes.current).text(of: frame).text
      }
    feed(.copied(route: Clipboard.copy(text) { screen.send($0) }))
  }
}
