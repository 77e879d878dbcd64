internal import Checkpoints
internal import FoundationEssentials

/// The names in a folder that could not be opened, to suggest what else could be.
struct FolderListing {
  private static let limit = 10_000
  let names: [String]
  private let path: String

  init(_ path: String) {
    self.path = path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    self.names = names.prefix(Self.limit).sorted(by: Self.isBefore)
  }

  /// Compares runs of digits as numbers: `checkpoint-500` comes before `checkpoint-1000`.
  private static func isBefore(_ first: String, _ second: String) -> Bool {
    var (first, second) = (first[...], second[...])
    while let one = first.first, let other = second.first {
      if one.isASCIIDigit, other.isASCIIDigit {
        let numbers = [first, second].map { $0.prefix(while: \.isASCIIDigit) }
        let values = numbers.map { $0.drop { $0 == "0" } }
        if values[0].count != values[1].count { return values[0].count < values[1].count }
        if values[0] != values[1] { return values[0] < values[1] }
        (first, second) = (
          first.dropFirst(numbers[0].count), second.dropFirst(numbers[1].count)
        )
      } else {
        if one != other { return one < other }
        (first, second) = (first.dropFirst(), second.dropFirst())
      }
    }
    return first.count < second.count
  }

  /// Subfolders with settings of their own, such as `checkpoint-500`.
  var models: [String] {
    names.filter { name in
      ["config.json", "adapter_config.json"].contains {
        FileManager.default.fileExists(atPath: "\(path)/\(name)/\($0)")
      }
    }
  }

  /// Throws the reason why the folder contains no model.
  /// - Throws: `ModelOpeningError`.
  func refuse() throws -> Never {
    if let foreign = ForeignModel(folder: names) {
      throw ModelOpeningError.foreign(path: path, foreign)
    }
    throw ModelOpeningError.noModelInFolder(path: path, models: models)
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
