internal import Checkpoints
internal import Foundation

/// The names in a folder that could not be opened, so that it can be told what else is there.
struct FolderListing {
  private static let limit = 10_000
  let names: [String]
  private let path: String

  init(_ path: String) {
    self.path = path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    self.names = names.prefix(Self.limit).sorted {
      $0.compare($1, options: .numeric) == .orderedAscending
    }
  }

  /// Folders within that have settings of their own, as `checkpoint-500` has.
  var models: [String] {
    names.filter { name in
      ["config.json", "adapter_config.json"].contains {
        FileManager.default.fileExists(atPath: "\(path)/\(name)/\($0)")
      }
    }
  }

  /// Why there is no model in the folder.
  /// - Throws: `ModelOpeningError`.
  func refuse() throws -> Never {
    if let foreign = ForeignModel(folder: names) {
      throw ModelOpeningError.foreign(path: path, foreign)
    }
    throw ModelOpeningError.noModelInFolder(path: path, models: models)
  }
}
