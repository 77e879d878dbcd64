internal import Attribution
internal import Checkpoints
internal import Explorer
internal import Ncurses
internal import Reports
internal import TerminalUI
internal import Workbench

/// Passes events to the state: keys, reports of the machine, and answers to questions.
extension ExploreRun {
  func handle(_ event: JoinedEvent) {
    switch event {
    case .event(let event): handle(event)
    case .typed(let keys):
      if tour.isOn { endTour() }
      stopwatch.keyCame(at: .now)
      pace.want(.now)
      feed(keys.count == 1 ? .terminal(.key(keys[0])) : .typed(keys))
    }
  }

  private func handle(_ event: EventLoop<Mail>.Event) {
    switch event {
    case .terminal(let event):
      pace.want(.now)
      if case .resize = event { shownPicture.forget() }
      feed(.terminal(event))
    case .message(.event(let event)):
      pace.want(.soon)
      feed(event)
    case .message(.question(let post)): handle(post)
    case .background(let isLight):
      if themes.use(background: isLight ? .light : .dark) { showThemes() }
    case .directColors:
      if screen.useDirectColors() { feed(.abilities(screen.abilities)) }
      pace.want(.now)
    case .pictures(let format):
      if screen.addPictureFormat(format) { feed(.abilities(screen.abilities)) }
      pace.want(.now)
    case .cellSize(let width, let height):
      if screen.setCellSize(width: width, height: height) { feed(.abilities(screen.abilities)) }
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

  /// Passes on the answer to a question.
  private func handle(_ post: Lanes.Post) {
    switch post {
    case .ended(let ticket): lanes.ended(ticket)
    case .progress(let ticket, let part):
      // The first map is drawn at once.
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
      let alternative = (error as? ExplainerError).flatMap(AlternativeExplainer.init)
      pace.want(ticket.lane == .opening ? .now : .soon)
      feed(
        .failure(
          ticket,
          NoAnswer(alternative?.reason ?? words.sentence(error), instead: alternative?.method)))
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

  /// A key ends the tour and has its usual effect.
  private func endTour() {
    tour.stop()
    feed(.caption(nil))
  }
}
