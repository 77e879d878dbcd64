internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

extension State {
  /// Applies an event to the state, and returns the effects that the caller has to perform.
  ///
  /// - Parameters:
  ///   - seconds: the time since the start, to measure durations.
  ///   - time: the time of day, for the log.
  public mutating func update(
    _ event: Event, at seconds: Double = 0, time: TimeOfDay = TimeOfDay()
  ) -> [Effect] {
    var effects: [Effect] = []
    (now, timeOfDay) = (max(now, seconds), time)
    note(event)
    switch event {
    case .terminal(let event): handle(event, &effects)
    case .typed(let keys): handle(keys, &effects)
    case .start(let start): begin(start, &effects)
    case .progress(let ticket, let part): receive(.progress(part), for: ticket, &effects)
    case .answer(let ticket, let answer): receive(.answer(answer), for: ticket, &effects)
    case .failure(let ticket, let failure): receive(.failure(failure), for: ticket, &effects)
    case .completions(let text, let found): receive(found, for: text)
    case .tick(let opened, let passes, let measured):
      (opening.share, explanations.jobPasses, trust.passes) = (opened, passes, measured)
    case .rested: follow(.rest)
    case .notesKept(let rows, let problem): receive(rows, problem: problem)
    case .caption(let text): terminal.caption = text
    case .dataOpened: openedData(&effects)
    case .dataRefused(let path, let reason): refuseData(path, reason)
    case .themes(let names, let current, let isMonochrome):
      (terminal.themes, terminal.theme, terminal.isThemeMonochrome) = (names, current, isMonochrome)
    case .abilities(let abilities): terminal.abilities = abilities
    case .notice(let text): message = Message(kind: .notice, text: text)
    case .problem(let text): message = Message(kind: .error, text: text)
    case .copied(let route): reportCopy(route)
    case .painted(let seconds): terminal.latency = seconds
    case .drew: return []
    case .turnEnded: return [.keep(session)]
    case .saveFailed(let reason): overlay = Confirmation.quitUnsaved(reason: reason)
    case .terminate(let status): effects += [.save(session), .quit(status: status)]
    }
    settle(&effects)
    return effects
  }

  /// The session to save for the next start.
  public var session: Session {
    var target = settings.wantedClass
    if let summary {
      if case .fixed(let index) = settings.classChoice {
        target = summary.className(index)
      } else {
        target = nil
      }
    }
    let first = document.fields[0].editor
    var session = Session(
      text: first.text, cursor: first.cursor,
      explainer: settings.isMethodChosen ? settings.method : nil, targetClass: target,
      theme: terminal.chosenTheme, recentModels: opening.recent.isEmpty ? nil : opening.recent)
    session.edits = first.keptEdits
    session.pair = document.keptPair
    session.contrast = contrastToKeep
    session.settings = settings.kept
    session.model = summary == nil ? opening.wanted : summary?.argument
    session.screen = screen.rawValue
    session.data = dataset.source.path
    session.dataSessions = dataset.sessions
    session.pictures = terminal.hasPictures ? nil : false
    session.view = document.display?.rawValue
    session.classMaps = classMaps.isEmpty ? nil : classMaps
    session.usedCommands = usedCommands.isEmpty ? nil : usedCommands
    for layer in catalog.screens { layer.keep(in: &session, self) }
    return session
  }

  /// Starts a new edition after the text changed, and drops the results of the previous one.
  mutating func textChanged(from before: JoinedTexts) {
    document.edition += 1
    let move = CarriedTexts(from: before, to: document.texts)
    follow(.text(move))
    explanations.carry(by: move)
    document.carryExperiments(from: before)
    document.keepExperiment()
    forgetResults()
  }

  /// Drops the results of the previous edition.
  mutating func forgetResults() {
    keepOlderMeasures()
    explanations.forgetResults()
    removals.forgetResults()
    trust.forget()
    follow(.results)
  }
}
