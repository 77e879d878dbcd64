internal import Attribution
internal import Checkpoints
internal import Classifiers
internal import Dispatch
internal import Explorer
internal import Ncurses
internal import Reports
internal import Synchronization
internal import Tokenizers

/// The jobs beside the screen: each kind has one running at most, a newer request cancels the older
/// one and begins when that has stopped.
final class Workers {
  let mailbox: Mailbox<Answer>
  let words: ExploreWords
  private(set) var model: Model? { didSet { typed = model.map(TypedText.init) } }
  private var typed: TypedText?
  /// The one that stands beside it on Compare.
  private var other: Model? { didSet { otherTyped = other.map(TypedText.init) } }
  private var otherTyped: TypedText?
  /// Of the last predictions: what explanations and removals are about.
  private var encodings: [ModelSeat: (edition: Edition, value: Encoding)] = [:]
  private var prediction: Task<Void, Never>?
  private var otherPrediction: Task<Void, Never>?
  private var explanation: Task<Void, Never>?
  private var removal: Task<Void, Never>?
  private var trust: Task<Void, Never>?
  /// Of the explanation and of the measures that run, or ran last.
  private var counters = (explanation: PassCounter(), trust: PassCounter())
  private var probing: Task<Void, Never>?
  /// The request for a model that is waited for.
  private var opening: (number: Int, progress: LoadProgress, task: Task<Void, Never>)?
  var dataset = DatasetTasks()
  /// How tables are exported as CSV.
  var csvForm = CSVForm.exact
  /// What is read beside the data set, and all models that were asked for.
  var readFiles: [String?] = []
  private var readModels: [String?] = []
  /// The files that are being written.
  let exports = DispatchGroup()
  /// Jobs that will post `jobEnded`.
  private(set) var running = 0

  init(mailbox: Mailbox<Answer>, words: ExploreWords) {
    self.mailbox = mailbox
    self.words = words
  }

  var isBusy: Bool { running > 0 }

  /// What no export may replace.
  var inputs: InputFiles { InputFiles(readFiles + [dataset.path], models: readModels) }

  func noteModel(_ argument: String?) {
    if !readModels.contains(argument) { readModels.append(argument) }
  }

  func jobEnded() { running -= 1 }

  /// Opens a model beside the screen; the newest wins, and the reading of the others ends unheard.
  func open(
    _ request: ModelRequest, _ open: @escaping @Sendable (String?, LoadProgress) throws -> Model
  ) {
    cancelOpening()
    noteModel(request.argument)
    let progress = LoadProgress()
    let task = start(after: nil) { [mailbox, words] in
      do {
        let model = try open(request.argument, progress)
        mailbox.post(.modelOpened(model, number: request.number))
      } catch {
        mailbox.post(.modelFailed(reason: words.sentence(error), number: request.number))
      }
    }
    opening = (request.number, progress, task)
  }

  /// Ends the reading of files by its progress, and the waiting for a program by its task.
  func cancelOpening() {
    opening?.progress.giveUp()
    opening?.task.cancel()
    opening = nil
  }

  /// How much of the model that is waited for has been read, 0 to 1.
  var openedShare: Double? { opening?.progress.fraction }

  /// The model passes that the running explanation and its measures have made.
  var passes: (explanation: Int, trust: Int) {
    (counters.explanation.passes, counters.trust.passes)
  }

  /// Whether anybody still waits for the answer to a request.
  func awaits(_ number: Int) -> Bool { opening?.number == number }

  /// What the older model computes is of no use any more.
  func use(_ model: Model) {
    for task in [prediction, explanation, removal, trust, probing] { task?.cancel() }
    encodings[.main] = nil
    opening = nil
    self.model = model
  }

  func useOther(_ model: Model) {
    // The state takes back what it asked of the one before, and asks for measures anew.
    for task in [otherPrediction, trust] { task?.cancel() }
    encodings[.other] = nil
    opening = nil
    other = model
  }

  func remember(_ answer: PredictionAnswer) {
    encodings[answer.seat] = (answer.edition, answer.prediction.encoding)
  }

  /// The model in a seat and how it reads the text of an edition.
  private func subject(_ seat: ModelSeat, _ edition: Edition) -> (model: Model, text: Encoding)? {
    guard let model = seat == .main ? model : other, let encoding = encodings[seat],
      encoding.edition == edition
    else { return nil }
    return (model, encoding.value)
  }

  func predict(_ request: PredictionRequest) {
    if request.seat == .other { return predictByOther(request) }
    guard let model, let typed else { return }
    // what is computed for an older text only stands in the way
    explanation?.cancel()
    removal?.cancel()
    trust?.cancel()
    probing?.cancel()
    prediction?.cancel()
    prediction = start(after: prediction) { [mailbox, words] in
      do {
        let ((prediction, whole), seconds) = try timed {
          let encoding = model.tokenizer.encode(request.text)
          let prediction = try typed.predict(encoding.without(request.without))
          let original = try request.original.map {
            try typed.predict($0 == request.text ? encoding : model.tokenizer.encode($0))
          }
          return (prediction, original?.probabilities)
        }
        mailbox.post(
          .event(
            .predicted(
              PredictionAnswer(
                edition: request.edition, prediction: prediction, whole: whole,
                seconds: seconds))))
      } catch is CancellationError {
      } catch {
        mailbox.post(
          .event(.predictionFailed(request.edition, reason: words.sentence(error))))
      }
    }
  }

  /// Beside all that goes on for the explorer's own model.
  private func predictByOther(_ request: PredictionRequest) {
    guard let other, let otherTyped else { return }
    otherPrediction?.cancel()
    otherPrediction = start(after: otherPrediction) { [mailbox, words] in
      do {
        let (prediction, seconds) = try timed {
          try otherTyped.predict(other.tokenizer.encode(request.text).without(request.without))
        }
        mailbox.post(
          .event(
            .predicted(
              PredictionAnswer(
                edition: request.edition, prediction: prediction, seconds: seconds, seat: .other))))
      } catch is CancellationError {
      } catch {
        mailbox.post(
          .event(.otherPredictionFailed(request.edition, reason: words.sentence(error))))
      }
    }
  }

  func explain(_ job: ExplanationJob) {
    guard let (model, text) = subject(job.choice.seat, job.edition) else { return }
    explanation?.cancel()
    let counter = PassCounter()
    counters.explanation = counter
    explanation = start(after: explanation) { [mailbox, words] in
      let clock = ContinuousClock()
      let begin = clock.now
      var last: ContinuousClock.Instant?
      func post(_ attribution: Attribution, isFinal: Bool) {
        let now = clock.now
        // the first map at once; of what refines it no more than anybody can follow
        if !isFinal, let last, now - last < .milliseconds(100) { return }
        last = now
        mailbox.post(
          .event(
            .explained(
              ExplanationAnswer(
                job: job, attribution: attribution, seconds: (now - begin) / .seconds(1),
                isFinal: isFinal))))
      }
      do {
        guard let explainer = Catalog.explainer(named: job.choice.method) else { return }
        var request = ExplanationRequest(
          model: model, encoding: text,
          target: job.choice.target, options: job.options)
        request.counter = counter
        let passes = explainer.expectedPasses(for: request)
        mailbox.post(.event(.explanationExpected(job, passes: passes)))
        let result = try explainer.explain(request) { post($0, isFinal: false) }
        post(result, isFinal: true)
      } catch is CancellationError {
      } catch {
        let way = (error as? ExplainerError).flatMap(WayOut.init)
        mailbox.post(
          .event(
            .explanationFailed(
              job, reason: way?.reason ?? words.sentence(error), instead: way?.method)))
      }
    }
  }

  func cancelExplanation() { explanation?.cancel() }

  func measure(_ request: RemovalRequest) {
    guard let (model, text) = subject(.main, request.edition) else { return }
    removal?.cancel()
    removal = start(after: removal) { [mailbox] in
      // a failure leaves the numbers out; the prediction has told the reason
      guard let results = try? model.removals(of: request.groups, from: text) else { return }
      mailbox.post(
        .event(
          .removed(
            RemovalAnswer(
              edition: request.edition, groups: request.groups,
              probabilities: results.map(\.probabilities)))))
    }
  }

  /// Begins after a pause, so that typing is not slowed down by what nobody has yet looked at.
  func measure(_ request: TrustRequest) {
    guard let (model, text) = subject(request.choice.seat, request.edition) else { return }
    trust?.cancel()
    let counter = PassCounter()
    counters.trust = counter
    let run = TrustRun(
      model: model, encoding: text, request: request, counter: counter
    ) { [mailbox] in
      mailbox.post(.event(.measuring($0)))
    }
    trust = start(after: trust, pause: .milliseconds(120)) { [mailbox] in
      // a failure leaves the numbers out; the prediction has told the reason
      try? run.run { mailbox.post(.event(.trusted($0))) }
    }
  }

  func probe(_ request: ProbeRequest) {
    guard let model else { return }
    probing?.cancel()
    let run = ProbeRun(model: model, request: request)
    let pause = Duration.milliseconds(request.question.isWaitedFor ? 0 : 150)
    probing = start(after: probing, pause: pause) { [mailbox, words] in
      func post(_ finding: ProbeAnswer.Finding, isFinal: Bool) {
        let answer = ProbeAnswer(request: request, finding: finding, isFinal: isFinal)
        mailbox.post(.event(.probed(answer)))
      }
      do {
        post(try run.run { post($0, isFinal: false) }, isFinal: true)
      } catch is CancellationError {
      } catch {
        post(.failed(words.sentence(error)), isFinal: true)
      }
    }
  }

  func cancelProbe() { probing?.cancel() }

  /// At the end of the program: what only computes is given up, a file that is written is finished.
  func finish() {
    cancelOpening()
    for task in [prediction, otherPrediction, explanation, removal, trust, probing] {
      task?.cancel()
    }
    dataset.cancel()
    _ = exports.wait(timeout: .now() + 5)
  }

  func start(
    after older: Task<Void, Never>?, priority: TaskPriority = .userInitiated,
    pause: Duration = .zero, _ work: @escaping @Sendable () -> Void
  ) -> Task<Void, Never> {
    running += 1
    return Task.detached(priority: priority) { [mailbox] in
      await older?.value
      if pause > .zero { try? await Task.sleep(for: pause) }
      CrashCover.coverThisThread()
      if !Task.isCancelled { work() }
      mailbox.post(.jobEnded)
    }
  }
}

/// What a call gives, and how many seconds it took.
private func timed<Result>(_ call: () throws -> Result) rethrows -> (Result, Double) {
  let clock = ContinuousClock()
  let begin = clock.now
  let result = try call()
  return (result, (clock.now - begin) / .seconds(1))
}
