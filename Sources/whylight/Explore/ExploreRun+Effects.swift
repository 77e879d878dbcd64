internal import Checkpoints
internal import Datasets
internal import Explorer
internal import FoundationEssentials
internal import Ncurses
internal import Reports
internal import TerminalUI
internal import Workbench

/// Performs the effects that the state returns.
extension ExploreRun {
  func perform(_ effect: Effect) {
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
    case .keep(let session): keeper.keep(session)
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

  /// Opens the data set at a path, which replaces the current one.
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

  /// The embedded sample is written to a file, so that everything works as for other files.
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
