internal import ArgumentParser
internal import Datasets
internal import Reports

struct Paths: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the folders and files that the program uses, one per line.")

  func run() throws {
    let paths = [
      ("config", ConfigurationFolder.settings), ("themes", ConfigurationFolder.themes),
      ("session", SessionFile().path),
      ("rescue", StateFolder.path().map { $0 + "/*.rescue" }),
      ("notes", StateFolder.notes), ("cache", CacheFolder.predictions),
      ("log", StateFolder.path().map { $0 + "/whylight.log" }),
    ]
    let sink = try Sink(path: nil)
    for (name, path) in paths {
      let path = path ?? "none: there is no home folder"
      try sink.write("\(PlainText(name).padded(to: 9))\(path)\n" as PlainText)
    }
  }
}
