internal import ArgumentParser
internal import Checkpoints
internal import Classifiers
internal import EmbeddedModels
internal import FoundationEssentials
internal import Glibc
internal import Reports

/// Writes a user's model as a self-contained folder.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Convert a model into a model folder that checks itself at each load.")

  @Argument(
    help: "A fastai export (.pkl) or weights (.pth), a Hugging Face folder, or an adapter's (peft)."
  )
  var source: String

  @Option(
    help: ArgumentHelp("The folder to write; it must not exist or be empty.", valueName: "dir"))
  var output: String

  @Option(help: "The model's name; the source's name if not given.")
  var name: String?

  @OptionGroup var opening: OpeningArguments

  func run() throws {
    // Before the work: the source must not change, and the path must be free.
    let inputs = InputFiles(opening.files, models: [source, opening.base])
    let folder = try OutputFolder(output, inputs: inputs)
    let files = try files()
    try folder.begin()
    do {
      for file in files { try folder.write(file) }
      try folder.finish()
    } catch let error as CheckpointError {
      throw Failure.usage("\(source): \(Messages.sentence(error))")
    }
    // The result is opened once, including its self-check, before success is reported.
    let written = try ModelOption.open(output)
    let classes = Numerals.count(written.classifier.classes.count, "class", "classes")
    try Sink(path: nil).write(
      "\(output): \(written.name), \(written.architecture), \(classes)\n" as PlainText)
  }

  private func files() throws -> [ModelFolder.OutputFile] {
    let imported = try ModelOption.naming {
      try ModelOption.opener.read(source, with: opening.options, named: name)
    }
    for note in imported.model.facts.notes {
      StandardError.write(line: "whylight: note: \(Messages.sentence(note))")
    }
    return try imported.files(card: ModelCard(source: source, imported: imported).text.text)
  }
}

/// A folder that appears completely or not at all.
private struct OutputFolder {
  private let path: String
  private let temporary: String

  /// - Parameter inputs: the files that the command reads.
  /// - Throws: `Failure` if something exists at the path, or if it would change an input.
  init(_ path: String, inputs: InputFiles) throws {
    let manager = FileManager.default
    do {
      try inputs.check(output: path)
      try inputs.check(isOutside: path)
    } catch let error as WholeFileError {
      throw Failure.usage(Messages.sentence(error))
    }
    if let names = try? manager.contentsOfDirectory(atPath: path) {
      guard names.isEmpty else {
        throw Failure.usage("\(path) already exists and is not empty; give another --output")
      }
    } else if manager.fileExists(atPath: path) {
      throw Failure.usage("\(path) is a file; give another --output")
    }
    self.path = path
    temporary = (path.hasSuffix("/") ? String(path.dropLast()) : path) + ".part-\(getpid())"
  }

  /// - Throws: `Failure`.
  func begin() throws {
    do {
      try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
    } catch {
      throw Failure.usage("can't make \(path): \(Messages.reason(error))")
    }
  }

  func write(_ file: ModelFolder.OutputFile) throws {
    do {
      let sink = try Sink(path: temporary + "/" + file.name)
      try file.write { try sink.write(bytes: $0[...]) }
      try sink.finish()
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw error
    }
  }

  func finish() throws {
    let manager = FileManager.default
    // An empty folder of that name is replaced.
    unsafe rmdir(path)
    do {
      try manager.moveItem(atPath: temporary, toPath: path)
    } catch {
      try? manager.removeItem(atPath: temporary)
      throw Failure.run("can't write \(path): \(Messages.reason(error))")
    }
  }
}
