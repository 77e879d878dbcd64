internal import TerminalUI

/// Asks which model to open: a path that is completed, or one of the last ones.
struct ModelPrompt: Sendable {
  /// What the model is wanted for.
  enum Use: Sendable, Equatable {
    /// To be explored in place of the one that is open.
    case explore
    /// To stand beside it on Compare.
    case compare
    /// To be asked about all rows of the data set.
    case data

    var title: String {
      switch self {
      case .explore: "Open a model"
      case .compare: "A second model, to compare with"
      case .data: "A second model, to ask about all rows"
      }
    }
  }

  var use = Use.explore
  var field = TextEditor(isSingleLine: true)
  /// Why the path that was given before can't be used, as a sentence; nil once it is edited.
  var problem: String?
  /// What begins like the field, as the file system knows it; empty until it has answered.
  var found: [PathCompletion] = []
  /// The selected line; nil where Enter means the field.
  var selected: Int?

  /// The lines: what begins like the field, or while nothing is typed the last models.
  func lines(recent: [String]) -> [PathCompletion] {
    field.text.isEmpty ? recent.map { PathCompletion(path: $0, isFolder: false) } : found
  }

  /// Tab: as far as all lines agree; where that is no further, the selected or the first one.
  mutating func complete(recent: [String]) {
    let lines = lines(recent: recent)
    guard let first = lines.first else { return }
    if let selected, let line = lines.element(at: selected) { return fill(line.completed) }
    let common = lines.dropFirst().reduce(first.completed) { $0.commonPrefix(with: $1.completed) }
    let isFurther = common.utf8.count > field.text.utf8.count
    fill(isFurther || lines.count == 1 ? common : first.completed)
  }

  mutating func fill(_ text: String) {
    field = TextEditor(text, isSingleLine: true)
    selected = nil
  }
}

/// A file or folder that begins like what was typed.
public struct PathCompletion: Sendable, Equatable {
  /// As typed, with the rest of the name.
  public var path: String
  public var isFolder: Bool

  public init(path: String, isFolder: Bool) {
    self.path = path
    self.isFolder = isFolder
  }

  /// A folder's name goes on.
  var completed: String { isFolder && !path.hasSuffix("/") ? path + "/" : path }
}

/// A model that is being opened while another one, or none, is there.
public struct ModelRequest: Sendable, Equatable {
  /// What was asked for; nil is the default model.
  public var argument: String?
  /// Counts the requests: an answer to one that was given up is dropped.
  public var number: Int
  public var seat: ModelSeat

  public init(argument: String?, number: Int, seat: ModelSeat = .main) {
    self.argument = argument
    self.number = number
    self.seat = seat
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    var end = startIndex
    var place = other.startIndex
    while end < endIndex, place < other.endIndex, self[end] == other[place] {
      end = index(after: end)
      place = other.index(after: place)
    }
    return String(self[..<end])
  }
}
