internal import Datasets
internal import EmbeddedModels
internal import FoundationEssentials

/// The embedded sample as a file in the cache folder.
enum SampleFile {
  /// - Returns: the path.
  /// - Throws: `WholeFileError`, and errors of creating the folder.
  static func write() throws -> String {
    guard let folder = CacheFolder.path() else {
      throw Failure.run("there is no home folder to keep it in")
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder + "/" + SampleReviews.fileName
    let bytes = SampleReviews.csv
    if FileManager.default.contents(atPath: path).map(Array.init) == bytes { return path }
    let file = try WholeFile(path: path, rights: 0o600)
    try file.write(bytes[...])
    try file.finish()
    return path
  }
}
